"""Points of the demo shop: what a regular spends, her friends, what waits for a word.

Most points of the story follow from its orders and returns; this is the rest.
"""

from demo_steps import login
from demo_story import draft, settle


def play_points(env):
    """Let the portal buyer use her points, and leave something to decide."""
    program = env.ref("live_aftersales.program_points")
    # Points keep the date they were given: the released ones expire in 30 days.
    program.points_expiry_count = 365
    buyer = login(env, "buyer").user.partner_id
    buyer.write({"phone": "138 5710 2266", "street": "文一西路 969 号 8 幢 1203 室"})
    card = env["loyalty.card"].search(
        [("program_id", "=", program.id), ("partner_id", "=", buyer.id)]
    )
    spend(env, card)
    bring(env, card, "林佳怡", "139 6801 4457", days_ago=20)
    bring(env, card, "周晓东", buyer.phone)
    env["loyalty.points.entry"]._cron_release()
    env["loyalty.referral"]._cron_reward()
    adjust(env, card, 50, "包裹晚到三天，补偿积分")
    adjust(env, card, 800, "主播口播价与下单价不一致，安抚买家")


def spend(env, card):
    """Pay a part of an order with points."""
    order = draft(env, card.partner_id, "pan_28")
    order._update_programs_and_rewards()
    order._apply_program_reward(card.program_id.reward_ids, card)
    settle(env, order)


def bring(env, card, name, phone, days_ago=0):
    """Let a friend follow the member's link and place the first order."""
    friend = env["res.partner"].create({"name": name, "phone": phone, "lang": "zh_CN"})
    env["loyalty.referral"]._invite(card.points_membership_ids, friend)
    settle(env, draft(env, friend, "msk_20"), days_ago)


def adjust(env, card, points, reason):
    """Let the agent give points; above the ceiling a manager has to agree."""
    adjustments = login(env, "agent")["loyalty.points.adjustment"]
    adjustments.create(
        {"card_id": card.id, "points": points, "reason": reason}
    ).action_hand_in()
