from . import birthday, expiry, lots, shares, tiers
