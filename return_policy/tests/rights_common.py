"""What strangers could read of an addon's fields, found in the registry."""


def open_fields(env, user, *modules):
    """Return {model.field} of these modules on models which a user may read."""
    found = set()
    for name in env.registry:
        model = env[name].with_user(user)
        if model._abstract or not model.has_access("read"):
            continue
        found.update(
            f"{name}.{field.name}"
            for field in model._fields.values()
            if field._module in modules and model._has_field_access(field, "read")
        )
    return found
