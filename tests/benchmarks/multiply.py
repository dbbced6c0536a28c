"""Make a big database out of a small one: rows written by Odoo, copied in SQL.

A shop of some hundred orders is made the ordinary way; then every row that came with
it is copied thousands of times, ids and references shifted together, so that each copy
is a shop of its own beside the first. Indexes, foreign keys and the states of orders
and requests are as Odoo made them; names and numbers stay unique, dates lie apart.
"""

from odoo.tools import SQL

# Notes in the chatter and the jobs of Odoo itself grow with every table alike.
LEFT_OUT = ("bus_", "ir_", "mail_", "base_", "bench_", "res_users")
# Columns which have to differ, and how the n-th copy differs.
UNIQUE = {
    ("return_refund", "idempotency_key"): "{column} || '-' || n",
    ("stock_picking", "name"): "{column} || '-' || n",
    ("account_move", "sequence_number"): "{number}",
    ("account_move", "name"): "sequence_prefix || "
    "lpad(({number})::text, greatest(5, length(({number})::text)), '0')",
}
TABLES = """
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = current_schema AND column_name = 'id'
    AND starts_with(column_default, 'nextval')
"""
COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = current_schema AND is_generated = 'NEVER'
    ORDER BY table_name, ordinal_position
"""
REFERENCES = """
    SELECT own.relname, a.attname, other.relname
    FROM pg_constraint c
    JOIN pg_class own ON own.oid = c.conrelid
    JOIN pg_class other ON other.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND own.relnamespace = current_schema::regnamespace
"""


class Multiplier:
    """Copies what is written after it was made."""

    def __init__(self, env):
        self.env = env
        env.flush_all()
        names = (name for (name,) in env.execute_query(SQL(TABLES)))
        self.tables = [name for name in names if not name.startswith(LEFT_OUT)]
        self.before = self._tops()

    def _tops(self):
        """Return {table: its highest id}."""
        return {
            name: self.env.execute_query(
                SQL("SELECT COALESCE(max(id), 0) FROM %s", SQL.identifier(name))
            )[0][0]
            for name in self.tables
        }

    def multiply(self, times):
        """Copy all rows written since, so often."""
        self.env.flush_all()
        tops = self._tops()
        self.spans = {
            name: (self.before[name], tops[name])
            for name in self.tables
            if tops[name] > self.before[name]
        }
        columns, references = {}, {}
        for table, column, kind in self.env.execute_query(SQL(COLUMNS)):
            columns.setdefault(table, {})[column] = kind
        for table, column, target in self.env.execute_query(SQL(REFERENCES)):
            if target in self.spans:
                references.setdefault(table, {})[column] = target
        self._trust()
        for table in self.spans:
            self._copy_rows(table, columns[table], references.get(table, {}), times)
        for table, targets in references.items():
            if "id" not in columns[table]:  # pairs
                self._copy_pairs(table, columns[table], targets, times)
        self.env.invalidate_all()
        self.env.cr.execute("ANALYZE")

    def _trust(self):
        """Leave out the checks of foreign keys, where the database lets us."""
        with self.env.cr.savepoint(flush=False):
            is_super = self.env.execute_query(
                SQL("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            )[0][0]
            if is_super:
                self.env.cr.execute("SET LOCAL session_replication_role = replica")

    def _copy_rows(self, table, columns, targets, times):
        first, last = self.spans[table]
        values = [
            self._value(table, column, kind, targets)
            for column, kind in columns.items()
        ]
        self._insert(
            table, columns, values, SQL("id > %s AND id <= %s", first, last), times
        )
        self.env.cr.execute(
            SQL(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                table,
                last + times * (last - first),
            )
        )

    def _copy_pairs(self, table, columns, targets, times):
        """Copy the rows of a table of pairs of which one side at least was copied."""
        values = [self._shifted(column, targets.get(column)) for column in columns]
        new = SQL(" OR ").join(
            SQL("%s > %s", SQL.identifier(column), self.spans[target][0])
            for column, target in targets.items()
        )
        self._insert(table, columns, values, new, times)

    def _insert(self, table, columns, values, where, times):
        names = SQL(", ").join(map(SQL.identifier, columns))
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s, generate_series(1, %s) n "
                "WHERE %s",
                SQL.identifier(table),
                names,
                SQL(", ").join(values),
                SQL.identifier(table),
                times,
                where,
            )
        )

    def _value(self, table, column, kind, targets):
        first, last = self.spans[table]
        if column == "id":
            return SQL("id + n * %s", last - first)
        if (table, column) in UNIQUE:
            number = f"sequence_number + n * {last - first}"
            text = UNIQUE[table, column].format(column=column, number=number)
            return SQL(text)  # pylint: disable=sql-injection
        if kind.startswith("timestamp"):
            return SQL("%s - n * interval '2 hours'", SQL.identifier(column))
        return self._shifted(column, targets.get(column))

    def _shifted(self, column, target):
        """Return a reference to the copy of a row which was copied as well."""
        name = SQL.identifier(column)
        if target is None:
            return name
        first, last = self.spans[target]
        return SQL(
            "CASE WHEN %s > %s THEN %s + n * %s ELSE %s END",
            name,
            first,
            name,
            last - first,
            name,
        )
