from . import return_policy_compare
from . import return_policy_new
from . import return_policy_publish
from . import return_policy_publish_finding
from . import return_request_inspection
from . import return_request_reason
from . import return_signing_record
