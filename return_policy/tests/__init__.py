from . import test_policy_access
from . import test_policy_publish
from . import test_verdict
from . import test_money_credit
from . import test_money_refund
from . import test_request_flow
from . import test_goods
from . import test_guards
