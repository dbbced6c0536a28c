from . import test_live_session
from . import test_live_session_import
