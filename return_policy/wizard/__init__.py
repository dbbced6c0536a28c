from . import return_request_inspection
from . import return_request_reason
