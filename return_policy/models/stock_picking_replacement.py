"""Deliveries of replacements: one for each request, all requests at once.

Core's procurement looks for a transfer and writes a message for every single one;
this file asks core's rules for the moves and makes the transfers together.
"""

from odoo import api, fields, models


class StockPicking(models.Model):
    """A delivery that brings the buyer what a return request owes."""

    _inherit = "stock.picking"

    replacement_request_id = fields.Many2one(
        "return.request",
        string="Replacement for",
        compute="_compute_replacement_request_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="stock.group_stock_user,return_policy.group_return_agent",
        help="The return request for which these goods go to the buyer.",
    )

    @api.depends("move_ids.replacement_line_id")
    def _compute_replacement_request_id(self):
        """Know the request by the moves, so that backorders know it as well."""
        for picking in self:
            lines = picking.move_ids.replacement_line_id
            picking.replacement_request_id = lines[:1].request_id

    def _add_delivery_cost_to_so(self):
        """Charge the buyer nothing for the delivery of a replacement."""
        # sudo: return.request - stock users have no right on requests
        if self.sudo().replacement_request_id:
            return None
        return super()._add_delivery_cost_to_so()

    @api.model
    def _create_replacements(self, procurements):
        """Make and reserve the deliveries which procurements of return lines ask for.

        :param list procurements: of core, with ``replacement_line_id`` in their values
        """
        rules, groups, others = {}, {}, []
        for procurement in procurements:
            rule = self._replacement_rule(procurement, rules)
            if rule._is_replacement_pull():
                group = groups.setdefault(self._replacement_key(procurement, rule), [])
                group.append((procurement, rule))
            else:
                others.append(procurement)
        # the request says in its chatter which transfers were made
        quiet = self.with_context(mail_create_nolog=True)
        pickings = quiet.create(
            [
                rule._prepare_replacement_picking(procurement)
                for (procurement, rule), *_more in groups.values()
            ]
        ).with_env(self.env)
        moves = self.env["stock.move"].create(
            [
                rule._prepare_replacement_move(procurement) | {"picking_id": picking.id}
                for picking, rows in zip(pickings, groups.values(), strict=True)
                for procurement, rule in rows
            ]
        )
        moves._reserve_at_once()
        if others:  # bought or made to order: core knows how
            self.env["stock.rule"].run(others)

    def _replacement_rule(self, procurement, known):
        """Return the rule of a procurement, looked up once for each kind of it."""
        values = procurement.values
        kinds = ("warehouse_id", "route_ids", "packaging_uom_id", "company_id")
        key = (procurement.product_id, procurement.location_id)
        key += tuple(values[kind] for kind in kinds)
        if key not in known:
            known[key] = self.env["stock.rule"]._get_rule(*key[:2], values)
        return known[key]

    def _replacement_key(self, procurement, rule):
        """Return what deliveries are told apart by.

        What waits for returned goods does not hold up what waits for nothing.
        """
        lines = self.env["return.request.line"]
        line = lines.browse(procurement.values["replacement_line_id"])
        target = rule.location_dest_from_rule and rule.location_dest_id
        places = (rule.picking_type_id, rule.location_src_id, target)
        return line.request_id, line._comes_back(), *places
