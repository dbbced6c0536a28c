"""Give every company that exists at installation what new ones get when made."""


def post_init_hook(env):
    """Publish a first return policy for each company."""
    env["res.company"].search([])._create_return_policies()
