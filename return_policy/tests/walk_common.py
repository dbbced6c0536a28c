"""A shop in which random walks of orders and returns are taken."""

from collections import Counter
from random import Random

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .deduction_common import DeductionCase

OVER = ("done", "cancel")


class WalkCase(DeductionCase):
    """What all walks share: people, a carrier, a wallet, a second currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quarantine = cls.warehouse.return_location_id
        cls.manager = new_test_user(
            cls.env,
            "return_walk_manager",
            groups="base.group_user,return_policy.group_return_manager",
        )
        product = cls._product("Freight", 12, type="service")
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "Parcel", "delivery_type": "fixed", "product_id": product.id}
        )
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.777, "company_id": cls.company.id}
        )
        cls.euro_prices = cls.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        cls.wallet = cls._wallet()
        cls.provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.company.id)], limit=1
        )

    @classmethod
    def _wallet(cls):
        product = cls._product("eWallet", 0, type="service")
        product.property_account_income_id = cls.env["account.account"].create(
            {
                "name": "Store credit",
                "code": "RETURNTEST2",
                "account_type": "liability_current",
            }
        )
        reward = {
            "reward_type": "discount",
            "discount_mode": "per_point",
            "discount": 1,
            "discount_line_product_id": product.id,
        }
        return cls.env["loyalty.program"].create(
            {
                "name": "Wallet",
                "program_type": "ewallet",
                "applies_on": "future",
                "trigger": "auto",
                "reward_ids": [(0, 0, reward)],
            }
        )

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)


class World:
    """What people of the shop do, whoever asks; drawn from a seed."""

    def __init__(self, case, seed):
        self.case, self.env, self.seed = case, case.env, seed
        self.random = Random(seed)  # noqa: S311 - drawn again from the same seed
        self.chance = self.random.random
        self.told = []  # what happened, to be replayed
        self.taken = Counter()
        self.uses_hands = self.chance() < 0.4
        self.hands_were_used = False

    def tell(self, *words):
        """Note what is done, for the message of a failure."""
        self.told.append(" ".join(map(str, words)))

    def pick(self, *choices):
        """Return one of the choices."""
        return self.random.choice(choices)

    # What people do, whoever asks --------------------------------------------

    def attempt(self, step):
        """Take a step of which nothing stays when it is refused; tell whether it was.

        Anything but a refusal in words is a fault.
        """
        try:
            with self.env.cr.savepoint():
                step()
                self.env.flush_all()
        except UserError as error:
            self.env.invalidate_all()
            return str(error).splitlines()[0]
        self.env.invalidate_all()
        return ""

    def ship_order(self, part=1, orders=None):
        """Ship what was sold, or a part of each line."""
        moves = (orders or self.order).order_line.move_ids.filtered(
            lambda move: (
                move.state not in OVER
                and move.location_dest_id.usage == "customer"
                and not move.replacement_line_id
                and not move.return_request_line_id
            )
        )
        self.ship(moves, part)

    def ship(self, moves, part=1):
        """Let a part of each of these moves leave."""
        for picking in moves.picking_id.with_user(self.case.keeper):
            picking.action_assign()
            still = picking.move_ids.filtered(lambda move: move.state not in OVER)
            for move in still:
                move.quantity = float(int(move.product_uom_qty * part))
                move.picked = bool(move.quantity)
            if any(still.mapped("quantity")):
                picking._action_done()

    def bill(self, order, in_part=False):
        """Bill what is to be billed, or about half of it."""
        invoice = order._create_invoices()
        for line in invoice.invoice_line_ids if in_part else ():
            if line.display_type == "product" and line.quantity > 1:
                line.quantity = int(line.quantity / 2)
        invoice.action_post()

    def pay_bills(self):
        """Pay every open invoice by hand."""
        for invoice in self.moves("out_invoice").filtered("amount_residual"):
            self.register_payment(invoice)

    def register_payment(self, move):
        """Pay what is open of an invoice or a credit note."""
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()

    def moves(self, kind):
        """Return the posted documents of a kind, the oldest first."""
        return self._mine("account.move", ("move_type", "=", kind)).filtered(
            lambda move: move.state == "posted"
        )

    def _mine(self, model, *domain):
        partner = ("partner_id", "=", self.case.partner.id)
        return self.env[model].search([partner, *domain], order="id")

    def requests(self, *states):
        """Return the requests of the walk in some states, the oldest first."""
        return self._mine("return.request", *[("state", "in", states)][: len(states)])

    def refunds(self, *states):
        """Return the refunds of the walk in some states, the oldest first."""
        return self._mine("return.refund", *[("state", "in", states)][: len(states)])

    def money(self):
        """Return (what came in, what went out, what waits to go out)."""
        payments = self._mine(
            "account.payment", ("state", "in", ("in_process", "paid"))
        )
        payments = payments.filtered(lambda payment: not payment.payment_transaction_id)
        online = self._mine("payment.transaction")
        back = online.filtered(lambda tx: tx.operation == "refund")
        came = sum(
            (online - back).filtered(lambda tx: tx.state == "done").mapped("amount")
        )
        went = -sum(back.filtered(lambda tx: tx.state != "error").mapped("amount"))
        for payment in payments:
            if payment.payment_type == "inbound":
                came += payment.amount
            else:
                went += payment.amount
        refunds = self.refunds().filtered(lambda refund: refund.tender != "in_kind")
        credit = refunds.filtered(lambda refund: refund.tender == "store_credit")
        waits = self.refunds("queued", "sent", "unknown") - credit
        waits = waits.filtered(lambda r: not r.refund_transaction_id)
        return (
            round(came, 2),
            round(went + sum(credit.mapped("amount")), 2),
            round(sum(waits.mapped("amount")), 2),
        )
