import hashlib

from odoo import api, fields, models


class LiveBuyer(models.Model):
    """Which contact a shop's buyer is: the memory of the import.

    A merge of contacts keeps these links, because they point to the contact.
    """

    _name = "live.buyer"
    _description = "Buyer on a Platform"
    _order = "id desc"
    _rec_name = "partner_id"

    shop_id = fields.Many2one("live.shop", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="shop_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, ondelete="cascade", index=True
    )
    key = fields.Char(
        required=True,
        help="The platform's buyer ID, or a digest of the masked name, phone and "
        "district which the file shows.",
    )
    match = fields.Selection(
        [("exact", "Exact"), ("probable", "Probable")],
        required=True,
        help="Exact: the file names the buyer by an ID. Probable: masked name, phone "
        "and district are the same.",
    )

    _key_uniq = models.UniqueIndex(
        "(shop_id, key)", "This buyer of the shop is already known."
    )

    @api.model
    def _find_or_create(self, shop, heads):
        """Return {order reference: buyer} for the heads of imported orders."""
        keys = {head.ref: self._key(head) for head in heads}
        known = {
            buyer.key: buyer
            for buyer in self.search(
                [("shop_id", "=", shop.id), ("key", "in", list(keys.values()))]
            )
        }
        new = {keys[h.ref]: h for h in reversed(heads) if keys[h.ref] not in known}
        places, china = self._places(new.values()), self.env.ref("base.cn")
        partners = self.env["res.partner"].create(
            [self._partner_vals(head, shop, places, china) for head in new.values()]
        )
        buyers = self.create(
            [
                {
                    "shop_id": shop.id,
                    "partner_id": partner.id,
                    "key": key,
                    "match": "exact" if key.startswith("id:") else "probable",
                }
                for key, partner in zip(new, partners, strict=True)
            ]
        )
        known.update({buyer.key: buyer for buyer in buyers})
        return {ref: known[key] for ref, key in keys.items()}

    @api.model
    def _key(self, head):
        if head.buyer_ref:
            return f"id:{head.buyer_ref}"
        if not (head.buyer_name or head.buyer_phone):
            return f"order:{head.ref}"
        shown = (head.buyer_name, head.buyer_phone, head.province, head.city)
        text = "|".join((*shown, head.district))
        return f"seen:{hashlib.sha256(text.encode()).hexdigest()[:40]}"

    @api.model
    def _places(self, heads):
        """Return {province: state record} of China."""
        names = {head.province for head in heads} - {""}
        states = self.env["res.country.state"].search(
            [("country_id.code", "=", "CN"), ("name", "in", list(names))]
        )
        return {state.name: state for state in states}

    @api.model
    def _partner_vals(self, head, shop, places, china):
        """Return a contact as masked as the file is."""
        state = places.get(head.province)
        city = (
            head.city if state else " ".join(filter(None, (head.province, head.city)))
        )
        return {
            "name": head.buyer_name
            or self.env._("Buyer of order %(order)s", order=head.ref),
            "phone": head.buyer_phone or False,
            "street": head.street or False,
            "street2": head.district or False,
            "city": city or False,
            "state_id": state.id if state else False,
            "country_id": china.id if head.province else False,
            "company_id": shop.company_id.id,
            "user_id": False,
            # nobody asked the buyers
            "lang": shop.company_id.partner_id.lang,
        }
