from . import return_request_report
from . import report_return_policy_return_slip
