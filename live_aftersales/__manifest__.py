{
    "name": "Live After-Sales",
    "summary": "Settle everything that happens after a livestream sale",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "After-Sales",
    "author": "Live After-Sales Contributors",
    "website": "https://github.com/live-aftersales/live-aftersales",
    "depends": [
        "return_policy",
        "loyalty_points",
        "helpdesk_mgmt",
        "helpdesk_mgmt_sale",
        "helpdesk_mgmt_rating",
    ],
    "data": [],
    "application": True,
}
