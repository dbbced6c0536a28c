"""Credit notes give each tax back as it was charged, whatever its kind."""

from odoo.tests import tagged

from .common import ReturnCase


@tagged("post_install", "-at_install")
class TestMoneyTaxes(ReturnCase):
    def _kind_of_tax(self, name, amount, sequence, **vals):
        tax = self._tax(amount, "tax_excluded")
        tax.write({"name": name, "sequence": sequence, **vals})
        return tax

    def _by_tax(self, move):
        """Return {tax: amount} of a document, as the buyer sees it."""
        rows = move.line_ids.filtered("tax_line_id")
        sign = move.direction_sign
        return {row.tax_line_id.name: sign * row.balance for row in rows}

    def _charged_and_credited(self, taxes, price=100, quantities=(2, 1)):
        """Return the taxes of an invoice and of the credit note for a part of it."""
        sold, returned = quantities
        order = self._order((self._product("Taxed", price, taxes), sold), pay=False)
        request = self._inspected(order, returned)
        note = request.sudo().credit_note_ids
        self.assertEqual(note.state, "posted")
        part = order.invoice_ids.filtered(lambda m: m.move_type == "out_invoice")
        self.assertEqual(note.amount_total * sold, part.amount_total * returned)
        return self._by_tax(part), self._by_tax(note)

    def test_a_sum_a_piece_beside_a_percentage(self):
        eco = self._kind_of_tax("Eco", 5, 1, amount_type="fixed")
        vat = self._kind_of_tax("VAT", 20, 2)
        charged, credited = self._charged_and_credited(eco | vat, price=50)
        self.assertEqual(charged, {"Eco": 10, "VAT": 20})
        self.assertEqual(credited, {"Eco": 5, "VAT": 10})

    def test_a_sum_a_piece_that_is_taxed_itself(self):
        eco = self._kind_of_tax("Eco", 5, 1, amount_type="fixed")
        eco.include_base_amount = True
        vat = self._kind_of_tax("VAT", 20, 2)
        charged, credited = self._charged_and_credited(eco | vat, price=50)
        self.assertEqual(charged, {"Eco": 10, "VAT": 22})
        self.assertEqual(credited, {"Eco": 5, "VAT": 11})

    def test_a_tax_which_is_withheld(self):
        vat, kept = self._kind_of_tax("VAT", 21, 1), self._kind_of_tax("Kept", -15, 2)
        charged, credited = self._charged_and_credited(vat | kept)
        self.assertEqual(charged, {"VAT": 42, "Kept": -30})
        self.assertEqual(credited, {"VAT": 21, "Kept": -15})

    def test_taxes_that_cancel_each_other(self):
        vat, kept = self._kind_of_tax("VAT", 21, 1), self._kind_of_tax("Kept", -21, 2)
        charged, credited = self._charged_and_credited(vat | kept)
        self.assertEqual(charged, {"VAT": 42, "Kept": -42})
        self.assertEqual(credited, {"VAT": 21, "Kept": -21})

    def test_pieces_add_up_to_the_cent(self):
        one, two = self._kind_of_tax("One", 7, 1), self._kind_of_tax("Two", 3, 2)
        order = self._order((self._product("Taxed", 3.33, one | two), 3), pay=False)
        notes = self.env["account.move"]
        for _piece in range(3):
            notes |= self._inspected(order, 1).sudo().credit_note_ids
        invoice = order.invoice_ids - notes
        self.assertEqual(sum(notes.mapped("amount_total")), invoice.amount_total)
        self.assertEqual(sum(notes.mapped("amount_tax")), invoice.amount_tax)
