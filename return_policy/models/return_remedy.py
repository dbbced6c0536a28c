"""What a buyer may be given for a return."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..policy.terms import REMEDIES


class ReturnRemedy(models.Model):
    """A way to settle a return, under the name which the buyer reads."""

    _name = "return.remedy"
    _description = "Return Remedy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        readonly=True,
        help="The lasting name which policies, reasons and requests use.",
    )
    sequence = fields.Integer(default=10)

    _code_uniq = models.UniqueIndex("(code)", "This remedy exists already.")

    @api.constrains("code")
    def _check_code(self):
        for remedy in self:
            if remedy.code not in REMEDIES:
                raise ValidationError(
                    self.env._(
                        "Remedy “%(remedy)s”: no return can be settled by “%(code)s”. "
                        "Rename a remedy in its field Name; its code stays.",
                        remedy=remedy.name,
                        code=remedy.code,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Forget which remedies there were."""
        remedies = super().create(vals_list)
        self.env.registry.clear_cache()
        return remedies

    def unlink(self):
        """Forget which remedies there were."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _names(self):
        """Return {code: name} in the order of their screen, in the reader's language.

        One query a transaction, since each sentence on a verdict may name remedies.
        """
        # sudo: return.remedy - names which a buyer may see too
        remedies = self.sudo().browse(self._all_ids()).sorted("sequence")
        return {remedy.code: remedy.name for remedy in remedies}

    @api.model
    @tools.ormcache()
    def _all_ids(self):
        # sudo: return.remedy - see above
        return self.sudo().search([("code", "in", REMEDIES)])._ids
