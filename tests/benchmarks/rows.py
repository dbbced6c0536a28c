"""Rows copied in SQL from one that Odoo has written."""

from odoo.tools import SQL


def copy(env, record, source, **changes):
    """Copy the row of a record once for each row of a source.

    :param source: SQL of what stands behind FROM
    :param changes: {column: SQL of its value}; the rest is as in the record
    """
    env.flush_all()
    names = [name for name, field in record._fields.items() if field.column_type]
    names = [name for name in names if record._fields[name].store]
    table = SQL.identifier(record._table)
    values = (changes.get(name, SQL.identifier(record._table, name)) for name in names)
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s "
            "FROM %(table)s, %(source)s WHERE %(table)s.id = %(id)s",
            table=table,
            names=SQL(", ").join(map(SQL.identifier, names)),
            values=SQL(", ").join(values),
            source=source,
            id=record.id,
        )
    )
    env.cr.execute(
        SQL(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM %s",
            record._table,
            table,
        )
    )
