from . import lots, shares
