from . import return_request_report
