from . import return_request_inspection
from . import return_request_reason
from . import return_signing_record
