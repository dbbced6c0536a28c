"""Platforms made before they could name their deadlines take those they ship with."""

from odoo import SUPERUSER_ID, api

PLANS = {
    "live_aftersales.platform_douyin": "return_policy.deadline_plan_douyin",
    "live_aftersales.platform_wechat": "return_policy.deadline_plan_wechat",
}


def migrate(cr, version):
    """Fill what is empty; requests keep the plan they began with."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for platform_id, plan_id in PLANS.items():
        platform = env.ref(platform_id, raise_if_not_found=False)
        plan = env.ref(plan_id, raise_if_not_found=False)
        if platform and plan and not platform.deadline_plan_id:
            platform.deadline_plan_id = plan
