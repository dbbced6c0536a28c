from odoo import api, fields, models


class LiveShop(models.Model):
    _name = "live.shop"
    _description = "Live Shop"
    _inherit = ["live.orders.mixin"]
    _order = "platform_id, name, id"
    _check_company_auto = True
    _orders_field = "shop_id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    platform_id = fields.Many2one(
        "live.platform", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        help="The warehouse which ships the shop's orders and takes its returns.",
    )
    invoice_on_import = fields.Boolean(
        default=True,
        help="Invoice paid orders while they are imported, so that a credit note "
        "can follow when goods come back.",
    )
    followup_plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Follow-up Plan",
        check_company=True,
        index="btree_not_null",
        domain="[('res_model', '=', 'helpdesk.ticket')]",
        help="The calls and questions that follow a settled return of this shop. "
        "Empty: the company's plan.",
    )
    session_ids = fields.One2many("live.session", "shop_id", string="Sessions")

    _name_uniq = models.Constraint(
        "UNIQUE(platform_id, company_id, name)",
        "This platform already has a shop of that name.",
    )

    @api.depends("company_id")
    def _compute_warehouse_id(self):
        for company, shops in self.grouped("company_id").items():
            shops.warehouse_id = self.env["stock.warehouse"].search(
                [("company_id", "=", company.id)], limit=1
            )
