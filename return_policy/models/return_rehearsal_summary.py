"""What a rehearsal found, at a glance: tables of counts and money."""

from odoo import api, fields, models

from .return_rehearsal_cell import CHANGES, SOURCES, VERDICTS


class ReturnRehearsalSummary(models.Model):
    """The totals as a person reads them."""

    _inherit = "return.rehearsal"

    change_count = fields.Integer(
        string="Changes",
        compute="_compute_change_count",
        help="How many order lines and requests the draft treats differently.",
    )
    summary = fields.Html(
        compute="_compute_summary",
        help="Cases and amounts by verdict before (rows) and with the draft (columns).",
    )

    @api.depends("cell_ids.change", "cell_ids.case_count")
    def _compute_change_count(self):
        for rehearsal in self:
            changed = rehearsal.cell_ids.filtered("change")
            rehearsal.change_count = sum(changed.mapped("case_count"))

    @api.depends("cell_ids.case_count", "cell_ids.amount")
    @api.depends_context("lang")
    def _compute_summary(self):
        qweb = self.env["ir.qweb"]
        for rehearsal in self:
            rehearsal.summary = qweb._render(
                "return_policy.return_rehearsal_summary",
                {
                    "matrices": rehearsal._matrices(),
                    "changes": rehearsal._changes_by_kind(),
                },
            )

    def _matrices(self):
        """Return a table of verdicts, and one of approvals, for each source."""
        labels = self._cell_labels("source", SOURCES)
        verdicts = self._cell_labels("before", VERDICTS)
        auto, person = self.env._("At once"), self.env._("By a person")
        approvals = {"auto": auto, "review": person, False: self.env._("Not allowed")}
        tables = []
        for source, label in labels.items():
            cells = self.cell_ids.filtered(lambda cell, s=source: cell.source == s)
            if not cells:
                continue
            tables.append(self._matrix(label, verdicts, cells, "before", "after"))
            if any(cells.mapped("approval_before")) or any(
                cells.mapped("approval_after")
            ):
                title = self.env._("%(cases)s: who approves", cases=label)
                sides = ("approval_before", "approval_after")
                tables.append(self._matrix(title, approvals, cells, *sides))
        return tables

    def _matrix(self, title, labels, cells, before, after):
        """Return a table with a row for each label before and a column for each after.

        The last row and the last column are totals.
        """
        total = self.env._("Total")
        rows = []
        for row in [*labels, None]:
            of_row = cells.filtered(lambda c, r=row: r is None or c[before] == r)
            line = [
                self._cell_in_words(
                    of_row.filtered(lambda c, x=column: x is None or c[after] == x),
                    None not in (row, column) and row != column,
                )
                for column in [*labels, None]
            ]
            rows.append({"label": labels.get(row, total), "cells": line})
        return {"title": title, "columns": [*labels.values(), total], "rows": rows}

    def _cell_in_words(self, cells, is_change):
        """Return count and amount of some cells; a change stands out."""
        count = sum(cells.mapped("case_count"))
        return {
            "count": f"{count:,}" if count else "–",
            "amount": (
                self.currency_id.format(sum(cells.mapped("amount"))) if count else ""
            ),
            "class": "fw-bold table-warning" if is_change and count else "",
        }

    def _changes_by_kind(self):
        """Return count and amount of each kind of change there is."""
        found = []
        for kind, label in self._cell_labels("change", CHANGES).items():
            cells = self.cell_ids.filtered(lambda cell, k=kind: cell.change == k)
            if cells:
                found.append({"label": label, **self._cell_in_words(cells, False)})
        return found

    def _cell_labels(self, name, selection):
        """Return {value: label in the reader's language}, in the order declared."""
        field = self.env["return.rehearsal.cell"]._fields[name]
        labels = dict(field._description_selection(self.env))
        return {value: labels[value] for value, _label in selection}
