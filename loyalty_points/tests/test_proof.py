from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PointsCommon

LOGGER = "odoo.addons.loyalty_points.models.loyalty_card_proof"


@tagged("post_install", "-at_install")
class TestProof(PointsCommon):
    """A card that does not add up is named, once, until it is mended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(
            cls.env, "points-officer", "loyalty_points.group_points_manager"
        )
        cls.program.company_id.sudo().points_alarm_user_id = cls.officer
        cls.cards = cls.env["loyalty.card"].sudo()

    def _prove(self):
        return self.cards._points_prove(self.program)

    def _activities(self):
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [("res_model", "=", "loyalty.card"), ("res_id", "=", self._card().id)]
            )
        )

    def _tamper(self, statement, *values):
        self.env.flush_all()
        self.env.cr.execute(statement, [*values, self._card().id])
        self.env.invalidate_all()

    def test_a_ledger_in_order_is_proven(self):
        order = self._released((100, 1), (40, 1))
        self._credit(order, 1)
        self._delivered((7, 1))
        self.assertFalse(self._prove())
        self.assertFalse(self._activities())

    def test_each_way_to_be_wrong_is_found(self):
        self._released((100, 1))
        self._delivered((7, 1))
        for statement in (
            "UPDATE loyalty_card SET points = points + 1 WHERE id = %s",
            "UPDATE loyalty_card SET points_pending = 0 WHERE id = %s",
            "UPDATE loyalty_card SET points_entry_count = 9 WHERE id = %s",
            "UPDATE loyalty_points_entry SET points = points + 1 "
            "WHERE bucket = 'available' AND card_id = %s",
            "UPDATE loyalty_points_entry SET remaining = remaining - 1 "
            "WHERE bucket = 'available' AND card_id = %s",
            "UPDATE loyalty_points_entry SET remaining = CASE kind "
            "WHEN 'earn' THEN 7 ELSE remaining END WHERE bucket = 'pending' "
            "AND card_id = %s",
            "DELETE FROM loyalty_points_entry WHERE kind = 'release' "
            "AND bucket = 'available' AND card_id = %s",
        ):
            with self.subTest(statement=statement), self.cr.savepoint() as point:
                self._tamper(statement)
                with mute_logger(LOGGER):
                    self.assertEqual(self._prove(), self._card())
                point.close(rollback=True)
                self.env.invalidate_all()

    def test_a_lot_that_gave_more_than_it_held_is_found(self):
        """Two lots are wrong by the same number: every sum still is right."""
        self._released((100, 1), (40, 1))
        [[card, book]] = self._card()._points_open_books().items()
        book.spend(30, key="spend", description="Reward")
        card._points_close_books({card: book})
        self._tamper(
            "UPDATE loyalty_points_entry SET remaining = remaining + "
            "CASE points WHEN 100 THEN 10 ELSE -10 END "
            "WHERE bucket = 'available' AND remaining > 0 AND card_id = %s"
        )
        with mute_logger(LOGGER):
            self.assertEqual(self._prove(), self._card())
        self.assertIn("more than they may: 1.", self._card().points_fault)

    def test_the_alarm_names_the_card_in_log_and_activity(self):
        self._released((100, 1))
        card = self._card()
        self._tamper("UPDATE loyalty_card SET points = 150 WHERE id = %s")
        with self.assertLogs(LOGGER, "ERROR") as log:
            self._prove()
        fault = (
            "Available: card 150, entries 100, lots 100. Pending: card 0, entries 0, "
            "lots 0. Entries: card 3, ledger 3. Lots that hold more than they may: 0."
        )
        self.assertIn(
            f"Points of card {card.code} (id {card.id}) do not add up. {fault}",
            log.output[0],
        )
        self.assertEqual(card.points_fault, fault)
        activity = self._activities()
        self.assertEqual(
            (activity.user_id, activity.summary), (self.officer, card.display_name)
        )
        self.assertIn(fault, activity.note)

    def test_one_alarm_until_it_is_mended(self):
        self._released((100, 1))
        self._tamper("UPDATE loyalty_card SET points = 150 WHERE id = %s")
        with mute_logger(LOGGER):
            self._prove()
        with self.assertNoLogs(LOGGER, "ERROR"):
            self._prove()
        self.assertEqual(len(self._activities()), 1)
        self._tamper("UPDATE loyalty_card SET points = 100 WHERE id = %s")
        self.assertFalse(self._prove())
        self.assertFalse(self._card().points_fault)
        self.assertFalse(self._activities())
        self._tamper("UPDATE loyalty_card SET points = 1 WHERE id = %s")
        with self.assertLogs(LOGGER, "ERROR"):
            self._prove()
        self.assertEqual(len(self._activities()), 1)

    def test_the_job_proves_every_program(self):
        self._released((100, 1))
        self._tamper("UPDATE loyalty_card SET points = 150 WHERE id = %s")
        with self.enter_registry_test_mode(), mute_logger(LOGGER):
            self.env.ref("loyalty_points.ir_cron_prove").method_direct_trigger()
        self.assertTrue(self._card().points_fault)

    def test_without_anybody_to_tell_the_administrator_is_told(self):
        self.program.company_id.points_alarm_user_id = False
        self._released((100, 1))
        self._tamper("UPDATE loyalty_card SET points = 150 WHERE id = %s")
        with mute_logger(LOGGER):
            self._prove()
        self.assertEqual(self._activities().user_id, self.env.ref("base.user_admin"))

    def test_a_fault_cannot_be_talked_away(self):
        self._released((100, 1))
        with self.assertRaises(UserError):
            self._card().sudo().write({"points_fault": "fine"})

    def test_a_manager_reads_that_all_is_well(self):
        self._released((100, 1))
        said = self.program.with_user(self.officer).action_points_prove()
        self.assertEqual(
            said["params"]["message"], "1 cards and 3 entries: everything adds up."
        )
        self.assertEqual(said["params"]["type"], "success")

    def test_a_manager_is_shown_what_does_not_add_up(self):
        self._released((100, 1))
        self._tamper("UPDATE loyalty_card SET points = 150 WHERE id = %s")
        with mute_logger(LOGGER):
            action = self.program.with_user(self.officer).action_points_prove()
        self.assertEqual(
            self.cards.search(action["domain"]), self._card(), action["domain"]
        )

    def test_others_may_not_check(self):
        reader = new_test_user(
            self.env, "points-reader", "loyalty_points.group_points_user"
        )
        with self.assertRaises(AccessError):
            self.program.with_user(reader).action_points_prove()

    def test_all_cards_are_proven_in_one_query(self):
        buyers = self.env["res.partner"].create(
            [{"name": f"Buyer {number}"} for number in range(8)]
        )
        for buyer in buyers:
            self._delivered((10, 1), partner=buyer)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(self.cards._points_faults(self.program), {})
