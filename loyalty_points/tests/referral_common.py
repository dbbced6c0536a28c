from .common import PointsCommon


class ReferralCommon(PointsCommon):
    """A member with a code, and a friend who may order with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program.write(
            {"points_referral": True, "points_referrer": 100, "points_friend": 40}
        )
        cls.referrals = cls.env["loyalty.referral"].sudo()
        cls._released((10, 1))
        cls.member = (
            cls.env["loyalty.membership"]
            .sudo()
            .search([("partner_id", "=", cls.buyer.id)])
        )
        cls.friend = cls.env["res.partner"].create(
            {
                "name": "Friend",
                "email": "friend@example.com",
                "street": "9 East Rd",
                "zip": "310000",
            }
        )

    def _ordered(self, *lines, partner=None, code=None):
        return self._delivered(
            *(lines or [(100, 1)]),
            partner=partner or self.friend,
            points_referral_code=code or self.member.referral_code,
        )

    def _night(self):
        with self.enter_registry_test_mode():
            self.env.ref("loyalty_points.ir_cron_referral").method_direct_trigger()

    def _referral(self, friend=None):
        return self.referrals.search([("friend_id", "=", (friend or self.friend).id)])
