"""Buyers read nothing of ours on the documents which core opens to them."""

from odoo.tests import tagged

from odoo.addons.return_policy.tests.rights_common import open_fields
from odoo.addons.return_policy.tests.test_rights_fields import TOLD

from .common import LiveCase


@tagged("post_install", "-at_install")
class TestRightsFields(LiveCase):
    def test_no_field_of_ours_is_open_to_buyers_or_visitors(self):
        modules = ("live_aftersales", "loyalty_points", "return_policy")
        for user in self.buyer, self.env.ref("base.public_user"):
            with self.subTest(user=user.login):
                self.assertLessEqual(open_fields(self.env, user, *modules), TOLD)
