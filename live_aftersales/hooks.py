def post_init_hook(env):
    """Give every company the follow-up plan which we ship."""
    companies = env["res.company"].search([("live_followup_plan_id", "=", False)])
    companies.live_followup_plan_id = env.ref("live_aftersales.plan_after_settlement")
