"""The run of a rehearsal: batch by batch, each one whole or not at all."""

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..policy.terms import from_json, to_json

_logger = logging.getLogger(__name__)

AT_ONCE = 2_000  # cases; more are judged in the background
BATCH = 2_000


class ReturnRehearsalRun(models.Model):
    """Start, go on, end.

    A batch writes its totals, its changes and the place where the next one begins in
    one transaction. It never writes the rehearsal itself, so that Cancel need not wait
    for it; the next batch sees the new state.
    """

    _inherit = "return.rehearsal"

    def _freeze(self):
        """Keep the draft as it is now, and how much there is to judge."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.asked_at and self.asked_at > now:
            raise UserError(
                self.env._(
                    "%(rehearsal)s: “As of” lies in the future. Leave it empty to "
                    "judge as of now.",
                    rehearsal=self.display_name,
                )
            )
        # sudo: return.rehearsal, return.rehearsal.part - written by the run only
        rehearsal = self.sudo()
        rehearsal.write(
            {
                "asked_at": self.asked_at or now,
                "draft": to_json(rehearsal.policy_id._to_version(0)),
                "user_id": self.env.uid,
            }
        )
        sources = {"line": self.with_lines, "request": self.with_requests}
        rehearsal.part_ids._open(
            rehearsal, [source for source, wanted in sources.items() if wanted]
        )

    def _frozen_draft(self):
        """Return the draft as it was at the start, or None before."""
        return from_json(self.draft) if self.draft else None

    def _launch(self):
        """Run what is small, leave the rest to the background job."""
        small = self.filtered(lambda rehearsal: rehearsal.total_count <= AT_ONCE)
        for rehearsal in small:
            rehearsal._process()
        if self - small:
            self.env.ref("return_policy.ir_cron_rehearse")._trigger()

    @api.model
    def _cron_run(self):
        """Work through the running rehearsals; what is left goes on next time."""
        cron = self.env["ir.cron"]
        todo = self.search([("state", "=", "running")], order="id")
        left = sum(r.total_count - r.done_count for r in todo)
        cron._commit_progress(remaining=max(left, len(todo)))
        for rehearsal in todo:
            try:
                finished = rehearsal._process(commit=True)
            except psycopg2.OperationalError:
                # Somebody else is at it, or cancelled it just now: look again later.
                self.env.cr.rollback()
                continue
            # Whatever it was, the other rehearsals go on and the person is told.
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Rehearsal %s failed", rehearsal.id)
                rehearsal._fail(error)
                finished = True
            if not cron._commit_progress(1 if finished else 0):
                return

    def _process(self, commit=False):
        """Judge what is left, in the language of whoever asked.

        :param bool commit: commit after each batch, for the cron only
        :return: whether there is nothing left to do
        """
        self.ensure_one()
        # sudo: return.rehearsal - the run reads orders, requests and stock, and writes
        # what nobody may write by hand; who may start it was checked then
        rehearsal = self.sudo().with_context(lang=self.user_id.lang)
        draft, spoken = rehearsal._frozen_draft(), {}
        for part in rehearsal.part_ids:
            while rehearsal.state == "running" and part._is_open():
                if not part.try_lock_for_update(allow_referencing=True):
                    return False
                done = part._step(BATCH, draft, spoken)
                self.env.invalidate_all()
                if commit and not self.env["ir.cron"]._commit_progress(done):
                    return False
        if rehearsal.state == "running":
            rehearsal._move_to("done", ended_at=fields.Datetime.now())
        return True

    def _fail(self, error):
        """Keep what went wrong where the person looks."""
        text = str(error) if isinstance(error, UserError) else repr(error)
        self._move_to("failed", error=text, ended_at=fields.Datetime.now())
