import contextlib
import random
import threading
import time

from psycopg2 import errors

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name
from odoo.tools import SQL

from .common import RELEASE_BY_PROGRAM

RETRIED = (errors.SerializationFailure, errors.DeadlockDetected)
PATIENCE = 100


class CommittedCase(BaseCase):
    """Work on committed data with real transactions; wipe it out afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.patch(self.registry["sale.order.line"], *RELEASE_BY_PROGRAM)
        self.rows = self._highest_ids()
        self.addCleanup(self._delete_new_rows)

    @contextlib.contextmanager
    def _transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _highest_ids(self):
        with self._transaction() as env:
            tables = env.execute_query(
                SQL(
                    "SELECT table_name FROM information_schema.columns "
                    "JOIN information_schema.tables USING (table_schema, table_name) "
                    "WHERE table_schema = 'public' AND column_name = 'id' "
                    "AND table_type = 'BASE TABLE'"
                )
            )
            return {
                table: env.execute_query(
                    SQL("SELECT coalesce(max(id), 0) FROM %s", SQL.identifier(table))
                )[0][0]
                for (table,) in tables
            }

    def _delete_new_rows(self):
        """Delete what the test committed, relations included."""
        with self._transaction() as env:
            # foreign keys are checked by triggers: off, for this transaction
            env.cr.execute("SET LOCAL session_replication_role = replica")
            env.cr.execute(
                """
                SELECT rel.relname, col.attname, target.relname
                FROM pg_constraint con
                JOIN pg_class rel ON rel.oid = con.conrelid
                JOIN pg_class target ON target.oid = con.confrelid
                JOIN pg_attribute col
                  ON col.attrelid = con.conrelid AND col.attnum = con.conkey[1]
                WHERE con.contype = 'f'
                """
            )
            for table, column, target in env.cr.fetchall():
                if table not in self.rows and target in self.rows:
                    self._delete(env, table, column, self.rows[target])
            for table, highest in self.rows.items():
                self._delete(env, table, "id", highest)
        self.registry.clear_all_caches()

    def _delete(self, env, table, column, highest):
        env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s > %s",
                SQL.identifier(table),
                SQL.identifier(column),
                highest,
            )
        )

    def _retried(self, work):
        """Run work(env) in a transaction of its own, again when told to."""
        for _attempt in range(PATIENCE):
            try:
                with self._transaction() as env:
                    result = work(env)
                    env.flush_all()
                return result
            except RETRIED:
                time.sleep(random.uniform(0, 0.2))  # noqa: S311
        raise AssertionError(f"Still colliding after {PATIENCE} attempts")

    def _all_at_once(self, *works):
        """Run each work in a thread; return results and errors in their order."""
        results = [None] * len(works)
        start = threading.Barrier(len(works))

        def run(index, work):
            start.wait()
            try:
                results[index] = self._retried(work)
            except Exception as error:
                results[index] = error

        threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results
