"""Statements of ``points_nightly``: rows to work on, and the work in one go."""

ENTRIES = """
    INSERT INTO loyalty_points_entry (
        card_id, program_id, partner_id, company_id, kind, source, bucket,
        points, remaining, shortfall, earned_at, available_on, expires_on,
        description, key, create_uid, create_date, write_uid, write_date
    )
    SELECT
        id, program_id, partner_id, company_id, 'earn', 'order', %(bucket)s,
        10 + id %% 91, 10 + id %% 91, 0, given.at,
        given.at + %(wait)s * interval '1 day',
        CASE %(bucket)s WHEN 'available' THEN given.at::date + %(live)s END,
        'S' || id || ' · Tea', %(event)s || ':' || id, 1, now(), 1, now()
    FROM loyalty_card, LATERAL (
        SELECT now() AT TIME ZONE 'UTC' - %(days)s * interval '1 day'
            - id %% 100 * interval '1 hour' AS at
    ) AS given
    WHERE program_id = %(program)s AND id >= %(first)s
"""
BALANCES = """
    UPDATE loyalty_card AS card SET
        points = told.available, points_pending = told.pending,
        points_entry_count = told.number
    FROM (
        SELECT
            card_id, count(*) AS number,
            sum(points) FILTER (WHERE bucket = 'available') AS available,
            sum(points) FILTER (WHERE bucket = 'pending') AS pending
        FROM loyalty_points_entry WHERE program_id = %(program)s GROUP BY card_id
    ) AS told
    WHERE told.card_id = card.id
"""
RELEASE = """
    WITH lot AS (
        SELECT * FROM loyalty_points_entry
        WHERE program_id = %(program)s AND bucket = 'pending' AND remaining > 0
        AND available_on <= %(now)s
    ), closed AS (
        UPDATE loyalty_points_entry AS entry SET remaining = 0
        FROM lot WHERE lot.id = entry.id
    ), added AS (
        INSERT INTO loyalty_points_entry (
            card_id, program_id, partner_id, company_id, kind, source, bucket,
            points, remaining, shortfall, earned_at, available_on, expires_on, order_id,
            sale_line_id, lot_id, description, key,
            create_uid, create_date, write_uid, write_date
        )
        SELECT
            card_id, program_id, partner_id, company_id, 'release', source, side.bucket,
            side.sign * remaining, side.keeps * remaining, 0, earned_at, available_on,
            CASE side.keeps WHEN 1 THEN greatest(
                timezone(%(zone)s, timezone('UTC', earned_at))::date + %(live)s,
                %(today)s
            ) END,
            order_id, sale_line_id, id, description,
            'release:' || id || ':' || card_id || ':' || side.keeps,
            %(uid)s, %(now)s, %(uid)s, %(now)s
        FROM lot, (VALUES ('pending', -1, 0), ('available', 1, 1))
            AS side (bucket, sign, keeps)
    ), told AS (
        INSERT INTO loyalty_history (
            card_id, description, issued, used,
            create_uid, create_date, write_uid, write_date
        )
        SELECT
            card_id, 'Released: ' || description, sum(remaining), 0,
            %(uid)s, %(now)s, %(uid)s, %(now)s
        FROM lot GROUP BY card_id, description
    )
    UPDATE loyalty_card AS card SET
        points = card.points + moved.points,
        points_pending = points_pending - moved.points,
        points_entry_count = points_entry_count + 2 * moved.number,
        write_uid = %(uid)s, write_date = %(now)s
    FROM (
        SELECT card_id, sum(remaining) AS points, count(*) AS number
        FROM lot GROUP BY card_id
    ) AS moved
    WHERE moved.card_id = card.id
"""
EXPIRE = """
    WITH lot AS (
        SELECT * FROM loyalty_points_entry
        WHERE program_id = %(program)s AND bucket = 'available' AND remaining > 0
        AND expires_on < %(today)s
    ), closed AS (
        UPDATE loyalty_points_entry AS entry SET remaining = 0
        FROM lot WHERE lot.id = entry.id
    ), added AS (
        INSERT INTO loyalty_points_entry (
            card_id, program_id, partner_id, company_id, kind, source, bucket,
            points, remaining, shortfall, earned_at, available_on, expires_on, order_id,
            sale_line_id, lot_id, description, key,
            create_uid, create_date, write_uid, write_date
        )
        SELECT
            card_id, program_id, partner_id, company_id, 'expire', source, bucket,
            -remaining, 0, 0, earned_at, available_on, expires_on, order_id,
            sale_line_id, id, description, 'expire:' || id || ':' || card_id || ':0',
            %(uid)s, %(now)s, %(uid)s, %(now)s
        FROM lot
    ), told AS (
        INSERT INTO loyalty_history (
            card_id, description, issued, used,
            create_uid, create_date, write_uid, write_date
        )
        SELECT
            card_id, 'Expired: ' || description, 0, sum(remaining),
            %(uid)s, %(now)s, %(uid)s, %(now)s
        FROM lot GROUP BY card_id, description
    )
    UPDATE loyalty_card AS card SET
        points = card.points - moved.points,
        points_entry_count = points_entry_count + moved.number,
        write_uid = %(uid)s, write_date = %(now)s
    FROM (
        SELECT card_id, sum(remaining) AS points, count(*) AS number
        FROM lot GROUP BY card_id
    ) AS moved
    WHERE moved.card_id = card.id
"""
# What counts, and the tier that is reached by it.
TIER = """
    UPDATE loyalty_membership AS member SET
        tier_measure = counted.points, keep_measure = counted.points,
        tier_id = (
            SELECT tier.id FROM loyalty_tier AS tier
            WHERE tier.program_id = %(program)s AND tier.enter_at <= counted.points
            ORDER BY tier.enter_at DESC LIMIT 1
        )
    FROM (
        SELECT card_id, sum(points) AS points FROM loyalty_points_entry
        WHERE program_id = %(program)s AND kind IN ('earn', 'clawback')
        AND source IS DISTINCT FROM 'tier' AND available_on <= %(now)s
        AND earned_at >= %(now)s - interval '1 year'
        GROUP BY card_id
    ) AS counted
    WHERE counted.card_id = member.card_id
"""
PROVE = """
    SELECT card.id FROM loyalty_card AS card JOIN (
        SELECT
            card_id, count(*) AS number,
            sum(points) FILTER (WHERE lot.bucket = 'available') AS available,
            sum(remaining) FILTER (WHERE lot.bucket = 'available') AS available_left,
            sum(points) FILTER (WHERE lot.bucket = 'pending') AS pending,
            sum(remaining) FILTER (WHERE lot.bucket = 'pending') AS pending_left,
            bool_or(remaining > points + coalesce(taken, 0) AND points > 0) AS torn
        FROM loyalty_points_entry AS lot LEFT JOIN (
            SELECT lot_id, bucket, sum(points) AS taken
            FROM loyalty_points_entry
            WHERE program_id = %(program)s AND points < 0 GROUP BY lot_id, bucket
        ) AS taken ON taken.lot_id = lot.id AND taken.bucket = lot.bucket
        WHERE program_id = %(program)s GROUP BY card_id
    ) AS told ON told.card_id = card.id
    WHERE card.points <> available OR card.points <> available_left OR torn
    OR card.points_pending <> pending OR card.points_pending <> pending_left
    OR card.points_entry_count <> number
"""
