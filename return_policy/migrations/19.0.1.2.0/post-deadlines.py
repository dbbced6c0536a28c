"""The times each company had set become its own plan of deadlines.

Companies that changed nothing take the standard plan, which says the same.
"""

from odoo import SUPERUSER_ID, api

USUAL = (48, 7, 72)
# which steps took which of the three times, in hours
REVIEW = ("review", "evidence", "answer", "offer")
INSPECT = ("inspect", "repair", "ship")


def migrate(cr, version):
    """Give each company the plan that says what its settings said."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    standard = env.ref("return_policy.deadline_plan_standard")
    cr.execute(
        "SELECT id, return_review_hours, return_ship_back_days, return_inspect_hours"
        "  FROM res_company"
    )
    for company_id, *times in cr.fetchall():
        company = env["res.company"].browse(company_id)
        if tuple(times) == USUAL or None in times:
            company.return_deadline_plan_id = standard
        else:
            company.return_deadline_plan_id = _own_plan(standard, company, *times)
    requests = env["return.request"].search([])
    for name in ("deadline_plan_id", "next_action", "next_mark_at"):
        env.add_to_compute(requests._fields[name], requests)


def _own_plan(standard, company, review, ship_back, inspect):
    """Return a plan of the company with its times."""
    plan = standard.with_company(company).copy({"name": company.name})
    for step in plan.step_ids:
        if step.step in REVIEW:
            step.write({"amount": review, "unit": "hours"})
        elif step.step in INSPECT:
            step.write({"amount": inspect, "unit": "hours"})
        elif step.step in ("ship_back", "collect"):
            step.write({"amount": ship_back, "unit": "days"})
    return plan
