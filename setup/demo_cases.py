"""What the buyers of the demo shop want, in their words."""

from typing import NamedTuple


class Case(NamedTuple):
    """A ticket about a product, and the return the agent opens for it."""

    sku: str
    kind: str  # of the ticket
    title: str
    text: str  # the buyer's words
    reason: str | None = None  # none: nothing is returned
    steps: tuple = ()  # what happens then, see demo_steps.STEPS
    remedy: str = "return_refund"
    instead: str = ""  # the product it is exchanged for
    amount: float = 0  # agreed on, the buyer keeps the goods
    is_shipped: bool = True


CASES = [
    Case(
        "DRS-M-BK",
        "aftersale",
        "连衣裙尺码偏小，想退货",
        "直播间说 M 码适合 120 斤，我试了腰围扣不上，吊牌没拆，想退货退款。",
        "reason_no_reason_size",
        ("approve", "send_back", "receive", "inspect", "send_refund", "confirm"),
    ),
    Case(
        "BAG-01",
        "aftersale",
        "托特包颜色和直播间不一样",
        "收到的燕麦色偏黄，和主播手里的差别很大，申请退款。",
        "reason_quality_described",
        ("approve", "send_back", "receive", "inspect", "send_refund"),
    ),
    Case(
        "SHOE-37",
        "aftersale",
        "鞋子大了半码",
        "37 码穿着掉跟，只在室内试过，鞋底是干净的。",
        "reason_no_reason_size",
        ("approve", "send_back", "receive"),
    ),
    Case(
        "BUDS-2",
        "aftersale",
        "耳机左耳没声音",
        "充满电以后左耳还是没有声音，重置过两次了，能修吗？",
        "reason_quality_fault",
        ("approve", "send_back"),
        remedy="repair",
    ),
    Case(
        "FRY-5L",
        "aftersale",
        "空气炸锅用不上，退货",
        "家里已经有一台了，这台没拆封，请安排退货。",
        "reason_no_reason_mistake",
        ("approve",),
    ),
    Case(
        "CHERRY-5",
        "aftersale",
        "车厘子不喜欢，想退",
        "家里人不爱吃，还剩一箱没开，可以七天无理由吗？",
        "reason_no_reason_taste",
        (),
    ),
    Case(
        "DRS-S-BK",
        "aftersale",
        "拍错尺码，想换 M 码",
        "本来要拍 M 码，拍成 S 码了，还没拆包装，能换吗？",
        "reason_no_reason_mistake",
        ("approve", "send_back"),
        remedy="exchange",
        instead="DRS-M-BK",
    ),
    Case(
        "PAN-28",
        "aftersale",
        "锅底有划痕",
        "收到时外箱完好，锅底有两道划痕，请问怎么处理？",
        "reason_quality_fault",
        ("ask",),
    ),
    Case(
        "LIP-A02",
        "aftersale",
        "口红外壳有一道划痕",
        "颜色很喜欢，外壳有一道划痕，退也麻烦，能不能少收一点？",
        "reason_quality_fault",
        ("offer",),
        remedy="partial_refund",
        amount=20.0,
    ),
    Case(
        "SER-30",
        "aftersale",
        "精华瓶子碎了",
        "打开箱子全是精华液，瓶子碎了，请补发一瓶。",
        "reason_logistics_damaged",
        ("approve",),
        remedy="reship",
    ),
    Case(
        "QUILT-2",
        "aftersale",
        "还没发货，不想要了",
        "拍重复了，还没发货的话请帮我取消退款。",
        "reason_no_reason_mistake",
        ("approve", "send_refund"),
        remedy="cancel",
        is_shipped=False,
    ),
    Case(
        "SHOE-38",
        "aftersale",
        "鞋子款式不喜欢",
        "上脚不好看，没有穿出门，想退货退款。",
        "reason_no_reason_taste",
    ),
    Case(
        "MSK-20",
        "aftersale",
        "面膜买多了",
        "一盒都没拆，买多了，想退一盒。",
        "reason_no_reason_mistake",
    ),
    Case(
        "MILK-EXP",
        "aftersale",
        "牛奶漏了两盒",
        "到货时两盒漏奶，其他的也不敢喝了，寄回去不方便。",
        "reason_logistics_damaged",
        ("approve", "send_refund", "confirm"),
        remedy="refund_only",
    ),
    Case(
        "NUT-750",
        "aftersale",
        "坚果买完第二天就降价",
        "昨天买的，今晚直播间便宜了 8 块，申请价保。",
        "reason_promise_price",
        ("approve", "send_refund"),
        remedy="price_protection",
        amount=8.0,
    ),
    Case(
        "TAB-11",
        "aftersale",
        "平板激活后想退",
        "激活用了半天，孩子不喜欢，主播说激活了也能退的。",
        "reason_no_reason_taste",
        ("refuse_activated", "dispute"),
    ),
    Case(
        "LIP-A01",
        "aftersale",
        "口红想退",
        "没拆封，想退货，过两天寄。",
        "reason_no_reason",
        ("approve", "expire"),
    ),
    Case(
        "BUDS-2",
        "aftersale",
        "耳机充不进电",
        "充电盒灯不亮，两只耳机都充不进电，想修好再用。",
        "reason_quality_fault",
        ("approve", "send_back", "receive", "inspect_for_repair"),
        remedy="repair",
    ),
    Case(
        "SHOE-37",
        "aftersale",
        "鞋底开胶，想换一双",
        "穿了一次左脚鞋底就开胶了，换一双一样的就行。",
        "reason_quality_fault",
        ("approve", "send_back", "receive", "inspect", "ship"),
        remedy="exchange",
    ),
    Case(
        "DRS-M-BK",
        "aftersale",
        "裙子不合适，退到余额就好",
        "吊牌没拆，退到店铺余额，下次直播再买。",
        "reason_no_reason_size",
        ("approve", "send_back", "receive", "inspect"),
        remedy="store_credit",
    ),
    Case(
        "RING-C",
        "aftersale",
        "刻字戒指不想要了",
        "刻字没有错，就是不想要了，能退吗？",
        "reason_no_reason",
        ("refuse",),
    ),
    Case(
        "QUILT-2",
        "complaint",
        "主播说第二条半价，结算没有优惠",
        "直播里主播说第二条半价，我拍了两条还是原价，请给个说法。",
    ),
    Case(
        "TEE-M",
        "consult",
        "纯棉T恤会缩水吗",
        "想问一下洗了以后会不会缩水，需要拍大一码吗？",
    ),
    Case(
        "JADE-B",
        "suggestion",
        "希望附上鉴定证书的电子版",
        "吊坠很满意，建议以后把证书的电子版一起发过来，方便查验。",
    ),
]
