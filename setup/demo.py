"""The demo shop: demo files of our addons, the people who log in, and their story.

Run by the Odoo shell, which provides ``env``, after our addons are installed.
"""

import sys

from odoo import Command
from odoo.modules import Manifest
from odoo.tools import convert_file

sys.path.insert(0, "setup")
from demo_points import play_points
from demo_story import play_story

ADDONS = ("return_policy", "loyalty_points", "live_aftersales")
# login: (name, groups, what opens after the login)
STAFF = {
    "lead": (
        "陈静（售后主管）",
        ("live_aftersales.group_lead", "loyalty_points.group_points_manager"),
        "live_aftersales.action_live_return_requests",
    ),
    "agent": (
        "李娜（客服）",
        ("live_aftersales.group_agent",),
        "live_aftersales.action_live_ticket_mine",
    ),
    "warehouse": (
        "王强（仓库）",
        ("live_aftersales.group_warehouse",),
        "live_aftersales.action_live_warehouse",
    ),
}


def load_demo_files(env):
    """Load what the manifests list under ``demo``."""
    for addon in ADDONS:
        for name in Manifest.for_addon(addon)["demo"]:
            convert_file(env, addon, name, {}, mode="init", noupdate=True)


def create_people(env):
    """Create one login per role; the password is the login."""
    users = env["res.users"].with_context(no_reset_password=True)
    common = {"lang": "zh_CN", "tz": "Asia/Shanghai"}
    for login, (name, roles, opens) in STAFF.items():
        groups = env.ref("base.group_user").union(*map(env.ref, roles))
        users.create(
            {
                "name": name,
                "login": login,
                "password": login,
                "email": f"{login}@yunshang.example",
                "group_ids": [Command.set(groups.ids)],
                "action_id": env.ref(opens).id,
                **common,
            }
        )
    users.create(
        {
            "name": "周晓敏",
            "login": "buyer",
            "password": "buyer",
            "email": "buyer@yunshang.example",
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            **common,
        }
    )
    env.ref("base.user_admin").write({"lang": "en_US", "tz": "Asia/Shanghai"})


load_demo_files(env)
create_people(env)
play_story(env)
play_points(env)
env.cr.commit()
