"""The run of a rehearsal: batches, interruptions, background, cancelling."""

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..models import return_rehearsal_run
from .policy_common import at
from .rehearsal_common import NOW, RehearsalCase, step

RUN = "odoo.addons.return_policy.models.return_rehearsal_run"


class PowerCutError(Exception):
    """What breaks a batch off in these tests."""


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRehearsalRun(RehearsalCase, CronMixinCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("return_policy.ir_cron_rehearse")

    def queue(self, **vals):
        """Leave a rehearsal as Start leaves a large one: running."""
        rehearsal = self.rehearsal(**vals)
        rehearsal._freeze()
        rehearsal._move_to("running")
        return rehearsal

    def work(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def found(self, rehearsal):
        """Return all that a rehearsal found, to compare it with another one."""
        names = ["sale_line_id", "request_line_id", "change", "before", "after"]
        names += ["amount", "text_before", "text_after", "terms_text", "asked_at"]
        return (
            rehearsal.done_count,
            self.matrix(rehearsal),
            self.matrix(rehearsal, "request"),
            sorted(
                tuple(str(change[name]) for name in names)
                for change in rehearsal.change_ids
            ),
        )

    def test_batches_find_what_one_go_finds(self):
        self.sell_all()
        self.requested(self.late, at("2026-11-12 04:00:00"))
        self.change_draft()
        whole = self.rehearse(with_requests=True)
        self.assertEqual((whole.done_count, whole.change_count), (7, 5))
        rehearsal = self.queue(with_requests=True)
        for part in rehearsal.part_ids:
            while part._is_open():
                step(part, 1)
        self.assertEqual(self.found(rehearsal), self.found(whole))

    def test_a_broken_batch_leaves_nothing_and_is_judged_again(self):
        self.sell_all()
        self.change_draft()
        whole = self.rehearse()
        rehearsal = self.queue()
        part = rehearsal.part_ids
        step(part, 2)
        before = self.found(rehearsal)
        with self.assertRaises(PowerCutError), self.cr.savepoint():
            step(part, 2)
            raise PowerCutError
        self.env.invalidate_all()
        self.assertEqual(self.found(rehearsal), before)
        self.assertEqual((part.done_count, rehearsal.state), (2, "running"))
        rehearsal._process()
        self.assertEqual(self.found(rehearsal), self.found(whole))
        self.assertEqual(rehearsal.state, "done")

    def test_the_background_job_finishes_what_was_queued(self):
        self.patch(return_rehearsal_run, "BATCH", 2)
        self.sell_all()
        self.change_draft()
        rehearsals = self.queue() | self.queue()
        self.work()
        self.assertEqual(rehearsals.mapped("state"), ["done", "done"])
        self.assertEqual(self.found(rehearsals[0]), self.found(rehearsals[1]))
        self.assertEqual(rehearsals[0].change_count, 4)

    def test_a_large_rehearsal_is_left_to_the_background_job(self):
        self.patch(return_rehearsal_run, "AT_ONCE", 5)
        self.sell_all()
        rehearsal = self.rehearsal()
        with self.capture_triggers(self.cron.id) as captured:
            rehearsal.action_start()
        self.assertEqual((rehearsal.state, rehearsal.done_count), ("running", 0))
        self.assertEqual((rehearsal.total_count, rehearsal.progress), (6, 0))
        self.assertEqual(len(captured.records), 1)

    def test_what_is_sold_during_the_run_does_not_count(self):
        self.sell_all()
        rehearsal = self.queue()
        step(rehearsal.part_ids, 2)
        self.sold(self.product, None)
        rehearsal._process()
        self.assertEqual(rehearsal.done_count, 6)
        self.assertEqual(sum(rehearsal.cell_ids.mapped("case_count")), 6)

    def test_what_is_cancelled_during_the_run_still_ends_it(self):
        self.sell_all()
        rehearsal = self.queue()
        step(rehearsal.part_ids, 2)
        self.unshipped.order_id._action_cancel()
        rehearsal._process()
        self.assertEqual((rehearsal.state, rehearsal.progress), ("done", 100))
        self.assertEqual(sum(rehearsal.cell_ids.mapped("case_count")), 5)

    def test_cancel_stops_at_the_next_batch_and_keeps_what_was_judged(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.queue()
        step(rehearsal.part_ids, 2)
        rehearsal.action_cancel()
        self.work()
        self.assertEqual((rehearsal.state, rehearsal.done_count), ("cancelled", 2))
        self.assertEqual(sum(rehearsal.cell_ids.mapped("case_count")), 2)
        for action in (
            rehearsal.action_start,
            rehearsal.action_resume,
            rehearsal.action_cancel,
        ):
            with self.assertRaisesRegex(UserError, "in state Cancelled"):
                action()

    @mute_logger(RUN)
    def test_a_failure_is_shown_and_the_run_can_go_on(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.queue()
        draft = rehearsal.draft
        rehearsal.draft = {"number": 0}
        other = self.queue()
        self.work()
        self.assertEqual((rehearsal.state, other.state), ("failed", "done"))
        self.assertEqual(rehearsal.error, "KeyError('terms')")
        rehearsal.draft = draft
        rehearsal.action_resume()
        self.assertEqual((rehearsal.state, rehearsal.error), ("done", False))
        self.assertEqual(self.found(rehearsal), self.found(other))

    def test_a_running_rehearsal_is_not_deleted_and_an_old_one_is(self):
        self.sell_all()
        self.change_draft()
        rehearsal = self.queue()
        step(rehearsal.part_ids, 2)
        with self.assertRaisesRegex(UserError, "Cancel it first"):
            rehearsal.unlink()
        rehearsal.action_cancel()
        rehearsal.unlink()
        for model in ("part", "cell", "change"):
            self.assertFalse(self.env[f"return.rehearsal.{model}"].search([]), model)

    def test_a_copy_is_new_and_asks_the_same(self):
        self.sell_all()
        rehearsal = self.rehearse(days=30)
        copy = rehearsal.copy()
        self.assertEqual((copy.state, copy.days, copy.draft), ("draft", 30, False))
        self.assertFalse(copy.part_ids)
        self.assertFalse(copy.cell_ids)

    def test_sentences_are_in_the_language_of_who_asked(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.sold(self.product, "2026-11-03 10:00:00")
        self.policy.window_days = 15
        self.env.user.lang = "fr_FR"
        rehearsal = self.queue()
        self.work()
        self.assertIn("10 nov. 2026", rehearsal.change_ids.text_before)

    def test_queries_do_not_grow_with_the_number_of_lines(self):
        products = [self.make_product(f"Thing {number}") for number in range(5)]
        order = self.order(*products * 20)
        order.date_order = at("2026-11-01 02:00:00")
        self.policy.auto_approve = True
        counts = []
        for size in (10, 80):
            part = self.queue().part_ids
            step(part, 1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            step(part, size)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(part.rehearsal_id.change_count, size + 1)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[1], 45)
