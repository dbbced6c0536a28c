from . import test_policy_access
from . import test_policy_publish
from . import test_verdict
