"""Every cost is a whole multiple of the greatest common divisor of all weights."""

import math
from dataclasses import astuple, replace

from matchday_solver.instance import Instance


class Rounding:
    """Bounds rounded up to what a cost can be."""

    def __init__(self, instance: Instance) -> None:
        terms = astuple(replace(instance.weights, rematch_days=0))
        windows = instance.limits.windows
        soft = [*windows.max_soft[:, 2].tolist(), *windows.min_soft[:, 2].tolist()]
        self._step = max(1, math.gcd(*terms, *soft))

    def up(self, bound: int) -> int:
        """The least cost that is no less than a bound."""
        return -(-bound // self._step) * self._step
