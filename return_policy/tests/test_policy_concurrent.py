"""Two managers publish at once: one version more, and one clear word."""

import threading

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged

# Everything the test commits, children before parents.
CLEANUP = """
    DELETE FROM return_policy_version WHERE policy_id = %(policy)s;
    DELETE FROM mail_message WHERE model = 'return.policy' AND res_id = %(policy)s;
    DELETE FROM mail_followers
     WHERE res_model = 'return.policy' AND res_id = %(policy)s;
    DELETE FROM return_policy WHERE id = %(policy)s;
"""


@tagged("post_install", "-at_install")
class TestTwoPublishers(TransactionCase):
    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            first = env["return.policy"].search([], limit=1)
            self.policy_id = first.copy({"name": "Contested"}).id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute(CLEANUP, {"policy": self.policy_id})

    def _publish_at_once(self):
        """Publish in two transactions, neither of which sees the other's version."""
        start = threading.Barrier(2)
        results = []

        def run(name):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                policy = env["return.policy"].browse(self.policy_id)
                policy.version_ids.fetch(["number"])
                start.wait(60)
                try:
                    results.append(retrying(lambda: policy.action_publish(name), env))
                except ValidationError as error:
                    results.append(str(error))

        threads = [threading.Thread(target=run, args=[name]) for name in ("A", "B")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    def test_one_wins_and_the_other_is_told(self):
        results = self._publish_at_once()
        self.assertEqual(sorted(map(str, results)), [str(True), self._message()][::-1])
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            versions = env["return.policy"].browse(self.policy_id).version_ids
            self.assertEqual(versions.mapped("number"), [1])
            self.assertIn(versions.note, ("A", "B"))

    def _message(self):
        return (
            "The operation cannot be completed: Somebody else has published this "
            "policy at the same moment. Open it again to see their version; yours was "
            "not published."
        )
