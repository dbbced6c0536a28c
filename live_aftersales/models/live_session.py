import re

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# How merchants' lists say that a session runs on every platform.
ANY_PLATFORM = {"any", "all", "*", "全部", "所有", "不限", "任意"}


class LiveSession(models.Model):
    _name = "live.session"
    _description = "Live Session"
    _inherit = ["live.orders.mixin"]
    _order = "start desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "room_id"]
    _orders_field = "live_session_id"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="Empty: the host and the start.",
    )
    active = fields.Boolean(default=True)
    host_id = fields.Many2one(
        "live.host",
        required=True,
        ondelete="restrict",
        check_company=True,
        index=True,
    )
    platform_id = fields.Many2one(
        "live.platform",
        compute="_compute_platform_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: shown on any platform at the same time.",
    )
    shop_id = fields.Many2one(
        "live.shop",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="Empty: sells for any shop.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    room_id = fields.Char(
        string="Room ID",
        copy=False,
        help="The platform's number of the live room, kept as text. Order files "
        "which name the room give an exact attribution.",
    )
    start = fields.Datetime(required=True)
    end = fields.Datetime(required=True)
    host_name = fields.Char(
        compute="_compute_host_name",
        readonly=False,
        help="Only for imported lists: an unknown host ID is added by this name.",
    )
    duration = fields.Float(
        compute="_compute_duration", string="Duration (Hours)", store=True
    )
    utm_campaign_id = fields.Many2one(
        "utm.campaign",
        string="Campaign",
        ondelete="set null",
        index="btree_not_null",
        copy=False,
        help="Marketing campaign given to the session's orders, so that the sales "
        "reports can be read by session. Made with the session.",
    )
    color = fields.Integer(related="host_id.color")
    overlap_text = fields.Char(
        compute="_compute_overlap_text",
        string="Overlap",
        help="Other sessions of the same host at the same time. Orders in between "
        "cannot be given to one of them.",
    )

    _room_id_uniq = models.UniqueIndex(
        "(company_id, room_id) WHERE room_id IS NOT NULL",
        "Another session already has this room ID.",
    )
    _host_start_idx = models.Index('(host_id, start, "end")')

    @api.depends("host_id", "start", "platform_id", "shop_id")
    def _compute_name(self):
        for session in self:
            if session.host_id and session.start:
                start = session._to_local(session.start)
                session.name = f"{session.host_id.name} {start:%Y-%m-%d %H:%M}"

    @api.depends("shop_id")
    def _compute_platform_id(self):
        for session in self:
            session.platform_id = session.shop_id.platform_id or session.platform_id

    @api.depends("host_id.name")
    def _compute_host_name(self):
        for session in self:
            session.host_name = session.host_id.name

    @api.depends("start", "end")
    def _compute_duration(self):
        for session in self:
            both = session.start and session.end
            seconds = (session.end - session.start).total_seconds() if both else 0
            session.duration = seconds / 3600

    @api.depends("host_id", "start", "end")
    def _compute_overlap_text(self):
        timed = self.filtered(lambda session: session.start and session.end)
        others = self.search(
            [
                ("host_id", "in", timed.host_id.ids),
                ("start", "<", max(timed.mapped("end"), default=False)),
                ("end", ">", min(timed.mapped("start"), default=False)),
            ]
            if timed
            else [(0, "=", 1)]
        ).grouped("host_id")
        for session in self:
            beside = others.get(session.host_id, self.browse()).filtered(
                lambda other, it=session: (
                    it in timed
                    and other != it._origin
                    and other.start < it.end
                    and other.end > it.start
                )
            )
            session.overlap_text = ", ".join(beside.mapped("display_name")) or False

    @api.constrains("start", "end")
    def _check_end_after_start(self):
        wrong = self.filtered(lambda session: session.end <= session.start)
        if wrong:
            raise ValidationError(
                self.env._(
                    "These live sessions end before they start: %(sessions)s. "
                    "Correct the start or the end.",
                    sessions=", ".join(wrong.mapped("display_name")),
                )
            )

    @api.constrains("room_id")
    def _check_room_id_is_whole(self):
        wrong = self.filtered(
            lambda session: (
                session.room_id and re.search(r"[.,]|\d[eE]", session.room_id)
            )
        )
        if wrong:
            raise ValidationError(
                self.env._(
                    "These room IDs lost digits because the file kept them as "
                    "numbers: %(rooms)s. Keep the column as text and import again.",
                    rooms=", ".join(wrong.mapped("room_id")),
                )
            )

    @api.constrains("shop_id", "platform_id")
    def _check_shop_platform(self):
        wrong = self.filtered(
            lambda session: (
                session.shop_id and session.platform_id != session.shop_id.platform_id
            )
        )
        if wrong:
            raise ValidationError(
                self.env._(
                    "These live sessions are on another platform than their shop: "
                    "%(sessions)s. Correct the shop or the platform.",
                    sessions=", ".join(wrong.mapped("display_name")),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Give each session a campaign of its own."""
        sessions = super().create(vals_list)
        bare = sessions.filtered(lambda session: not session.utm_campaign_id)
        # sudo: utm.campaign - who plans a session need not be a marketing user
        campaigns = (
            self.env["utm.campaign"]
            .sudo()
            .create(
                [
                    {"title": session.display_name, "is_auto_campaign": True}
                    for session in bare
                ]
            )
        )
        for session, campaign in zip(bare, campaigns, strict=True):
            session.utm_campaign_id = campaign
        return sessions

    def _to_local(self, moment):
        """Return a moment as the wall clock of the session's platform shows it."""
        self.ensure_one()
        platform = self.platform_id or self.shop_id.platform_id
        zone = pytz.timezone(platform.tz or "Asia/Shanghai")
        return pytz.utc.localize(moment).astimezone(zone)

    @api.model
    def get_import_templates(self):
        """Offer the list of sessions in the import screen, in the user's language."""
        suffix = "_zh_CN" if self.env.lang == "zh_CN" else ""
        return [
            {
                "label": self.env._("Import Template for Live Sessions"),
                "template": f"/live_aftersales/static/xls/live_sessions{suffix}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Take the merchant's own list of sessions as it is.

        "any" platform means none, an unknown host ID is added by its host name, and
        a known room ID is updated instead of added a second time.
        """
        self.check_access("create")
        rows = [dict(zip(fields, row, strict=True)) for row in data]
        if "platform_id" in fields:
            for row in rows:
                if (row["platform_id"] or "").strip().lower() in ANY_PLATFORM:
                    row["platform_id"] = ""
        if {"host_id", "host_name"} <= set(fields):
            self._import_add_hosts(rows)
        columns = [name for name in fields if name != "host_name"]
        if "room_id" in fields and not {"id", ".id"} & set(fields):
            self._import_find_sessions(rows)
            columns.append(".id")
        return super().load(columns, [[row[name] for name in columns] for row in rows])

    @api.model
    def _import_add_hosts(self, rows):
        """Add the hosts whose ID or name nobody knows yet."""
        names = {row["host_id"]: row["host_name"] for row in rows if row["host_id"]}
        hosts = self.env["live.host"].search(
            ["|", ("code", "in", list(names)), ("name", "in", list(names))]
        )
        known = {*hosts.mapped("code"), *hosts.mapped("name")}
        self.env["live.host"].create(
            [
                {"code": code, "name": name or code}
                for code, name in names.items()
                if code not in known
            ]
        )

    @api.model
    def _import_find_sessions(self, rows):
        """Tell each row the session which already has its room ID."""
        rooms = [row["room_id"] for row in rows if row["room_id"]]
        sessions = self.with_context(active_test=False).search(
            [("room_id", "in", rooms), ("company_id", "=", self.env.company.id)]
        )
        ids = {session.room_id: str(session.id) for session in sessions}
        for row in rows:
            row[".id"] = ids.get(row["room_id"], "")
