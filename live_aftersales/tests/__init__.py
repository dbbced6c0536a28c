from . import test_live_session
from . import test_live_session_import
from . import test_ticket_close
