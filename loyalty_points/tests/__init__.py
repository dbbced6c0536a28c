from . import (
    test_access,
    test_adjustment,
    test_cards,
    test_clawback,
    test_concurrency,
    test_earning,
    test_expiry_dates,
    test_programs,
    test_release,
    test_report,
    test_spending,
    test_tiers,
)
