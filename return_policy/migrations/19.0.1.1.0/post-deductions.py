"""The delivery given back by earlier requests becomes a record as it is from now on."""


def migrate(cr, version):
    """Write down what was given back; the amounts of the requests stay."""
    cr.execute(
        """
        INSERT INTO return_request_deduction (
               request_id, company_id, currency_id, kind, sale_line_id, amount,
               create_uid, create_date, write_uid, write_date)
        SELECT request.id, request.company_id, request.currency_id, 'outbound',
               (SELECT MIN(line.id) FROM sale_order_line line
                 WHERE line.order_id = request.sale_order_id AND line.is_delivery),
               -request.amount_freight, 1, now() AT TIME ZONE 'UTC',
               1, now() AT TIME ZONE 'UTC'
          FROM return_request request
         WHERE request.amount_freight > 0
           AND NOT EXISTS (SELECT FROM return_request_deduction deduction
                            WHERE deduction.request_id = request.id)
        """
    )
