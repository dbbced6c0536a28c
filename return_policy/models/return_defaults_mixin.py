"""Records which steps write: no default of a caller's context gets into them."""

from odoo import api, models


class ReturnDefaultsMixin(models.AbstractModel):
    """Takes defaults for what people may fill in alone.

    A context with ``default_…`` comes with every button of a screen, and anybody may
    send one: it must not say that a request is approved or a refund is paid.
    """

    _name = "return.defaults.mixin"
    _description = "Defaults of Records of Returns"

    def _default_fields(self):
        """Return the names of the fields for which a context may have a default."""
        return set()

    @api.model_create_multi
    def create(self, vals_list):
        """Leave out all other defaults of the context."""
        allowed = {f"default_{name}" for name in self._default_fields()}
        context = {
            key: value
            for key, value in self.env.context.items()
            if key in allowed or not key.startswith("default_")
        }
        clean = self.with_env(self.env(context=context))
        records = super(ReturnDefaultsMixin, clean).create(vals_list)
        return records.with_env(self.env)
