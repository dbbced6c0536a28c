"""The eWallet into which store credit for returns goes."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResCompany(models.Model):
    """Store credit."""

    _inherit = "res.company"

    return_ewallet_program_id = fields.Many2one(
        "loyalty.program",
        string="eWallet for Store Credit",
        domain="[('program_type', '=', 'ewallet'), '|', ('company_id', '=', False), "
        "('company_id', '=', id)]",
        help="Store credit for returns goes to the buyer's eWallet of this program. "
        "Empty: the first eWallet program of the company.",
        groups="base.group_user",
    )

    def _return_ewallet(self):
        """Return the eWallet program of this company.

        :raises UserError: where there is none
        """
        self.ensure_one()
        chosen = self.return_ewallet_program_id.filtered("active")
        programs = self.env["loyalty.program"]
        program = chosen or programs.search(
            Domain(programs._check_company_domain(self))
            & Domain("program_type", "=", "ewallet")
            & Domain("reward_ids", "!=", False),
            order="company_id, sequence, id",
            limit=1,
        )
        if not program.reward_ids.discount_line_product_id:
            raise UserError(
                self.env._(
                    "%(company)s has no eWallet program for store credit. Create one "
                    "under Sales, Products, Gift cards & eWallet, or choose another "
                    "remedy.",
                    company=self.display_name,
                )
            )
        return program

    def _return_bonus_account(self, wallet):
        """Return the account which carries the bonus on store credit.

        :param wallet: the product by which the eWallet is spent
        """
        self.ensure_one()
        accounts = wallet.product_tmpl_id.with_company(self).get_product_accounts()
        return self.account_discount_expense_allocation_id or accounts["expense"]
