"""Rules as replacements use them: the return line stays on the moves."""

from odoo import models

PULL = ("pull", "pull_push")


class StockRule(models.Model):
    """Moves of replacements by core's rules, without running them one by one."""

    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        """Keep the return line on the move of a procurement."""
        return [*super()._get_custom_move_fields(), "replacement_line_id"]

    def _is_replacement_pull(self):
        """Tell whether goods come from a place of ours, not bought or made to order."""
        return self.action in PULL and bool(self.location_src_id)

    def _prepare_replacement_move(self, procurement):
        """Return the values of the move which core makes for a procurement."""
        values = self._get_stock_move_values(*procurement)
        if self.procure_method == "mts_else_mto":
            values["procure_method"] = "make_to_stock"
        return values

    def _prepare_replacement_picking(self, procurement):
        """Return the values of the transfer which core makes for a procurement."""
        # sudo: return.request.line - stock users have no right on requests
        lines = self.env["return.request.line"].sudo()
        order = lines.browse(procurement.values["replacement_line_id"]).sale_order_id
        values = {
            "picking_type_id": self.picking_type_id.id,
            "partner_id": procurement.values["partner_id"],
            "origin": procurement.origin,
            "location_id": self.location_src_id.id,
            "company_id": procurement.company_id.id,
            "carrier_id": self.propagate_carrier and order.carrier_id.id,
            "user_id": False,
            # a label worked out on reading, for which core would look its unit up
            "weight_uom_name": False,
        }
        if self.location_dest_from_rule:
            values["location_dest_id"] = self.location_dest_id.id
        return values
