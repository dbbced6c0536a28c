"""See that core goes on with the members of ``members_before.py``.

Run by the Odoo shell, which provides ``env``; nothing is kept.
"""

from odoo import Command

OURS = ("loyalty_points_%", "loyalty_tier%", "loyalty_membership%", "loyalty_referral%")
TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_name LIKE ANY(%s)"
)
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE column_name LIKE 'points\\_%%' AND table_name IN (
        'loyalty_card', 'loyalty_program', 'loyalty_rule', 'res_partner', 'res_company',
        'sale_order'
    )
"""
for query, values in ((TABLES, [list(OURS)]), (COLUMNS, [])):
    env.cr.execute(query, values)
    left = env.cr.fetchall()
    assert not left, left
assert (
    not env["ir.cron"]
    .with_context(active_test=False)
    .search([("name", "=like", "Points:%")])
)
assert not env["mail.activity"].search([("res_model", "=", "loyalty.card")])

card = env["loyalty.card"].search([("partner_id.name", "=", "Member before")])
assert card.points == 207, card.points
assert "80 points" in card.history_ids[0].description
for kind in ("list", "form"):
    card.get_view(view_type=kind)
    card.program_id.get_view(view_type=kind)
order = env["sale.order"].create(
    {
        "partner_id": card.partner_id.id,
        "order_line": [
            Command.create(
                {
                    "product_id": env["product.product"].create({"name": "Cup"}).id,
                    "price_unit": 60,
                    "tax_ids": [],
                }
            )
        ],
    }
)
order._update_programs_and_rewards()
order._apply_program_reward(card.program_id.reward_ids, card)
order.action_confirm()
assert card.points == 207 - 100 + 2 * 60, card.points
order._action_cancel()
assert card.points == 207, card.points
env.cr.rollback()
