"""Read the files platforms export: plain Python, no Odoo.

bytes -> reader (cells) -> table (named columns) -> assemble (orders, held rows)
"""

from . import douyin
from .assemble import parse, parse_record
from .orders import PAID, STATES, Feed, FeedLine, FeedOrder, Held, Warn
from .problems import FeedError
from .table import Spec

SPECS = {douyin.SPEC.platform: douyin.SPEC}
