"""Random walks: whatever people do in whatever order, money and goods add up.

Set RETURN_WALK_SEEDS=100-400 to take other walks, or to one number to take one again.
"""

import os
from contextlib import suppress

from odoo.tests import tagged

from .walk_checks import OPEN, Checks
from .walk_common import WalkCase
from .walk_next import NothingToDoError
from .walk_steps import HANDS, STEPS

SEEDS = (2, 3, 5, 6, 8, 18, 21, 40, 55)


class UndoneError(Exception):
    """The walk is over, and nothing of it stays."""


class Walk(Checks):
    """A walk from an order to its end, all of it drawn from one number."""

    def run(self):
        """Build, take steps, finish; whatever must hold is looked at after each."""
        self.build()
        self.check(self.money())
        self.step("ask")
        for _step in range(self.pick(8, 12, 16)):
            self.step()
        self.finish()

    def step(self, name=None):
        """Take one step, or the first one drawn which has something to do."""
        steps = {**STEPS, **(HANDS if self.uses_hands else {})}
        for _try in range(10):
            drawn = name or self.random.choices([*steps], [*steps.values()])[0]
            try:
                return self.take(drawn, getattr(self, drawn))
            except NothingToDoError:
                continue
        return None

    def take(self, name, step):
        """Take a step and look whether all holds, or that it was refused in words."""
        before = self.money()
        refused = self.attempt(step)
        self.tell(name, f"refused: {refused}" if refused else "")
        self.taken[name] += not refused
        if name in HANDS:
            before = self.money()  # accountants answer for what they do by hand
        self.check(before)

    def finish(self):
        """Ship and bill the rest, and take every next step until nothing waits."""
        self.uses_hands = False
        self.take("ship all", self.ship_order)
        for _round in range(30):
            waiting = self.requests("draft", *OPEN)
            if not waiting:
                break
            for request in waiting:
                with suppress(NothingToDoError):  # another one may have closed it
                    self.take(request.next_action, lambda r=request: self.go_on(r))
        orders = self._mine("sale.order", ("state", "=", "sale"))
        self.take("ship exchanges", lambda: self.ship_order(1, orders))
        for order in orders:
            if any(order.order_line.mapped("qty_to_invoice")):
                self.take("bill all", lambda o=order: self.bill(o))
        self.check_end()


@tagged("post_install", "-at_install")
class TestMoneyWalk(WalkCase):
    def _walk(self, seed):
        """Walk and undo it; a failure names the seed and what was done."""
        walk = Walk(self, seed)
        try:
            with suppress(UndoneError), self.cr.savepoint():
                walk.run()
                raise UndoneError
        except Exception as error:
            steps = "\n".join(walk.told)
            message = f"RETURN_WALK_SEEDS={seed}\n{steps}\n{error!r}"
            raise AssertionError(message) from error
        finally:
            self.env.invalidate_all()
        return walk.taken

    def test_money_and_goods_add_up_whatever_is_done_in_whatever_order(self):
        first, _dash, last = os.environ.get("RETURN_WALK_SEEDS", "").partition("-")
        for seed in range(int(first), int(last or first) + 1) if first else SEEDS:
            with self.subTest(seed=seed):
                self._walk(seed)
