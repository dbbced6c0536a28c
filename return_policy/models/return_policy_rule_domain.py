"""Conditions on products, customers and orders: read, tried, and never trusted."""

import ast

from psycopg2 import Error as DatabaseError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import mute_logger

DOMAIN_MODELS = {
    "product_domain": "product.product",
    "customer_domain": "res.partner",
    "order_domain": "sale.order",
}
# What core raises for a domain that cannot be read, checked or made into SQL.
UNUSABLE = (
    AttributeError,
    KeyError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UserError,
    ValueError,
)


class ReturnPolicyRuleDomain(models.Model):
    """Keep conditions which cannot be searched out of policies, and name them."""

    _inherit = "return.policy.rule"

    problem = fields.Char(
        compute="_compute_problem",
        help="Why the rule cannot be used. Until it is repaired and the policy is "
        "published again, a person judges.",
    )

    @api.depends(*DOMAIN_MODELS)
    @api.depends_context("lang")
    def _compute_problem(self):
        for rule in self:
            rule.problem = " ".join(
                rule._domain_sentence(field, problem)
                for field, problem in rule._domain_problems().items()
            )

    def _domain_sentence(self, field, problem):
        return self.env._(
            "Rule “%(rule)s”: the field %(field)s holds a condition that cannot be "
            "used: %(problem)s",
            rule=self.name,
            field=field,
            problem=problem,
        )

    def _domain_problems(self):
        """Return {label of the field: problem} of conditions that cannot be used."""
        self.ensure_one()
        found = {}
        for name, model in DOMAIN_MODELS.items():
            problem = self._read_domain(model, self[name])[1]
            if problem:
                found[self._fields[name]._description_string(self.env)] = problem
        return found

    @api.constrains(*DOMAIN_MODELS)
    def _check_domains(self):
        for rule in self:
            problems = rule._domain_problems() or rule._failing_searches()
            for field, problem in problems.items():
                raise ValidationError(rule._domain_sentence(field, problem))

    def _unreadable_field(self, start, domain):
        """Say which field of a domain the user may not read, conditions inside too."""
        for condition in domain.iter_conditions():
            records = start
            for name in condition.field_expr.split("."):
                field = records._fields[name]
                can_read = records.has_access("read")
                if not (can_read and records._has_field_access(field, "read")):
                    return self.env._(
                        "you may not read the field “%(field)s” of %(model)s. Choose "
                        "another one.",
                        field=name,
                        model=self.env["ir.model"]._get(records._name).name,
                    )
                if not field.comodel_name:
                    break
                records = records.env[field.comodel_name]
            if condition.operator in ("any", "not any"):
                inner = Domain(condition.value)
                problem = self._unreadable_field(records, inner)
                if problem:
                    return problem
        return ""

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse conditions on what their writer may not read."""
        rules = super().create(vals_list)
        rules._check_conditions_readable(DOMAIN_MODELS.keys())
        return rules

    def write(self, vals):
        """Refuse conditions on what their writer may not read."""
        result = super().write(vals)
        self._check_conditions_readable(DOMAIN_MODELS.keys() & vals.keys())
        return result

    def _check_conditions_readable(self, names):
        """Raise where a condition asks for what is kept from the user.

        Verdicts ask conditions with full rights: who writes one and looks at what it
        fits would learn it by trial. No constraint, since those run with full rights.
        """
        for rule in self:
            for name in names:
                model = DOMAIN_MODELS[name]
                domain = rule._read_domain(model, rule[name])[0]
                problem = self._unreadable_field(self.env[model], domain)
                if problem:
                    label = self._fields[name]._description_string(self.env)
                    raise ValidationError(rule._domain_sentence(label, problem))

    def _failing_searches(self):
        """Return {label of the field: problem} of what the database refuses."""
        found = {}
        for name, model in DOMAIN_MODELS.items():
            domain = self._read_domain(model, self[name])[0]
            # sudo: return.policy.rule - verdicts ask the condition for everybody
            records = self.env[model].sudo()
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    records.search(domain, limit=1)
            except DatabaseError as error:
                label = self._fields[name]._description_string(self.env)
                found[label] = error.diag.message_primary or str(error)
        return found

    @api.model
    def _read_domain(self, model, text):
        """Return (domain on the model, problem); with a problem it must not be used.

        :param str model: of ``DOMAIN_MODELS``
        :param str text: the condition as it is stored; empty fits all
        """
        conditions, problem = self._parse(text)
        # sudo: return.policy.rule - verdicts ask the condition for everybody
        records = self.env[model].sudo()
        try:
            domain = Domain(conditions)
        except UNUSABLE as error:
            return Domain.FALSE, str(error)
        for condition in domain.iter_conditions():
            problem = problem or self._condition_problem(records, condition)
        return (Domain.FALSE if problem else domain), problem

    def _parse(self, text):
        """Return (list of conditions, problem) of a text."""
        try:
            conditions = ast.literal_eval(text or "[]")
        except (SyntaxError, TypeError, ValueError):
            return [], self._name_problem(text)
        if isinstance(conditions, list):
            return conditions, ""
        return [], self.env._("it is not a list of conditions.")

    def _condition_problem(self, records, condition):
        """Say why one condition cannot be searched, naming its field."""
        problem = self._field_problem(records, condition.field_expr)
        try:
            if not problem:
                records._search(condition)
        except UNUSABLE as error:
            return self.env._(
                "the condition on the field “%(field)s” means nothing (%(problem)s).",
                field=condition.field_expr,
                problem=error,
            )
        return problem

    def _field_problem(self, records, path):
        """Say which field of a path is not there, or cannot be searched."""
        for name in path.split("."):
            field = records._fields.get(name)
            names = {
                "field": name,
                "model": self.env["ir.model"]._get(records._name).name,
            }
            if field is None:
                return self.env._("%(model)s has no field “%(field)s”.", **names)
            if not field._description_searchable:
                return self.env._(
                    "the field “%(field)s” of %(model)s cannot be searched.", **names
                )
            if not field.comodel_name:
                break
            records = records.env[field.comodel_name]
        return ""

    def _name_problem(self, text):
        """Name what only a screen knows, such as ``uid`` or ``context_today``."""
        try:
            nodes = list(ast.walk(ast.parse(text, mode="eval")))
        except (SyntaxError, ValueError):
            nodes = []
        for node in nodes:
            if isinstance(node, ast.Name):
                return self.env._(
                    "“%(name)s” is known on a screen only. Write the value itself; for "
                    "days, one such as 'today -7d'.",
                    name=node.id,
                )
        return self.env._("it is not a list of conditions.")

    def _domain_texts(self):
        """Return the conditions for the pure rule: equal texts are asked once.

        A rule for all products has always been frozen as ``[]``, the others as "".
        """
        texts = {name: self[name] or "[]" for name in DOMAIN_MODELS}
        return {
            "domain": texts.pop("product_domain"),
            **{name: "" if text == "[]" else text for name, text in texts.items()},
        }
