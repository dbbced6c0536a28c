from odoo.tests import Form, tagged

from .common import PointsCommon


@tagged("post_install", "-at_install")
class TestProgramSummary(PointsCommon):
    def test_a_plain_program_says_only_what_is_on(self):
        self.assertEqual(
            self.program.points_summary.splitlines(),
            [
                "• 1 point per 1 $. Each line is rounded down to whole points.",
                "• Points are earned when goods are delivered. They may be spent 7 "
                "days after the delivery.",
                "• For 100 points: $ 10 on your order. A point is worth 0.1 $.",
                "• Points never expire.",
                "• Refunded points that were spent before are owed by the member. "
                "Agents give or take up to 200 points a day on one card.",
            ],
        )

    def test_all_that_is_on_is_said(self):
        self.env["loyalty.tier"].sudo().create(
            [
                {"name": "Gold", "program_id": self.program.id, "enter_at": 500},
                {"name": "Silver", "program_id": self.program.id},
            ]
        )
        self.program.write(
            {
                "points_earn_at": "payment",
                "points_enrol_all": False,
                "points_minimum": 200,
                "points_share_max": 0.5,
                "points_expiry": "days",
                "points_expiry_count": 90,
                "points_birthday": 88,
                "points_referral": True,
                "points_referrer": 50,
                "points_friend": 20,
                "points_negative": "net",
                "points_adjust_max": 0,
            }
        )
        summary = self.program.points_summary
        for sentence in (
            "Points are earned when the invoice is paid in full.",
            "Only customers who hold a card earn.",
            "An order spends 200 points at least. Points pay 50 % of an order at most.",
            "Points count for 90 days from the day they may be spent.",
            "Members get a mail 30 days before.",
            "Tiers: Silver, Gold.",
            "88 points on birthdays. 50 points for whoever brings a friend, 20 for the "
            "friend.",
            "Refunded points that were spent before are deducted from the refund. "
            "A manager approves each correction by an agent.",
        ):
            with self.subTest(sentence):
                self.assertIn(sentence, summary)

    def test_a_new_program_says_it_before_it_is_saved(self):
        programs = self.env["loyalty.program"].with_context(
            default_program_type="loyalty", default_points_ledger=True
        )
        with Form(programs) as form:
            form.name = "Members"
            form.points_per_unit = 2
            self.assertIn("2 points per 1 $.", form.points_summary)
        program = form.save()
        self.assertFalse(program.rule_ids)
        self.assertEqual((program.applies_on, program.trigger), ("both", "auto"))
