"""Leave members with points, tiers, mails and an alarm behind, to be uninstalled.

Run by the Odoo shell, which provides ``env``; see ``members_after.py``.
"""

from odoo import Command

env["loyalty.program"].search([]).active = False
program = env["loyalty.program"].create(
    {
        "name": "Members before",
        "program_type": "loyalty",
        "applies_on": "both",
        "trigger": "auto",
        "rule_ids": [
            Command.create({"reward_point_amount": 2, "reward_point_mode": "money"})
        ],
        "reward_ids": [Command.create({"discount": 1, "required_points": 100})],
    }
)
program.points_ledger = True
env["loyalty.tier"].create(
    {"name": "Gold", "program_id": program.id, "enter_at": 100, "entry_points": 7}
)
product = env["product.product"].create(
    {"name": "Tea", "type": "consu", "taxes_id": []}
)
buyer = env["res.partner"].create({"name": "Member before", "email": "m@example.com"})
for price, days in ((100, 0), (40, 30)):
    program.points_pending_days = days
    order = env["sale.order"].create(
        {
            "partner_id": buyer.id,
            "order_line": [
                Command.create({"product_id": product.id, "price_unit": price})
            ],
        }
    )
    order.action_confirm()
    for move in order.picking_ids.move_ids:
        move.write({"quantity": move.product_uom_qty, "picked": True})
    order.picking_ids.with_context(skip_sms=True).button_validate()
    env["loyalty.points.entry"]._release_due(10)
card = env["loyalty.card"].search([("partner_id", "=", buyer.id)])
assert (card.points, card.points_pending) == (207, 80), (
    card.points,
    card.points_pending,
)
assert card.points_membership_ids.tier_id.name == "Gold"
env.flush_all()
env.cr.execute("UPDATE loyalty_card SET points = points + 1 WHERE id = %s", [card.id])
env.invalidate_all()
env["loyalty.card"]._points_prove(program)
env.cr.execute("UPDATE loyalty_card SET points = points - 1 WHERE id = %s", [card.id])
assert env["mail.activity"].search([("res_model", "=", "loyalty.card")])
env.cr.commit()
