"""Give every company that exists at installation what new ones get when made."""


def post_init_hook(env):
    """Publish a first policy for each company, give each warehouse its quarantine."""
    companies = env["res.company"].search([])
    companies._create_return_policies()
    companies._set_deadline_plans()
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    warehouses._create_return_locations()
