from . import expiry, lots, shares
