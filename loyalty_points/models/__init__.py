from . import (
    account_move,
    account_move_line,
    loyalty_card,
    loyalty_points_entry,
    loyalty_program,
    res_partner,
    sale_order,
    sale_order_line,
    stock_move,
)
