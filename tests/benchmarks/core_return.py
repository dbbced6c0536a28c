"""What one return costs in Odoo core: wizard, receipt, reversal, posting."""

from odoo import fields

from .world import deliver_pickings, measured

NAME = "core: wizard + credit note"


def open_wizards(env, pickings):
    """Return core's wizard on each picking, for one unit of every move."""
    wizards = env["stock.return.picking"]
    for picking in pickings:
        wizards |= env["stock.return.picking"].create({"picking_id": picking.id})
    wizards.product_return_moves.quantity = 1
    return wizards


def open_return(env, pickings):
    """Return one unit of every move of each picking by core's wizard."""
    returns = env["stock.picking"]
    for wizard in open_wizards(env, pickings):
        returns |= wizard._create_return()
    return returns


def receive(returns):
    """Validate the receipts as the button does, once for all of them."""
    returns.move_ids.picked = True
    returns.with_context(skip_sms=True, skip_backorder=True).button_validate()


def draft_credit_note(env, invoices):
    """Reverse the invoices and reduce each line to one unit."""
    wizard = (
        env["account.move.reversal"]
        .with_context(active_model="account.move", active_ids=invoices.ids)
        .create(
            {
                "reason": "Return",
                "journal_id": invoices.journal_id.id,
                "date": fields.Date.today(),
            }
        )
    )
    wizard.refund_moves()
    notes = wizard.new_move_ids
    notes.invoice_line_ids.quantity = 1
    return notes


def run(env, orders):
    """Return core's cost per step: open, receive, credit note (drafted and posted)."""
    count = len(orders)
    with measured(env, count) as opened:
        returns = open_return(env, orders.picking_ids)
    with measured(env, count) as received:
        receive(returns)
    with measured(env, count) as credited:
        draft_credit_note(env, orders.invoice_ids).action_post()
    return {"open": opened, "receive": received, "refund": credited}


def exchange(env, orders):
    """Return core's cost of exchanges: open, receive, deliver the same again."""
    count = len(orders)
    with measured(env, count) as cost:
        before = orders.picking_ids
        returns = env["stock.picking"]
        for wizard in open_wizards(env, orders.picking_ids):
            returns |= returns.browse(wizard.action_create_exchanges()["res_id"])
        receive(returns)
        deliver_pickings(orders.picking_ids - before - returns)
    return cost
