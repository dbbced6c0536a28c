"""Presets stand on their own law and start policies which mean the same."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..policy.floor import breaches
from ..policy.terms import REMEDIES, Terms, Version
from .policy_common import PolicyCase

PRESETS = {
    "preset_cn_7": Terms(window_rolls="holiday", reprice=True, lost_freight=True),
    "preset_eu_14": Terms(
        zone="Europe/Berlin",
        preset="EU-14",
        window_days=14,
        window_rolls="working",
        quality_days=731,
        transit_days=30,
        refund_on="scanned",
        refund_days=14,
        refund_clock="notice",
        outbound_freight="standard",
    ),
    "preset_uk_14": Terms(
        zone="Europe/London",
        preset="UK-14",
        window_days=14,
        quality_days=30,
        transit_days=30,
        refund_on="scanned",
        refund_days=14,
        refund_clock="goods_back",
        outbound_freight="standard",
    ),
    "preset_store_30": Terms(
        zone="UTC",
        preset="STORE",
        window_days=30,
        quality_days=30,
        refund_days=14,
    ),
}


@tagged("post_install", "-at_install")
class TestPolicyPreset(PolicyCase):
    def preset(self, name):
        return self.env.ref(f"return_policy.{name}")

    def test_each_preset_says_exactly_these_terms(self):
        for name, terms in PRESETS.items():
            with self.subTest(name):
                self.assertEqual(self.preset(name)._to_terms(), terms)

    def test_each_preset_stands_on_its_own_floor(self):
        presets = self.env["return.policy.preset"].search([])
        self.assertEqual(len(presets), len(PRESETS))
        for preset in presets:
            with self.subTest(preset.name):
                self.assertEqual(breaches(Version(1, preset._to_terms())), [])

    def test_each_preset_names_its_source_and_the_day_it_was_read(self):
        for name in PRESETS:
            preset = self.preset(name)
            self.assertEqual(str(preset.checked_on), "2026-11-21")
            for text in (preset.source, preset.note):
                self.assertGreater(len(text), 40)

    def test_the_defaults_of_a_new_policy_are_those_of_the_seven_day_preset(self):
        policy = self.env["return.policy"].create({"name": "By hand"})
        self.assertEqual(policy._to_terms(), self.preset("preset_cn_7")._to_terms())

    def test_the_first_company_starts_from_the_seven_day_preset(self):
        preset = self.preset("preset_cn_7")
        self.assertEqual(self.policy._to_terms(), preset._to_terms())
        self.assertEqual(self.policy.source, preset.source)
        self.assertEqual(self.policy.checked_on, preset.checked_on)
        self.assertEqual(self.company.return_policy_id, self.policy)

    def test_terms_freeze_percent_and_money_as_whole_numbers(self):
        self.policy.write(
            {
                "fee_percent": 12.35,
                "fee_flat": 1.1,
                "bonus_percent": 0.07,
                "bonus_flat": 19.99,
                "keep_item_max": 30,
                "auto_approve_max": 200.5,
                "evidence_photos": 3,
                "evidence_video": True,
                "remedy_ids": self.env["return.remedy"].search(
                    [("code", "in", ("exchange", "repair"))]
                ),
            }
        )
        terms = self.policy._to_version(1).terms
        self.assertEqual(
            (terms.fee_percent, terms.fee_flat, terms.bonus_percent, terms.bonus_flat),
            (1235, 110, 7, 1999),
        )
        self.assertEqual((terms.keep_item_max, terms.auto_approve_max), (3000, 20050))
        self.assertEqual((terms.photos, terms.video), (3, True))
        self.assertEqual(terms.remedies, {"exchange", "repair"})
        self.policy.remedy_ids = False
        self.assertEqual(self.policy._to_terms().remedies, frozenset())

    def test_money_without_a_smaller_unit_freezes_in_whole_pieces(self):
        yen = self.env.ref("base.JPY")
        company = self.env["res.company"].create(
            {"name": "Shop in Osaka", "currency_id": yen.id}
        )
        policy = company.return_policy_id
        policy.keep_item_max = 500
        self.assertEqual(policy._to_terms().keep_item_max, 500)

    def test_terms_that_cannot_be_are_refused(self):
        bad = [
            {"window_days": -1},
            {"refund_days": -1},
            {"window_days": 36501},
            {"transit_days": 9999999},
            {"auto_approve_max": -1},
            {"fee_percent": 100.01},
            {"bonus_percent": -0.5},
            {"fee_flat": -1},
            {"keep_item_max": -0.01},
            {"evidence_photos": -1},
        ]
        for record in (self.policy, self.preset("preset_eu_14")):
            for vals in bad:
                with (
                    self.subTest(vals),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(CheckViolation),
                    self.cr.savepoint(),
                ):
                    record.write(vals)
                    self.env.flush_all()

    def test_a_new_company_starts_from_the_preset_of_its_country(self):
        table = {
            "cn": ("CN-7", "Asia/Shanghai"),
            "de": ("EU-14", "Europe/Berlin"),
            "uk": ("UK-14", "Europe/London"),
            "us": ("CN-7", "Asia/Shanghai"),
        }
        for code, (preset, zone) in table.items():
            with self.subTest(code):
                company = self.env["res.company"].create(
                    {
                        "name": f"Shop {code}",
                        "country_id": self.env.ref(f"base.{code}").id,
                    }
                )
                policy = company.return_policy_id
                self.assertEqual((policy.preset, policy.tz), (preset, zone))
                self.assertEqual(policy.version_id.number, 1)
                self.assertFalse(policy.has_changes)
                self.assertFalse(policy.is_conditional)
                self.assertEqual(set(policy.remedy_ids.mapped("code")), set(REMEDIES))

    def test_a_policy_counts_days_where_the_company_works_if_the_law_holds_there(self):
        table = [
            ("preset_eu_14", "Europe/Madrid", "Europe/Madrid"),
            ("preset_eu_14", "Asia/Shanghai", "Europe/Berlin"),
            ("preset_cn_7", "Asia/Urumqi", "Asia/Urumqi"),
            ("preset_uk_14", "Europe/Paris", "Europe/London"),
            ("preset_store_30", "America/New_York", "America/New_York"),
        ]
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        for name, held, expected in table:
            with self.subTest(name, held=held):
                self.company.partner_id.tz = held
                self.assertEqual(self.preset(name)._zone_for(self.company), expected)
        self.company.partner_id.tz = False
        zone = self.preset("preset_store_30")._zone_for(self.company)
        self.assertEqual(zone, "Pacific/Auckland")

    def test_without_any_preset_a_company_is_made_all_the_same(self):
        self.env["return.policy.preset"].search([]).active = False
        company = self.env["res.company"].create({"name": "Bare shop"})
        self.assertFalse(company.return_policy_id)

    def test_only_managers_edit_presets_and_people_of_returns_read_them(self):
        preset = self.preset("preset_cn_7")
        for role in ("agent", "lead"):
            user = self.make_user(f"p_{role}", f"return_policy.group_return_{role}")
            self.assertEqual(preset.with_user(user).window_days, 7)
            with self.assertRaises(AccessError):
                preset.with_user(user).window_days = 30
        for groups in ("base.group_user", "base.group_portal"):
            user = self.make_user(f"p_{groups}", groups)
            with self.assertRaises(AccessError):
                preset.with_user(user).read(["name"])
        manager = self.make_user("p_manager", "return_policy.group_return_manager")
        preset.with_user(manager).window_days = 15
        self.assertEqual(preset.window_days, 15)
        self.assertEqual(self.policy.window_days, 7)
