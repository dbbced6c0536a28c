"""Conditions are tried when saved; one that breaks later is named, never ignored."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .policy_common import PolicyCase

NOT_A_LIST = "it is not a list of conditions."
ON_SCREEN = (
    "“{}” is known on a screen only. Write the value itself; for days, one such as "
    "'today -7d'."
)
BAD = (
    ("[('no_such', '=', 1)]", "Product Variant has no field “no_such”."),
    ("[('categ_id.no_such', '=', 1)]", "Product Category has no field “no_such”."),
    (
        "[('sales_count', '>', 1)]",
        "the field “sales_count” of Product Variant cannot be searched.",
    ),
    (
        "[('name', 'resembles', 'x')]",
        "Invalid operator in condition ('name', 'resembles', 'x')",
    ),
    (
        "[('list_price', '>', 'much')]",
        "the condition on the field “list_price” means nothing (could not convert "
        "string to float: 'much').",
    ),
    (
        "[('create_date', '>', 'soon')]",
        "the condition on the field “create_date” means nothing (Invalid term 'soon' "
        "in expression date: 'soon').",
    ),
    ("[('id', '=', 'x')]", 'invalid input syntax for type integer: "x"'),
    ("[('name', '=']", NOT_A_LIST),
    ("'name'", NOT_A_LIST),
    ("True", NOT_A_LIST),
    ("{'name': 'x'}", NOT_A_LIST),
    ("[1, 2]", "Domain() invalid item in domain: 2"),
    (
        "['&', ('name', '=', 'x')]",
        "Domain() malformed domain ['&', ('name', '=', 'x')]",
    ),
    ("[('create_uid', '=', uid)]", ON_SCREEN.format("uid")),
    ("context_today()", ON_SCREEN.format("context_today")),
    (
        "[('create_date', '>=', context_today().strftime('%Y-%m-%d'))]",
        ON_SCREEN.format("context_today"),
    ),
)
GOOD = (
    ("product_domain", "[('categ_id.name', 'ilike', 'fresh')]"),
    ("product_domain", "['|', ('list_price', '>', 10), ('name', 'in', ['a', 'b'])]"),
    ("product_domain", "[('create_date', '>=', 'today -7d')]"),
    ("product_domain", "[('product_tag_ids', 'any', [('name', '=', 'x')])]"),
    ("customer_domain", "[('country_id.code', '=', 'CN')]"),
    ("order_domain", "[('date_order', '>=', '=monday -1w')]"),
    ("order_domain", "[('date_order.month_number', '=', 11)]"),
    ("order_domain", "[]"),
)


@tagged("post_install", "-at_install")
class TestPolicyRuleDomain(PolicyCase):
    def break_rule(self, rule, name="product_domain"):
        """Make a condition name a field that an upgrade took away."""
        rule.flush_recordset()
        self.env.execute_query(
            SQL(
                "UPDATE return_policy_rule SET %s = %s WHERE id = %s RETURNING id",
                SQL.identifier(name),
                "[('x_season', '=', 'summer')]",
                rule.id,
            )
        )
        rule.invalidate_recordset()

    def test_a_condition_that_cannot_be_searched_is_refused_naming_the_field(self):
        for domain, problem in BAD:
            with self.subTest(domain=domain):
                with self.assertRaises(ValidationError) as caught:
                    self.rule("R", product_domain=domain)
                self.assertEqual(
                    str(caught.exception),
                    "Rule “R”: the field Products holds a condition that cannot be "
                    f"used: {problem}",
                )
        self.assertFalse(self.policy.rule_ids)

    def test_customers_and_orders_are_tried_on_their_own_model(self):
        bad = "[('list_price', '>', 1)]"
        for name, field, model in (
            ("customer_domain", "Customers", "Contact"),
            ("order_domain", "Orders", "Sales Order"),
        ):
            rule = self.rule("R", product_domain=bad)
            with self.assertRaises(ValidationError) as caught:
                rule[name] = bad
            self.assertEqual(
                str(caught.exception),
                f"Rule “R”: the field {field} holds a condition that cannot be used: "
                f"{model} has no field “list_price”.",
            )

    def test_paths_lists_and_relative_days_are_accepted(self):
        rule = self.rule("R")
        for name, domain in GOOD:
            with self.subTest(domain=domain):
                rule[name] = domain
                self.assertFalse(rule.problem)

    def test_a_condition_can_name_days_that_move(self):
        rule = self.rule("R", product_domain="[('create_date', '>=', 'today -7d')]")
        domain, problem = rule._read_domain("product.product", rule.product_domain)
        self.assertFalse(problem)
        products = self.env["product.product"]
        self.assertIn(self.product, products.search(domain))
        self.env.cr.execute(
            "UPDATE product_product SET create_date = now() - interval '9 days'"
            " WHERE id = %s",
            [self.product.id],
        )
        self.assertNotIn(self.product, products.search(domain))

    def test_a_rule_whose_field_is_gone_is_named_and_the_policy_still_opens(self):
        sound, broken = self.rule("Fresh food"), self.rule("Seasonal")
        self.break_rule(broken)
        with Form(self.policy) as form:
            form.window_days = 9
        self.assertEqual(self.policy.window_days, 9)
        self.assertFalse(sound.problem)
        self.assertEqual(
            broken.problem,
            "Rule “Seasonal”: the field Products holds a condition that cannot be "
            "used: Product Variant has no field “x_season”.",
        )
        self.assertEqual(
            broken.sentence,
            "Refuse “no reason” on Seasonal — art. 6(2) — cannot be used: Product "
            "Variant has no field “x_season”.",
        )

    def test_nothing_is_let_through_by_a_condition_that_cannot_be_used(self):
        read = self.env["return.policy.rule"]._read_domain
        for text, _problem in BAD[:3]:
            domain, problem = read("product.product", text)
            self.assertTrue(domain.is_false())
            self.assertTrue(problem)
        self.assertTrue(read("product.product", "")[0].is_true())
        self.assertTrue(read("product.product", "[]")[0].is_true())

    def test_other_fields_of_a_broken_rule_can_be_changed_and_it_be_repaired(self):
        rule = self.rule("Seasonal")
        self.break_rule(rule, "order_domain")
        rule.sequence = 3
        self.assertIn("the field Orders", rule.problem)
        rule.order_domain = "[('date_order', '>=', '2026-06-01')]"
        self.assertFalse(rule.problem)
