"""Let Odoo's test classes live in this folder, outside of any addon."""


def pytest_configure(config):
    """Give them what Odoo's loader gives to classes inside addons."""
    if not config.getoption("--odoo-database", default=None):
        return  # the plain tests know nothing of Odoo
    from odoo.tests import BaseCase

    BaseCase.test_tags = {"standard", "at_install"}
    BaseCase.test_module = "tests"
