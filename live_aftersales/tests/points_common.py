from odoo.addons.return_policy.tests.common import ReturnCase


class PointsReturnCase(ReturnCase):
    """A program with a ledger, a member with 500 points, orders and returns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Members",
                "program_type": "loyalty",
                "points_ledger": True,
                "reward_ids": [
                    (
                        0,
                        0,
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 0.1,
                            "required_points": 1,
                        },
                    )
                ],
            }
        )
        cls.card = cls.env["loyalty.card"].create(
            {
                "program_id": cls.program.id,
                "partner_id": cls.partner.id,
                "points": 500,
            }
        )
        cls.entries = cls.env["loyalty.points.entry"]

    def _spend_all(self, order):
        """Let the 200 points of an order be available and spent."""
        self.env.cr.execute(
            "UPDATE loyalty_points_entry SET available_on = '2020-01-01' "
            "WHERE order_id = %s",
            [order.id],
        )
        self.env.invalidate_all()
        order.order_line.return_received_at = "2020-01-01"
        self.entries._release_due(1000)
        self.assertEqual(self.card.points_pending, 0)
        self.card.points = 0
