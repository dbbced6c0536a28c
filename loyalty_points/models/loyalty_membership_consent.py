"""Which mails a member wants: offers only with consent, notices unless refused."""

from odoo import fields, models


class LoyaltyMembership(models.Model):
    _inherit = "loyalty.membership"

    consent = fields.Boolean(
        string="Greetings and Offers",
        tracking=True,
        help="The member agreed to mails which advertise, such as the birthday "
        "greeting; without it none is sent. Nobody agrees by becoming a member, and "
        "who agreed may take it back at any time, here or on the page of points. "
        "Source: Consumer Law (PRC), art. 29; Personal Information Protection Law "
        "(PRC), art. 14-16, 24.",
    )
    consent_on = fields.Datetime(
        string="Agreed or Taken Back On",
        readonly=True,
        help="When the member last gave the consent or took it back. Empty: nobody "
        "asked yet.",
    )
    notices = fields.Boolean(
        string="Notices about Points",
        default=True,
        tracking=True,
        help="Mails about what the member has: before points expire or the tier ends. "
        "They are part of the membership and go out unless the member refuses them.",
    )

    def write(self, vals):
        """Note when the consent is given or taken back."""
        changed = self.browse()
        if "consent" in vals and "consent_on" not in vals:
            given = bool(vals["consent"])
            changed = self.filtered(lambda member: member.consent != given)
        result = super().write(vals)
        # sudo: loyalty.membership - the moment alone, of those whose word is written
        changed.sudo().consent_on = fields.Datetime.now()
        return result

    def _take_over_messages(self, others):
        """Keep what the same person said last, and every refusal."""
        everyone = self | others
        said = everyone.filtered("consent_on").sorted("consent_on")[-1:]
        # sudo: loyalty.membership - nobody types the moment in
        self.sudo().write(
            {
                "consent": said.consent,
                "consent_on": said.consent_on,
                "notices": all(everyone.mapped("notices")),
            }
        )
