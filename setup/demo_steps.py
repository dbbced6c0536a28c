"""The steps of a return in the demo, each taken by the person whose work it is."""

from datetime import UTC, datetime, timedelta


def login(env, name):
    """Return the environment of one of the people above."""
    user = env["res.users"].search([("login", "=", name)])
    return env(user=user.id, context={"lang": user.lang, "tz": user.tz})


def approve(env, request):
    """Approve what the policy did not approve by itself."""
    request.with_env(login(env, "agent")).action_approve()


def ask(env, request):
    """Ask the buyer for pictures."""
    request.with_env(login(env, "agent")).action_need_info(
        "请补充锅底划痕和外箱面单的照片，谢谢。"
    )


def offer(env, request):
    """Offer the buyer some money for keeping the goods."""
    request.with_env(login(env, "agent")).action_offer()


def refuse(env, request):
    """Refuse with the clause of the law."""
    request.action_refuse(
        "定制刻字商品，依据《七日无理由退货暂行办法》第六条第一项不适用七日无理由退货。"
    )


def refuse_activated(env, request):
    """Refuse what was switched on, though nobody asked the buyer to agree to that."""
    request.action_refuse("平板已激活使用，影响二次销售，不支持退货。")


def dispute(env, request):
    """Note that the buyer asks the platform to step in."""
    request.with_env(login(env, "agent")).action_dispute(
        "买家已申请平台介入：认为主播口头承诺激活后也能退。"
    )


def expire(env, request):
    """Let the buyer's time for sending the goods run out."""
    request = request.with_env(env)
    request.approved_at -= timedelta(days=30)
    request._cron_deadlines()


def send_back(env, request):
    """Note the parcel which the buyer sent."""
    request.return_tracking_ref = f"SF14{request.id:011d}"


def receive(env, request):
    """Receive the parcel in the warehouse."""
    _validate(env, request.picking_ids)


def deliver(env, order, days_ago=0):
    """Send the goods of an order, which arrive at once, or arrived some days ago."""
    arrived = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days_ago)
    order.order_line.return_received_at = arrived
    _validate(env, order.picking_ids)


def _validate(env, pickings):
    pickings = pickings.with_env(login(env, "warehouse"))
    for move in pickings.move_ids:
        move.quantity = move.product_uom_qty
        move.picked = True
    pickings.button_validate()


def inspect(env, request):
    """Grade the goods as new and put them back to stock."""
    _inspect(env, request, "a", "restock")


def inspect_for_repair(env, request):
    """Find them broken and have them repaired."""
    _inspect(env, request, "c", "repair")


def _inspect(env, request, grade, disposition):
    request = request.with_env(login(env, "warehouse"))
    request.line_ids.write({"grade": grade, "disposition": disposition})
    request.action_inspect()


def ship(env, request):
    """Hand the replacement to the carrier."""
    _validate(env, request.with_env(env).replacement_picking_ids)


def send_refund(env, request):
    """Let the job hand the refund to the platform or the payment provider."""
    env["return.refund"]._cron_send()


def confirm(env, request):
    """Confirm what the platform has paid."""
    refunds = request.with_env(login(env, "agent")).refund_ids
    refunds.action_confirm(f"AS7{request.id:015d}")


STEPS = {
    "approve": approve,
    "ask": ask,
    "offer": offer,
    "refuse": refuse,
    "refuse_activated": refuse_activated,
    "dispute": dispute,
    "expire": expire,
    "send_back": send_back,
    "receive": receive,
    "inspect": inspect,
    "inspect_for_repair": inspect_for_repair,
    "ship": ship,
    "send_refund": send_refund,
    "confirm": confirm,
}
