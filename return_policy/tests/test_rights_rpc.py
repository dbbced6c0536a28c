"""Every public method of the addon, found in the registry, called by strangers."""

import inspect

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from .common import ReturnCase

OURS = "odoo.addons.return_policy."
NOBODY = 2**31 - 1  # an id which no record has


def public_methods(env):
    """Return {model: names} of what can be called and is no override of core."""
    found = {}
    for name, model in env.registry.items():
        ours, theirs = set(), set()
        for cls in model.mro():
            names = ours if cls.__module__.startswith(OURS) else theirs
            names.update(
                method
                for method, function in vars(cls).items()
                if not method.startswith("_") and inspect.isfunction(function)
            )
        if ours - theirs and not model._abstract:
            found[name] = sorted(ours - theirs)
    return found


@tagged("post_install", "-at_install")
class TestRightsRpc(ReturnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "rpc_portal", groups="base.group_portal")
        cls.clerk = new_test_user(cls.env, "rpc_clerk", groups="base.group_user")
        company = cls.env["res.company"].create({"name": "Other shop"})
        cls.foreigner = new_test_user(
            cls.env,
            "rpc_foreigner",
            groups="return_policy.group_return_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def _denied(self, user, records, name):
        """Call a method with as little as it takes; it has to raise at the door."""
        method = getattr(type(records), name)
        needed = [
            None
            for parameter in list(inspect.signature(method).parameters.values())[1:]
            if parameter.default is parameter.empty
            and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
        ]
        is_static = getattr(method, "_api_model", False)
        args = needed if is_static else [records.ids, *needed]
        with (
            self.subTest(user=user.login, model=records._name, method=name),
            self.assertRaises(AccessError),
            self.cr.savepoint(),
        ):
            call_kw(self.env[records._name].with_user(user), name, args, {})

    def _documents(self):
        """Return a settled request with what belongs to it, by model."""
        order = self._order()
        self._pay_online(order)
        request = self._approved(order, 1)
        self._receive(request)
        request.with_user(self.keeper).action_open_inspection()
        request.with_user(self.keeper).action_inspect()
        request = request.sudo()
        lines = request.line_ids
        self.partner.user_ids = self.portal
        records = (
            request,
            lines,
            lines.unit_ids,
            request.refund_ids,
            request.credit_note_ids,
            request.picking_ids,
            order,
            order.order_line,
            self.env["res.config.settings"].create({}),
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return {found._name: found[:1] for found in records}

    def test_strangers_are_turned_away_by_every_method(self):
        documents = self._documents()
        request = documents["return.request"]
        before = request.read()
        methods = public_methods(self.env)
        self.assertIn("action_approve", methods["return.request"])
        for model, names in methods.items():
            records = documents.get(model) or self.env[model].browse(NOBODY)
            for name in names:
                for user in self.portal, self.clerk, self.env.ref("base.public_user"):
                    self._denied(user, records, name)
        self.env.invalidate_all()
        self.assertEqual(request.read(), before)

    def test_managers_of_another_company_are_turned_away_from_every_document(self):
        documents = self._documents()
        del documents["res.config.settings"]  # each company has its own
        request = documents["return.request"]
        before = request.read()
        methods = public_methods(self.env)
        for model, records in documents.items():
            self.assertTrue(records, model)
            for name in methods[model]:
                if not getattr(getattr(type(records), name), "_api_model", False):
                    self._denied(self.foreigner, records, name)
        self.env.invalidate_all()
        self.assertEqual(request.read(), before)
