"""Once a day: what counts for tiers, who moves, who has to be warned."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from .collisions import COLLISIONS

COUNTED, MOVED, WRITTEN = 50_000, 500, 100  # members in one transaction


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    tier_warned_until = fields.Date(
        string="Warned Before",
        readonly=True,
        help="The end of the term before which the member was told what is missing.",
    )

    @api.model
    def _cron_tiers(self):
        """Count all members; then move and warn, until the time is over.

        The next run counts again and goes on with those who are left.
        """
        programs = self.env["loyalty.program"].search(
            [("points_ledger", "=", True), ("points_tier_ids", "!=", False)]
        )
        self._count_all(Domain("program_id", "in", programs.ids))
        for number, program in enumerate(programs, 1):
            mine = Domain("program_id", "=", program.id)
            if not (
                self._work_off(mine & self._moving(program), type(self)._move_on, MOVED)
                and self._work_off(
                    mine & self._dropping(program), type(self)._warn, WRITTEN
                )
            ):
                if waiting := len(programs) - number:
                    self.env["ir.cron"]._commit_progress(remaining=waiting)
                break

    @api.model
    def _count_all(self, domain):
        """Count these members in batches, each committed, however long it takes.

        Those somebody else is working on are left for the next run.
        """
        for chunk in split_every(COUNTED, self.search(domain, order="id").ids):
            try:
                self.browse(chunk)._count_anew()
            except COLLISIONS:
                self.env.cr.rollback()
                continue
            self.env["ir.cron"]._commit_progress(len(chunk))

    @api.model
    def _work_off(self, domain, work, size):
        """Work on the members in batches, each committed.

        Those somebody else is working on are left for the next run.

        :return: whether there is time for more
        """
        ids = self.search(domain, order="id").ids
        left, time = len(ids), 1
        for chunk in split_every(size, ids):
            left -= len(chunk)
            try:
                work(self.browse(chunk))
            except COLLISIONS:
                self.env.cr.rollback()
                continue
            time = self.env["ir.cron"]._commit_progress(len(chunk), remaining=left)
            if not time:
                break
        return bool(time)

    def _count_anew(self):
        self.try_lock_for_update(allow_referencing=True)._measure()

    def _move_on(self):
        self._claim()._decide()

    def _claim(self):
        """Lock the cards of these members; return those nobody else works on."""
        cards = self.card_id.try_lock_for_update(allow_referencing=True)
        return self.filtered(lambda member: member.card_id in cards)

    # -- who --------------------------------------------------------------------------

    @api.model
    def _moving(self, program):
        """Return the domain of members whose tier may change today."""
        today, ladder = program._points_today(), program._points_ladder()
        ends = [
            tier.key
            for tier in ladder
            if program._points_tier_rules().ends(tier, today)
        ]
        return Domain.OR(
            [
                self._reaching(ladder),
                Domain("tier_until", "<", today),
                # the program counts in another way now
                Domain("tier_id", "in", ends) & Domain("tier_until", "=", False),
                Domain("tier_id", "not in", ends) & Domain("tier_until", "!=", False),
            ]
        )

    @staticmethod
    def _reaching(ladder):
        """Return the domain of members who reach a tier above the one they have."""
        reaching = []
        for highest in [None, *ladder]:
            for present in [None, *ladder]:
                above = [
                    tier.to_enter(highest)
                    for tier in ladder
                    if present is None or tier.enter > present.enter
                ]
                if above:
                    reaching.append(
                        Domain("tier_id", "=", present and present.key)
                        & Domain("highest_tier_id", "=", highest and highest.key)
                        & Domain("tier_measure", ">=", min(above))
                    )
        return Domain.OR(reaching)

    @api.model
    def _dropping(self, program):
        """Return the domain of members to be warned that they will drop."""
        days, today = program.points_tier_warn_days, program._points_today()
        if not days:
            return Domain.FALSE
        short = Domain.OR(
            Domain("tier_id", "=", tier.key) & Domain("keep_measure", "<", tier.to_keep)
            for tier in program._points_ladder()
        )
        ending = Domain("tier_until", ">=", today) & Domain(
            "tier_until", "<=", fields.Date.add(today, days=days)
        )
        unwarned = Domain("tier_warned_until", "=", False) | Domain(
            "tier_warned_until", "<", today
        )
        return ending & short & unwarned

    def _warn(self):
        """Write to these members what is missing, once in a term."""
        members = self._claim()
        falling = members.filtered(
            lambda member: (
                not (
                    member.tier_fixed_until
                    and member.tier_fixed_until >= member.tier_until
                )
            )
        )
        wanted = falling.filtered("notices")
        wanted._write_mail("loyalty_points.mail_template_tier_drop")
        # sudo: loyalty.membership - nobody may write the term but these methods
        for until, warned in members.sudo().grouped("tier_until").items():
            warned.tier_warned_until = until

    def _write_mail(self, template):
        """Queue a mail to those of these members who can and shall be written to."""
        written = self.filtered(
            lambda member: (
                member.partner_id.active
                and member.partner_id.email
                and member.program_id._points_home().points_notify
            )
        )
        if written:
            # sudo: mail.template - the text alone, for whoever gave the points
            self.env.ref(template).sudo().send_mail_batch(written.ids)
