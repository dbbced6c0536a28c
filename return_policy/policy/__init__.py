"""The rules of returns in plain Python: no Odoo, standard library only."""
