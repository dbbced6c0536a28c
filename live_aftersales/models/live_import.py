from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..feeds import SPECS
from ..feeds.table import match_header


class LiveImport(models.Model):
    """An order file of a platform: upload, preview, run, report."""

    _name = "live.import"
    _description = "Order Import"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True

    file = fields.Binary(required=True, attachment=True, copy=False)
    filename = fields.Char(string="File Name")
    shop_id = fields.Many2one(
        "live.shop",
        required=True,
        ondelete="restrict",
        check_company=True,
        index=True,
        tracking=True,
        default=lambda self: self._default_shop(),
    )
    platform_id = fields.Many2one(
        "live.platform",
        compute="_compute_platform_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", related="shop_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Imported by",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
        index=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("preview", "Preview"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    order_count = fields.Integer(string="Orders", readonly=True, copy=False)
    line_count = fields.Integer(string="Lines", readonly=True, copy=False)
    gift_count = fields.Integer(string="Gifts", readonly=True, copy=False)
    skipped_count = fields.Integer(
        string="Remarks",
        readonly=True,
        copy=False,
        help="Rows which are no orders: formulas, totals and notes.",
    )
    new_count = fields.Integer(string="New Orders", readonly=True, copy=False)
    changed_count = fields.Integer(string="Changed Orders", readonly=True, copy=False)
    unchanged_count = fields.Integer(
        string="Unchanged Orders", readonly=True, copy=False
    )
    held_count = fields.Integer(
        string="Held Rows",
        readonly=True,
        copy=False,
        help="Rows that wait until somebody repairs them.",
    )
    warning_count = fields.Integer(string="Warnings", readonly=True, copy=False)
    warning_text = fields.Text(string="Warning Texts", readonly=True, copy=False)
    paid_count = fields.Integer(string="Paid Orders", readonly=True, copy=False)
    unpaid_count = fields.Integer(string="Unpaid Orders", readonly=True, copy=False)
    live_count = fields.Integer(
        string="Live Orders",
        readonly=True,
        copy=False,
        help="Orders which a livestream brought, as the file says.",
    )
    paid_total = fields.Monetary(readonly=True, copy=False)
    done_count = fields.Integer(string="Orders Done", readonly=True, copy=False)
    progress = fields.Float(compute="_compute_progress")
    error = fields.Text(readonly=True, copy=False)
    row_ids = fields.One2many("live.import.row", "import_id", string="Rows Held")

    @api.model
    def _default_shop(self):
        """Return the shop when there is only one."""
        shops = self.env["live.shop"].search(
            [("company_id", "=", self.env.company.id)], limit=2
        )
        return shops if len(shops) == 1 else shops.browse()

    @api.depends("shop_id")
    def _compute_platform_id(self):
        for record in self:
            record.platform_id = record.shop_id.platform_id or record.platform_id

    @api.depends("done_count", "order_count", "state")
    def _compute_progress(self):
        for record in self:
            if record.state == "done":
                record.progress = 100
            else:
                total = record.order_count
                record.progress = 100 * record.done_count / total if total else 0

    @api.constrains("platform_id", "shop_id")
    def _check_platform(self):
        for record in self:
            if record.platform_id != record.shop_id.platform_id:
                raise ValidationError(
                    self.env._(
                        "%(shop)s is a shop on %(platform)s. Choose that platform or "
                        "another shop.",
                        shop=record.shop_id.name,
                        platform=record.shop_id.platform_id.name,
                    )
                )

    def write(self, vals):
        """Keep the file of an import that ran; another file starts it anew."""
        if vals.keys().isdisjoint({"file", "shop_id", "platform_id"}):
            return super().write(vals)
        for record in self:
            record._check_state("draft", "preview", "failed")
        result = super().write(vals)
        self.done_count = 0
        self._move_to("draft")
        return result

    def action_preview(self):
        """Read the files and say what a run would do; sales are not touched."""
        self.check_access("write")
        for record in self:
            record._check_state("draft", "preview", "failed")
            feed = record._read()
            writer, shop = record._writer()
            outcome = writer._compare_all(feed.orders, shop)
            record._reset(feed)
            record._take(outcome, feed.orders)
            record._count_accepted()
            record.env["live.import.row"]._from_held(record, feed.held + outcome.held)
            record._count_held()
            record.error = False
            record._move_to("preview")
        return True

    def action_run(self):
        """Import the files: at once from code, in the background from a screen."""
        self.check_access("write")
        for record in self:
            if record.state == "draft":
                record.action_preview()
            record._check_state("preview", "failed")
            if not record.done_count:
                record._restart()
            record.error = False
            record._move_to("running")
        if request:
            self.env.ref("live_aftersales.ir_cron_live_import")._trigger()
            return True
        for record in self:
            record._process()
        return True

    def action_view_orders(self):
        """Open the orders which came with this file."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "live_aftersales.action_live_orders"
        )
        refs = [order.ref for record in self for order in record._read().orders]
        action["domain"] = [
            ("shop_id", "in", self.shop_id.ids),
            ("platform_order_ref", "in", refs),
        ]
        return action

    def action_view_rows(self):
        """Open the rows which were held."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "live_aftersales.action_live_import_row"
        )
        action["domain"] = [("import_id", "in", self.ids)]
        action["context"] = {"search_default_held": 1}
        return action

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The import of %(file)s is in state %(state)s. Upload the file "
                    "again to import it again.",
                    file=self.filename or self.display_name,
                    state=labels[self.state],
                )
            )

    def _move_to(self, state):
        self.state = state

    def _spec(self):
        """Return how the platform writes its files, with the user's column names."""
        self.ensure_one()
        spec = SPECS.get(self.platform_id.code)
        if not spec:
            raise UserError(
                self.env._(
                    "Order files of %(platform)s cannot be imported yet.",
                    platform=self.platform_id.name,
                )
            )
        aliases = self.env["live.import.alias"].search(
            [("platform_id", "=", self.platform_id.id)]
        )
        return spec.with_aliases(
            [(alias.field_name, alias.header) for alias in aliases]
        )

    def _zone(self):
        return self.platform_id.tz or "Asia/Shanghai"

    def _cells(self, raw, names):
        """Return {our field: text} of a raw row."""
        header = list(raw)
        columns = match_header(header, self._spec())
        return {
            name: str(raw[header[columns[name][0]]] or "").strip()
            for name in names
            if name in columns
        }

    def _column_label(self, name, raw):
        """Return the header under which the file has one of our fields."""
        spec = self._spec()
        if name not in spec.aliases:
            return name
        header = list(raw)
        found = match_header(header, spec).get(name)
        return header[found[0]] if found else spec.aliases[name][0]
