from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_open

OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "",
    "advanced": False,
    "date_format": "",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}
KIND = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@tagged("post_install", "-at_install")
class TestOwnListsThroughTheImportScreen(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = new_test_user(
            cls.env,
            "lead_lists",
            "live_aftersales.group_lead,product.group_product_manager",
            tz="Asia/Shanghai",
        )

    def _import(self, model, path, user=None, **options):
        """Import as the screen does: with the columns which it suggests itself."""
        name = path.rpartition("/")[2]
        with file_open(path, "rb") as file:
            content = file.read()
        screen = (
            self.env["base_import.import"]
            .with_user(user or self.lead)
            .with_context(lang=(user or self.lead).lang)
            .create(
                {
                    "res_model": model,
                    "file": content,
                    "file_name": name,
                    "file_type": KIND[name.rpartition(".")[2]],
                }
            )
        )
        preview = screen.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        headers = preview["headers"]
        fields = [
            "/".join(preview["matches"].get(index, [])) or False
            for index in range(len(headers))
        ]
        result = screen.execute_import(fields, headers, {**OPTIONS, **options})
        self.assertEqual(result["messages"], [])
        return self.env[model].browse(result["ids"])

    def test_the_merchants_list_of_sessions_comes_in_as_it_is(self):
        sessions = self._import(
            "live.session", "live_aftersales/tests/data/live_sessions.csv"
        )
        self.assertEqual(len(sessions), 21)
        first = sessions.filtered(lambda s: s.room_id == "7501827701082202265")
        self.assertEqual(first.host_id.name, "小鹿姐姐")
        self.assertEqual(first.host_id.code, "1020309911")
        self.assertFalse(first.platform_id)
        self.assertEqual(str(first.start), "2026-10-20 11:00:00")
        self.assertEqual(str(first.end), "2026-10-20 15:00:00")
        self.assertEqual(
            sorted(sessions.host_id.mapped("code")),
            ["1020309911", "1020309922", "1020309933"],
        )
        self.assertFalse(any(sessions.mapped("overlap_text")))
        self.assertEqual(len(sessions.utm_campaign_id), 21)

    def test_wall_clock_is_read_in_the_time_zone_of_the_user(self):
        self.lead.tz = "UTC"
        sessions = self._import(
            "live.session", "live_aftersales/tests/data/live_sessions.csv"
        )
        first = sessions.filtered(lambda s: s.room_id == "7501827701082202265")
        self.assertEqual(str(first.start), "2026-10-20 19:00:00")

    def test_the_same_list_again_adds_nothing(self):
        before = self._import(
            "live.session", "live_aftersales/tests/data/live_sessions.csv"
        )
        before[:1].end = "2026-10-20 16:00:00"
        hosts = self.env["live.host"].search_count([])
        again = self._import(
            "live.session", "live_aftersales/tests/data/live_sessions.csv"
        )
        self.assertEqual(again, before)
        self.assertEqual(str(again[:1].end), "2026-10-20 15:00:00")
        self.assertEqual(self.env["live.host"].search_count([]), hosts)

    def test_the_template_for_sessions_comes_in(self):
        self.assertEqual(
            self.env["live.session"].get_import_templates()[0]["template"],
            "/live_aftersales/static/xls/live_sessions.xlsx",
        )
        sessions = self._import(
            "live.session", "live_aftersales/static/xls/live_sessions.xlsx"
        )
        self.assertEqual(
            sessions.mapped("room_id"), ["7501827701082202265", "7185035985928653588"]
        )
        self.assertEqual(
            sessions[1].platform_id, self.env.ref("live_aftersales.platform_douyin")
        )
        self.assertEqual(sessions[1].host_id.name, "阿杰严选")
        self.assertEqual(str(sessions[1].start), "2026-10-20 02:00:00")

    def test_an_agent_cannot_import_and_nothing_is_added(self):
        agent = new_test_user(self.env, "agent_lists", "live_aftersales.group_agent")
        with self.assertRaises(AccessError):
            self.env["live.session"].with_user(agent).load(
                ["room_id", "host_id", "host_name"], [["1", "990099", "Nobody"]]
            )
        self.assertFalse(self.env["live.host"].search([("code", "=", "990099")]))

    def _check_products(self, products, count):
        self.assertEqual(len(products), count)
        lipstick = products.filtered(lambda p: p.default_code == "LIP-A01")
        self.assertEqual(lipstick.name, "丝绒雾面口红")
        self.assertEqual(lipstick.description_sale, "色号:A01 枫叶红")
        self.assertEqual(lipstick.list_price, 89.0)
        self.assertEqual(lipstick.categ_id.complete_name, "美妆 / 口红")
        self.assertEqual(lipstick.return_exclusion, "A7_1")
        shirt = products.filtered(lambda p: p.default_code == "TEE-M")
        self.assertFalse(shirt.return_exclusion)

    def test_the_merchants_list_of_products_comes_in_as_it_is(self):
        products = self._import(
            "product.template",
            "live_aftersales/tests/data/products.csv",
            name_create_enabled_fields={"categ_id": True},
        )
        self._check_products(products, 25)
        beauty = self.env["product.category"].search([("name", "=", "美妆")])
        self.assertEqual(len(beauty), 1)
        self.assertEqual(
            sorted(beauty.child_id.mapped("name")), ["口红", "护肤", "赠品"]
        )

    def test_the_same_list_of_products_again_adds_nothing(self):
        path = "live_aftersales/tests/data/products.csv"
        options = {"name_create_enabled_fields": {"categ_id": True}}
        before = self._import("product.template", path, **options)
        tea = before.filtered(lambda p: p.default_code == "TEE-M")
        tea.list_price = 1
        again = self._import("product.template", path, **options)
        self.assertEqual(again, before)
        self.assertEqual(tea.list_price, 69)

    def test_the_template_for_products_comes_in(self):
        templates = self.env["product.template"].get_import_templates()
        self.assertEqual(
            templates[-1]["template"], "/live_aftersales/static/xls/products.xlsx"
        )
        products = self._import(
            "product.template",
            "live_aftersales/static/xls/products.xlsx",
            name_create_enabled_fields={"categ_id": True},
        )
        self._check_products(products, 2)

    def test_a_known_category_is_found_by_its_path_without_blanks(self):
        parent = self.env["product.category"].create({"name": "食品"})
        snacks = self.env["product.category"].create(
            {"name": "零食", "parent_id": parent.id}
        )
        found = self.env["product.category"].name_search("食品/零食", operator="=")
        self.assertEqual([ident for ident, _name in found], snacks.ids)

    def test_the_chinese_templates_come_in_as_chinese_users_read_them(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        modules = ["product", "sale", "return_policy", "live_aftersales"]
        self.env["ir.module.module"]._load_module_terms(modules, ["zh_CN"])
        self.lead.lang = "zh_CN"
        chinese = self.env(user=self.lead, context={"lang": "zh_CN"})
        for model, count in (("live.session", 2), ("product.template", 2)):
            template = chinese[model].get_import_templates()[-1]["template"]
            self.assertIn("_zh_CN.xlsx", template)
            records = self._import(
                model,
                template.removeprefix("/"),
                name_create_enabled_fields={"categ_id": True},
            )
            self.assertEqual(len(records), count)
        self._check_products(records, 2)
