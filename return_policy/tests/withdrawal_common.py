"""An EU shop and somebody who withdraws from a contract."""

from .guest_common import GuestCase


class WithdrawalCase(GuestCase):
    """Statements sent by the form, and what became of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        preset = cls.env["return.policy.preset"].search([("preset", "=", "EU-14")])
        cls.chinese = cls.company.return_policy_id
        cls.policy = preset._make_policy(cls.company)
        cls.policy.write({"tz": "Europe/Berlin", "auto_approve": False})
        cls.policy.action_publish()
        cls.company.return_policy_id = cls.policy
        cls.withdrawals = cls.env["return.withdrawal"]

    def setUp(self):
        super().setUp()
        self.said = {
            "person": "Ms Li",
            "reference": self.order.name,
            "email": "li@example.com",
            "key": "6f1b1c9e-3c58-4a3c-9d7a-0d7a3b1f2a10",
        }

    def _confirm(self, **said):
        return self._post("/returns/withdraw/confirm", **(self.said | said))

    def _received(self):
        return self.withdrawals.search([], order="id")

    def _mail(self, withdrawal):
        return self.env["mail.mail"].search(
            [("model", "=", withdrawal._name), ("res_id", "=", withdrawal.id)]
        )
