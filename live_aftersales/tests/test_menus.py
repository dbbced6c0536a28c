"""Who finds which screen of the return policy in the app's menu."""

from odoo.tests import TransactionCase, new_test_user, tagged

ORDERS = {"Returnable Lines"}
LEAD = {"Return Policies", "Rehearsals", "Return Reasons", "Return Remedies"}
MANAGER = {"Policy Presets", "Column Names"}


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    def shown(self, role):
        """Return the names of the menus a role sees in the sections of the app."""
        user = new_test_user(
            self.env, f"menus_{role}", groups=f"live_aftersales.group_{role}"
        )
        menus = self.env["ir.ui.menu"].with_user(user)
        root = self.env.ref("live_aftersales.menu_root")
        visible = menus.browse(menus._visible_menu_ids())
        sections = visible.filtered(lambda menu: menu.parent_id == root)
        below = visible.filtered(lambda menu: menu.parent_id in sections)
        return set(below.mapped("name"))

    def test_each_role_finds_the_screens_of_the_policy_it_needs(self):
        agent, lead, manager = map(self.shown, ("agent", "lead", "manager"))
        self.assertLessEqual(ORDERS, agent)
        self.assertFalse(agent & (LEAD | MANAGER))
        self.assertLessEqual(ORDERS | LEAD, lead)
        self.assertFalse(lead & MANAGER)
        self.assertLessEqual(ORDERS | LEAD | MANAGER, manager)
        self.assertFalse(self.shown("warehouse") & (ORDERS | LEAD | MANAGER))
