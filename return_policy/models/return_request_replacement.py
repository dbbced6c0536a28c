"""What goes out to the buyer for a request: exchanges and what is sent again."""

from odoo import fields, models


class ReturnRequest(models.Model):
    """Replacements."""

    _inherit = "return.request"

    replacement_state = fields.Selection(
        [
            ("none", "None"),
            ("to_collect", "Buyer pays the difference"),
            ("waiting", "Waits for the goods"),
            ("to_ship", "To ship"),
            ("shipped", "Shipped"),
        ],
        default="none",
        readonly=True,
        copy=False,
        string="Replacement",
    )

    def _start_replacements(self):
        """Reserve what goes out to the buyer, for all requests at once."""

    def _release_replacements(self):
        """Let replacements go whose moment has come."""
