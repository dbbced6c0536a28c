from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPointsForAnswers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Members",
                "program_type": "loyalty",
                "points_ledger": True,
                "points_for_rating": 15,
                "points_for_survey": 25,
            }
        )
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Buyer", "email": "buyer@example.com"}
        )

    def _points(self):
        card = self.env["loyalty.card"].search([("partner_id", "=", self.buyer.id)])
        return card.points

    def _ticket(self):
        return self.env["helpdesk.ticket"].create(
            {"name": "Where is it?", "description": "?", "partner_id": self.buyer.id}
        )

    def test_a_bad_rating_brings_as_many_points_as_a_good_one(self):
        for rate, points in ((1, 15), (5, 30)):
            ticket = self._ticket()
            ticket.rating_apply(rate, ticket._rating_get_access_token(self.buyer))
            self.assertEqual(self._points(), points)
        entry = self.env["loyalty.points.entry"].search(
            [("source", "=", "rating")], limit=1
        )
        self.assertEqual((entry.kind, entry.description), ("earn", ticket.display_name))

    def test_a_document_rated_again_brings_nothing_more(self):
        ticket = self._ticket()
        for rate in (1, 5):
            ticket.rating_apply(rate, ticket._rating_get_access_token(self.buyer))
        self.assertEqual(self._points(), 15)

    def test_a_survey_brings_points_once(self):
        survey = self.env["survey.survey"].create({"title": "How was it?"})
        for _again in range(2):
            survey._create_answer(partner=self.buyer)._mark_done()
        self.assertEqual(self._points(), 25)

    def test_tries_and_strangers_bring_nothing(self):
        survey = self.env["survey.survey"].create({"title": "How was it?"})
        survey._create_answer(partner=self.buyer, test_entry=True)._mark_done()
        survey._create_answer(email="x@example.com")._mark_done()
        public = self.env.ref("base.public_partner")
        survey._create_answer(partner=public)._mark_done()
        self.assertFalse(
            self.env["loyalty.card"].search([("program_id", "=", self.program.id)])
        )

    def test_without_points_for_it_nothing_is_given(self):
        self.program.points_for_rating = 0
        ticket = self._ticket()
        ticket.rating_apply(5, ticket._rating_get_access_token(self.buyer))
        self.assertEqual(self._points(), 0)

    def test_a_program_of_another_company_gives_nothing(self):
        far = self.env["res.company"].create({"name": "Far"})
        self.program.company_id = far
        ticket = self._ticket()
        ticket.rating_apply(5, ticket._rating_get_access_token(self.buyer))
        self.assertEqual(self._points(), 0)

    def test_an_agent_of_the_desk_gives_points_within_the_ceiling(self):
        agent = new_test_user(self.env, "desk", "live_aftersales.group_agent")
        card = self.env["loyalty.card"].create(
            {"program_id": self.program.id, "partner_id": self.buyer.id}
        )
        ceiling = self.program.points_adjust_max
        for points, state in ((ceiling, "booked"), (1, "waiting")):
            asked = (
                self.env["loyalty.points.adjustment"]
                .with_user(agent)
                .create({"card_id": card.id, "points": points, "reason": "Late"})
            )
            asked.action_hand_in()
            self.assertEqual(asked.state, state)
        self.assertEqual(card.points, ceiling)
