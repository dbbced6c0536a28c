"""Which law a policy names, and how its articles are cited."""

from odoo import api, models


class ReturnPolicyLaw(models.Model):
    """Cite the law behind a legal floor in the reader's language."""

    _inherit = "return.policy"

    @api.model
    def _cite(self, preset, duty, article):
        """Return the law and article of a duty: "7-day return rules, art. 10".

        :param str preset: the code of a floor in policy/law.py
        :param str duty: a key of ``Floor.articles``, e.g. ``window``
        """
        cited = self._laws(article).get(preset, {})
        return cited.get(duty) or cited.get("") or self.env._("shop policy")

    def _laws(self, article):
        """Return {preset: {duty: law and article}}; "" is the law of most duties."""
        names = {"article": article}
        consumer_law = self.env._("Consumer Law, art. %(article)s", **names)
        return {
            "CN-7": {
                "": self.env._("7-day return rules, art. %(article)s", **names),
                "quality": consumer_law,
                "freight": consumer_law,
                "rolls": self.env._("Civil Code, art. %(article)s", **names),
            },
            "EU-14": {
                "": self.env._("Directive 2011/83/EU, art. %(article)s", **names),
                "quality": self.env._(
                    "Directive (EU) 2019/771, art. %(article)s", **names
                ),
                "rolls": self.env._("Regulation 1182/71, art. %(article)s", **names),
            },
            "UK-14": {
                "": self.env._(
                    "Consumer Contracts Regulations 2013, reg. %(article)s", **names
                ),
                "quality": self.env._(
                    "Consumer Rights Act 2015, s. %(article)s", **names
                ),
            },
        }
