"""What a buyer may be given for a return."""

from odoo import api, fields, models
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
