{
    "name": "Loyalty Points Ledger",
    "summary": "An append-only ledger behind loyalty cards: pending, released, taken back with the refund",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "category": "Sales/Loyalty",
    "author": "Live After-Sales Contributors",
    "website": "https://github.com/live-aftersales/live-aftersales",
    "depends": [
        "sale_loyalty",
        "sale_stock",
        "portal",
    ],
    "data": [],
}
