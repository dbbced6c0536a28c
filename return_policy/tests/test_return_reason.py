"""The tree of reasons: who answers, what is asked for, what may be given."""

from importlib.util import module_from_spec, spec_from_file_location

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import file_path

from ..models.product_template import EXCLUSIONS
from ..policy.facts import Reason
from ..policy.law import CN_7, EU_14, GROUNDS, UK_14
from ..policy.terms import REMEDIES
from .policy_common import PolicyCase

# code: (liability, counts as quality, photos, video)
SHIPPED = {
    "no_reason": ("consumer", False, 0, False),
    "no_reason_size": ("consumer", False, 0, False),
    "no_reason_taste": ("consumer", False, 0, False),
    "no_reason_mistake": ("consumer", False, 0, False),
    "no_reason_price": ("consumer", False, 0, False),
    "quality": ("merchant", True, 2, False),
    "quality_fault": ("merchant", True, 2, False),
    "quality_described": ("merchant", True, 2, False),
    "quality_wrong": ("merchant", True, 2, False),
    "quality_fake": ("merchant", True, 2, False),
    "quality_no_label": ("merchant", True, 2, False),
    "quality_expired": ("merchant", True, 2, False),
    "warranty": ("merchant", False, 1, False),
    "warranty_fault": ("merchant", False, 1, True),
    "warranty_repaired": ("merchant", False, 1, False),
    "logistics": ("carrier", False, 0, False),
    "logistics_damaged": ("carrier", False, 2, False),
    "logistics_not_received": ("carrier", False, 0, False),
    "logistics_late": ("carrier", False, 0, False),
    "logistics_missing": ("merchant", False, 1, True),
    "logistics_empty": ("merchant", False, 1, True),
    "promise": ("merchant", False, 0, False),
    "promise_said": ("merchant", False, 0, False),
    "promise_price": ("merchant", False, 0, False),
    "promise_gift": ("merchant", False, 1, False),
    "promise_shipping": ("merchant", False, 0, False),
}


@tagged("post_install", "-at_install")
class TestReturnReason(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reasons = cls.env["return.reason"].search([])
        cls.fault = cls.env.ref("return_policy.reason_quality_fault")

    def shipped(self, code):
        return self.env.ref(f"return_policy.reason_{code}")

    def test_the_tree_is_shipped_with_liability_evidence_and_remedies(self):
        for code, expected in SHIPPED.items():
            reason = self.shipped(code)
            found = (
                reason.liability,
                reason.is_quality,
                reason.evidence_photos,
                reason.evidence_video,
            )
            self.assertEqual(found, expected, code)
            self.assertTrue(code.startswith(reason.regime), code)
            self.assertTrue(reason.remedy_ids, code)
            if reason.parent_id:
                self.assertLessEqual(reason.remedy_ids, self.every_remedy(reason))

    def every_remedy(self, reason):
        """Return the remedies of the reason above, with what the price adds."""
        price = self.env.ref("return_policy.remedy_price_protection")
        return reason.parent_id.remedy_ids | price

    def test_unshipped_goods_can_be_refunded_without_a_reason(self):
        for reason in self.reasons.filtered(lambda found: found.regime == "no_reason"):
            codes = set(reason.remedy_ids.mapped("code"))
            self.assertLessEqual({"refund_only", "cancel", "return_refund"}, codes)

    def test_a_reason_brings_its_duties_and_the_codes_above_it(self):
        self.fault.evidence_video = True
        self.fault.remedy_ids = self.env.ref("return_policy.remedy_repair")
        self.assertEqual(
            self.fault._to_reason(),
            Reason(
                codes=frozenset(("quality", "quality_fault")),
                regime="quality",
                liability="merchant",
                photos=2,
                video=True,
                remedies=frozenset(("repair",)),
                code="quality_fault",
            ),
        )

    def test_who_answers_is_known_of_every_reason_archived_ones_too(self):
        self.fault.active = False
        found = self.env["return.reason"]._liabilities()
        for code, (liability, *_rest) in SHIPPED.items():
            self.assertEqual(found[code], liability)

    def test_a_reason_cannot_stand_under_itself(self):
        quality = self.shipped("quality")
        for parent in (quality, self.fault):
            with self.assertRaises(ValidationError) as caught:
                quality.parent_id = parent
            self.assertEqual(
                str(caught.exception),
                "Reason “Something is wrong with the goods” cannot stand under "
                f"“{parent.name}”, which is the same or stands under it. Choose "
                "another in the field Under.",
            )
        quality.invalidate_recordset()
        self.assertFalse(quality.parent_id)
        self.fault.parent_id = self.shipped("warranty")
        self.assertIn("warranty", self.fault._to_reason().codes)

    def test_two_steps_to_a_circle_are_refused_as_well(self):
        first, second = self.shipped("warranty"), self.shipped("promise")
        first.parent_id = second
        with self.assertRaisesRegex(ValidationError, "cannot stand under"):
            second.parent_id = first

    def test_photos_cannot_be_negative(self):
        with self.assertRaises(ValidationError) as caught:
            self.fault.evidence_photos = -1
        self.assertEqual(
            str(caught.exception),
            "Reason “Quality fault”: the field Photos cannot be negative. Enter how "
            "many photos the buyer has to send, or 0.",
        )

    def test_an_upgrade_fills_what_is_empty_and_leaves_what_the_shop_wrote(self):
        wrong, late = self.shipped("quality_wrong"), self.shipped("logistics_late")
        empty = {
            "evidence_photos": 0,
            "evidence_video": False,
            "remedy_ids": [Command.clear()],
        }
        (wrong | late | self.shipped("logistics_missing")).write(empty)
        wrong.write({"name": "Other goods sent", "liability": "platform"})
        late.evidence_photos = 4
        self.shipped("promise_gift").unlink()
        plain = self.shipped("no_reason")
        plain.name = "No reason (7 days)"
        path = "return_policy/migrations/19.0.1.1.0/post-return_reason.py"
        spec = spec_from_file_location("post_return_reason", file_path(path))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(wrong.evidence_photos, 2)
        self.assertIn("reship", wrong.remedy_ids.mapped("code"))
        self.assertEqual(
            (wrong.name, wrong.liability), ("Other goods sent", "platform")
        )
        self.assertTrue(self.shipped("logistics_missing").evidence_video)
        self.assertEqual((late.evidence_photos, late.remedy_ids.ids), (4, []))
        gift = self.env["return.reason"].search([("code", "=", "promise_gift")])
        self.assertFalse(gift)
        self.assertEqual(plain.name, "No reason")
        plain.name = "Change of mind"
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(plain.name, "Change of mind")


@tagged("post_install", "-at_install")
class TestReturnRemedy(PolicyCase):
    def test_there_is_one_remedy_for_each_code(self):
        remedies = self.env["return.remedy"].search([])
        self.assertEqual(tuple(remedies.mapped("code")), REMEDIES)

    def test_a_remedy_keeps_its_code(self):
        remedy = self.env.ref("return_policy.remedy_repair")
        with self.assertRaises(ValidationError) as caught:
            remedy.code = "mend"
        self.assertEqual(
            str(caught.exception),
            "Remedy “Repair”: no return can be settled by “mend”. Rename a remedy in "
            "its field Name; its code stays.",
        )

    def test_employees_read_remedies_managers_rename_them_nobody_adds_any(self):
        remedy = self.env.ref("return_policy.remedy_repair")
        group = "return_policy.group_return_"
        for number, groups in enumerate(
            ("base.group_user", f"{group}agent", f"{group}warehouse", f"{group}lead")
        ):
            seen = remedy.with_user(self.make_user(f"remedy_{number}", groups))
            self.assertEqual(seen.code, "repair")
            with self.assertRaises(AccessError):
                seen.name = "Mend"
        portal = remedy.with_user(self.make_user("remedy_portal", "base.group_portal"))
        self.assertFalse(portal.has_access("read"))
        manager = remedy.with_user(self.make_user("remedy_m", f"{group}manager"))
        manager.name = "Mend"
        self.assertEqual(remedy.name, "Mend")
        for operation in ("create", "unlink"):
            self.assertFalse(manager.has_access(operation))


@tagged("post_install", "-at_install")
class TestLegalGrounds(PolicyCase):
    def test_the_labels_name_the_articles_of_each_law(self):
        rules = self.env["return.policy.rule"]
        labels = dict(rules._fields["legal_code"].selection)
        self.assertEqual(tuple(labels), GROUNDS)
        for code, label in labels.items():
            named = [
                f"{sign} {floor.clause(code).article}"
                for sign, floor in (
                    ("CN art.", CN_7),
                    ("EU art.", EU_14),
                    ("UK reg.", UK_14),
                )
                if floor.clause(code)
            ]
            self.assertEqual(label.partition(" — ")[2], ", ".join(named))

    def test_products_and_categories_know_every_ground_but_the_buyer(self):
        for model in ("product.template", "product.category"):
            field = self.env[model]._fields["return_exclusion"]
            self.assertEqual(field.selection, EXCLUSIONS)
        self.assertNotIn("B2B", dict(EXCLUSIONS))
