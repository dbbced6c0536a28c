from . import birthday, expiry, lots, shares, tiers
from . import earning, expiry, lots, shares
