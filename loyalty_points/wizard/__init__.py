from . import (
    base_partner_merge_automatic_wizard,
    base_partner_merge_automatic_wizard_member,
    loyalty_card_update_balance,
    loyalty_generate_wizard,
    loyalty_tier_assign,
)
