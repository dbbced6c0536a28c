{
    "name": "Returns: policy, requests, refunds",
    "summary": "Decide, receive and refund returns under rules that can be explained",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "category": "Sales/Sales",
    "author": "Live After-Sales Contributors",
    "website": "https://github.com/live-aftersales/live-aftersales",
    "depends": [
        "sale_stock",
        "stock_delivery",
        "account_payment",
        "sale_loyalty",
        "repair",
        "portal",
    ],
    "data": [
        "security/return_policy_groups.xml",
        "security/ir.model.access.csv",
        "security/return_policy_rules.xml",
        "data/return_reason_data.xml",
    ],
    "post_init_hook": "post_init_hook",
}
