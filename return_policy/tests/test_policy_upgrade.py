"""Policies of earlier versions of the addon mean the same after the upgrade."""

from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from ..policy.terms import REMEDIES
from .policy_common import PolicyCase

SCRIPT = "return_policy/migrations/19.0.1.1.0/post-policy.py"

# as version 19.0.1.0.0 wrote them
OLD = {
    "format": 1,
    "number": 2,
    "terms": {
        "zone": "Asia/Shanghai",
        "preset": "CN-7",
        "window_days": 7,
        "quality_days": 7,
        "transit_days": 10,
        "auto_approve": False,
        "auto_approve_max": 0,
        "refund_on": "inspected",
        "freight_payer": "consumer",
    },
    "confirmable": ["A7_1", "A7_2", "A7_3"],
}
OLD_RULE = {
    "name": "Fresh food",
    "kind": "refuse",
    "value": "",
    "domain": "[('name', 'ilike', 'fish')]",
    "reasons": [],
    "legal_code": "A6_2",
    "needs_confirmation": False,
}


@tagged("post_install", "-at_install")
class TestPolicyUpgrade(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rule = cls.env["return.policy.rule"].create(
            {
                "policy_id": cls.policy.id,
                "name": "Fresh food",
                "kind": "refuse",
                "legal_code": "A6_2",
                "product_domain": "[('name', 'ilike', 'fish')]",
            }
        )
        # sudo: return.policy.version - what an upgrade finds in the database
        cls.env["return.policy.version"].sudo().create(
            {
                "policy_id": cls.policy.id,
                "number": 2,
                "snapshot": {**OLD, "rules": [{**OLD_RULE, "key": rule.id}]},
                "source": cls.policy.source,
                "checked_on": cls.policy.checked_on,
            }
        )

    def upgrade(self):
        """Put the database where the new columns were just added, then upgrade."""
        self.policy.remedy_ids = False
        self.env["res.company"].search([]).return_policy_id = False
        self.env.flush_all()
        load_script(file_path(SCRIPT), "return_policy_upgrade").migrate(
            self.env.cr, "19.0.1.0.0"
        )
        self.env.invalidate_all()

    def test_a_draft_does_not_differ_from_its_version_because_of_the_upgrade(self):
        self.assertTrue(self.policy.has_changes)
        self.upgrade()
        self.assertFalse(self.policy.has_changes)
        self.assertEqual(self.policy.version_id.number, 2)
        self.assertEqual(self.policy.window_rolls, "calendar")
        self.assertFalse(self.policy.reprice or self.policy.lost_freight)
        self.assertEqual(set(self.policy.remedy_ids.mapped("code")), set(REMEDIES))

    def test_what_was_changed_before_is_still_a_change(self):
        self.policy.window_days = 15
        self.upgrade()
        self.assertTrue(self.policy.has_changes)
        self.assertEqual(self.policy.window_days, 15)

    def test_the_policy_that_orders_took_becomes_the_default(self):
        archived = self.policy.copy({"sequence": 1, "active": False})
        later = self.policy.copy({"sequence": 90})
        self.upgrade()
        self.assertEqual(self.company.return_policy_id, self.policy)
        for policy in archived | later:
            self.assertFalse(policy.is_default)
