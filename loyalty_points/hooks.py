"""What core needs to go on without the ledger."""

from odoo.fields import Command
from odoo.tools import SQL


def uninstall_hook(env):
    """Let the programs earn by core's rules again, and keep a word on what is lost.

    Cards keep the points that may be spent. Points still pending have no place in
    core: each card's history says how many there were.
    """
    everything = env["loyalty.program"].with_context(active_test=False)
    programs = everything.search([("points_ledger", "=", True)])
    note_pending(env)
    env.cr.execute("UPDATE loyalty_program SET points_ledger = FALSE")
    env.invalidate_all()
    programs._points_restore_rules()
    for program in programs.filtered("points_per_unit"):
        if not program.rule_ids.filtered("active"):
            program.rule_ids = [
                Command.create(
                    {
                        "reward_point_mode": "money",
                        "reward_point_amount": program.points_per_unit,
                    }
                )
            ]
    # nobody could open them: cards have no activities in core
    kind = "loyalty_points.mail_activity_type_fault"
    if fault := env.ref(kind, raise_if_not_found=False):
        env["mail.activity"].search([("activity_type_id", "=", fault.id)]).unlink()


def note_pending(env):
    """Say in the history of each card how many points were still pending.

    Those of a program too whose ledger was switched off before.
    """
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO loyalty_history (
                card_id, description, issued, used,
                create_uid, create_date, write_uid, write_date
            )
            SELECT id, replace(%(sentence)s, '#', points_pending::text), 0, 0,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM loyalty_card
             WHERE points_pending > 0
            """,
            sentence=env._("Ledger removed; # points were still pending"),
            uid=env.uid,
            now=env.cr.now(),
        )
    )
