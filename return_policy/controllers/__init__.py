from . import access
from . import exchange
from . import guest
from . import withdrawal
from . import portal
from . import portal_page
from . import portal_ask
from . import portal_request
