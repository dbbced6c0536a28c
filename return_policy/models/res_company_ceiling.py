"""Up to how much the desk may give away without goods coming back."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..policy.answers import Ceilings


class ResCompany(models.Model):
    """Ceilings of the return desk."""

    _inherit = "res.company"

    return_agent_max = fields.Monetary(
        "Agents Give Away up to",
        help="The most an agent may approve or offer for one request without goods "
        "coming back: refunds without a return, partial refunds, price protection, "
        "goods sent again or kept. Above it a lead has to agree. 0: any amount.",
        groups="base.group_user",
    )
    return_lead_max = fields.Monetary(
        "Leads Give Away up to",
        help="Above it a manager has to agree. 0: any amount.",
        groups="base.group_user",
    )

    @api.constrains("return_agent_max", "return_lead_max")
    def _check_return_ceilings(self):
        for company in self:
            agent, lead = company.return_agent_max, company.return_lead_max
            if min(agent, lead) < 0 or 0 < lead < agent:
                raise ValidationError(
                    self.env._(
                        "%(company)s: what agents and leads may give away cannot be "
                        "below 0, nor agents be allowed more than leads.",
                        company=company.display_name,
                    )
                )

    def _return_ceilings(self):
        """Return the pure ceilings."""
        self.ensure_one()
        unit = self.currency_id.rounding or 0.01
        return Ceilings(
            agent=round(self.return_agent_max / unit),
            lead=round(self.return_lead_max / unit),
        )
