"""Give every company that exists at installation what new ones get when made."""


def post_init_hook(env):
    """Publish a first policy for each company, give each warehouse its quarantine."""
    env["res.company"].search([])._create_return_policies()
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    warehouses._create_return_locations()
