"""What the screen of a version shows beside it: its words, its orders."""

from odoo import api, fields, models


class ReturnPolicyVersionViews(models.Model):
    """A version in the reader's language, and what stands under it."""

    _inherit = "return.policy.version"

    terms_html = fields.Html(
        string="Terms",
        compute="_compute_terms_html",
        help="What the version says, as it was published.",
    )
    order_count = fields.Integer(
        string="Orders",
        compute="_compute_order_count",
        groups="sales_team.group_sale_salesman,return_policy.group_return_agent",
    )
    request_count = fields.Integer(
        string="Requests",
        compute="_compute_request_count",
        groups="return_policy.group_return_agent,return_policy.group_return_warehouse",
    )

    @api.depends("snapshot")
    @api.depends_context("lang")
    def _compute_terms_html(self):
        for version in self:
            version.terms_html = self.env["ir.qweb"]._render(
                "return_policy.return_policy_version_in_words", version._in_words()
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_order_count(self):
        counts = self._count_by_version("sale.order", "return_policy_version_id")
        for version in self:
            version.order_count = counts.get(version, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_request_count(self):
        counts = self._count_by_version("return.request", "policy_version_id")
        for version in self:
            version.request_count = counts.get(version, 0)

    def _count_by_version(self, model, field):
        """Return {version: number of records} among those the reader may see."""
        return dict(
            self.env[model]._read_group([(field, "in", self.ids)], [field], ["__count"])
        )

    def _in_words(self):
        """Return the sections of terms and the sentences of the rules."""
        self.ensure_one()
        version = self._to_version()
        policies = self.env["return.policy"]
        currency = self.company_id.currency_id
        return {
            "sections": policies._sections_in_words(version.terms, currency),
            "rules": policies._rules_in_words(version, currency).values(),
        }

    def action_view_orders(self):
        """Open the orders placed under this version."""
        return self._view_under(
            "sale.action_orders", [("return_policy_version_id", "in", self.ids)]
        )

    def action_view_requests(self):
        """Open the return requests judged by this version."""
        return self._view_under(
            "return_policy.return_request_action",
            [("policy_version_id", "in", self.ids)],
        )

    def _view_under(self, xmlid, domain):
        """Return a stored action, narrowed to what stands under the versions."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": domain, "context": {"create": False}}
