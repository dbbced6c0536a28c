from . import birthday, earning, expiry, lots, referral, shares, tiers
