"""How far from the best prices so far the next ones of a column generation may be.

Prices of teams stay in a box around the best so far, and all are smoothed towards these (Wentges,
Int. Trans. Oper. Res. 4, 1997).
"""

SMOOTHING = 0.5
"""Share of the best prices so far in the next ones."""
SHRINK, GROW = 0.9, 1.5
"""How the box around the best prices changes when they do not get better, and when it binds."""
FIRST, NARROWEST, WIDEST = 0.1, 0.02, 1e5
"""Width of the box, in parts of the price scale."""
STALE = 12
"""Rounds in which neither the prices nor the LP's value change, after which the prices are the LP's
own and the box is wider: columns found at smoothed prices may be none that help the LP."""


class Stabiliser:
    """Width of the box and share of the best prices, as rounds of a column generation go."""

    def __init__(self, scale: float) -> None:
        self.width, self.smoothing = FIRST * scale, SMOOTHING
        self._narrowest, self._widest = NARROWEST * scale, WIDEST * scale
        self._stale = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether the box is so wide that it is none."""
        return self.width >= self._widest

    def adapt(self, new: int, *, is_better: bool, has_changed: bool, is_boxed: bool) -> bool:
        """Draw on a round with so many `new` columns; whether the next one follows at once.

        It `is_better` with better prices, `has_changed` with those or another value of the LP, and
        `is_boxed` where the box has bound the LP.
        """
        if not is_better:
            self.width = max(self._narrowest, self.width * SHRINK)
        self._stale = 0 if has_changed else self._stale + 1
        if self._stale >= STALE:
            self.smoothing, self._stale = 0.0, 0
            self.width *= GROW / SHRINK**STALE
            return True
        if new == 0 and self.smoothing > 0.0:
            self.smoothing = 0.0
            return True
        self.smoothing = SMOOTHING
        if new == 0 and is_boxed:
            self.width *= GROW / SHRINK
        return False
