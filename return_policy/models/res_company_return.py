"""What evidence of a return may weigh, who approves against the policy."""

from odoo import fields, models

from .return_policy_terms import MOMENTS


class ResCompany(models.Model):
    """Settings of the return desk."""

    _inherit = "res.company"

    return_override_by = fields.Selection(
        [("lead", "An after-sales lead"), ("manager", "A manager")],
        "Approves against the Policy",
        default="lead",
        required=True,
        help="Who may approve what the policy refuses. The reason stays in the log.",
        groups="base.group_user",
    )
    return_ship_on = fields.Selection(
        MOMENTS,
        "Exchanges Leave",
        default="received",
        required=True,
        help="When the replacement of an exchange may leave; it is reserved at "
        "approval. Holds for requests approved from now on.",
        groups="base.group_user",
    )
    return_evidence_max_count = fields.Integer(
        "Files per Line",
        default=9,
        required=True,
        help="How many photos and videos one returned product may carry.",
    )
    return_evidence_max_mb = fields.Integer(
        "Megabytes per File",
        default=20,
        required=True,
        help="How large one photo or video may be.",
    )
    return_notify_buyer = fields.Boolean(
        "Tell Buyers by E-Mail",
        default=True,
        help="Send buyers a message at each step of a request which concerns them. The "
        "texts are e-mail templates.",
        groups="base.group_user",
    )

    _return_limits_possible = models.Constraint(
        "CHECK (return_evidence_max_count BETWEEN 1 AND 100 "
        "AND return_evidence_max_mb BETWEEN 1 AND 1024)",
        "A line may carry 1 to 100 files of at most 1024 MB each.",
    )
