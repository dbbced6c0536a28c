from . import test_followup
from . import test_glue
from . import test_helpdesk_ticket
from . import test_live_session
from . import test_live_session_import
from . import test_ticket_close
