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
    "data": [],
}
