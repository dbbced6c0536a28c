from odoo import api, models

USUAL = "1"


class LivePriorityMixin(models.AbstractModel):
    """Cases of the desk, with a partner, a company and a priority like a ticket's."""

    _name = "live.priority.mixin"
    _description = "Priority by Tier"

    @api.model_create_multi
    def create(self, vals_list):
        """Give cases of members at least the priority of the tier they have now."""
        cases = super().create(vals_list)
        cases._raise_priority()
        return cases

    def _raise_priority(self):
        # sudo: live.priority.mixin - of the new case alone, whoever opened it
        cases = self.sudo().filtered("partner_id")
        priorities = self.env["loyalty.membership"]._service_priorities(
            cases.partner_id
        )
        if not priorities:
            return
        nobody = self.env["res.company"]
        raised = {}
        for case in cases:
            found = max(
                priorities.get((case.partner_id, company), "")
                for company in (case.company_id, nobody)
            )
            if found > (case.priority or USUAL):
                raised.setdefault(found, self.browse())
                raised[found] |= case
        for priority, alike in raised.items():
            alike.sudo().priority = priority
