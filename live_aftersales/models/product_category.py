from odoo import api, models
from odoo.fields import Domain


class ProductCategory(models.Model):
    _inherit = "product.category"

    @api.model
    def _search_display_name(self, operator, value):
        """Find "Food/Snacks" although Odoo writes "Food / Snacks"."""
        domain = super()._search_display_name(operator, value)
        if operator != "in" or not any("/" in str(name) for name in value):
            return domain
        paths = [" / ".join(self._path_parts(str(name))) for name in value if name]
        return Domain(domain) | Domain("complete_name", "in", paths)

    @api.model
    def name_create(self, name):
        """Add each missing level of a path which comes from an imported file."""
        if not self.env.context.get("import_file") or "/" not in name:
            return super().name_create(name)
        category = self.browse()
        for part in self._path_parts(name):
            found = self.search(
                [("name", "=", part), ("parent_id", "=", category.id)], limit=1
            )
            category = found or self.create({"name": part, "parent_id": category.id})
        return category.id, category.display_name

    @api.model
    def _path_parts(self, path):
        return [part.strip() for part in path.split("/") if part.strip()]
