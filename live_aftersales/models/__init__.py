from . import live_orders_mixin
from . import live_platform
from . import live_shop
from . import live_host
from . import live_session
from . import product_category
from . import product_template
