from . import return_request_report
from . import return_slip
