from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..feeds import SPECS


class LiveImportAlias(models.Model):
    """A header which a platform uses for a column we know."""

    _name = "live.import.alias"
    _description = "Column Name in Order Files"
    _order = "platform_id, field_name, header"
    _rec_name = "header"

    platform_id = fields.Many2one("live.platform", required=True, ondelete="cascade")
    field_name = fields.Selection(
        "_field_names",
        string="Meaning",
        required=True,
        help="What the column holds. The built-in names of the column stay known.",
    )
    header = fields.Char(
        required=True,
        help="The column's name as the file writes it. Spaces, brackets of any width "
        "and units such as （元） do not matter.",
    )

    _header_uniq = models.UniqueIndex(
        "(platform_id, header)", "This column name is already known for the platform."
    )

    @api.model
    def _field_names(self):
        """Return our columns, each shown with the name platforms mostly use."""
        names = {}
        for spec in SPECS.values():
            for name, headers in spec.aliases.items():
                names.setdefault(name, headers[0])
        return sorted(names.items(), key=lambda pair: pair[1])

    @api.constrains("header")
    def _check_header_is_filled(self):
        if any(not alias.header.strip() for alias in self):
            raise ValidationError(self.env._("A column name cannot be empty."))
