"""A deletion filter: an irreducible part of what is enough for something."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def irreducible(items: Sequence[T], is_enough: Callable[[list[T]], bool]) -> list[T]:
    """A part of items that are enough, none of which can be left out, in their order.

    Leaves out whole runs first, then smaller ones, and in the end tries each item. More items must
    never be less than enough.
    """
    kept = list(items)
    size = max(1, len(kept) // 2)
    while True:
        for first in range(0, len(items), size):
            run = set(items[first : first + size])
            less = [item for item in kept if item not in run]
            if len(less) < len(kept) and is_enough(less):
                kept = less
        if size == 1:
            return kept
        items = kept
        size = max(1, min(size // 2, len(items)))


def least(most: int, is_enough: Callable[[int], bool]) -> int | None:
    """The least number from 1 to `most` that is enough, by doubling, then halving; None where none
    is. More must never be less than enough."""
    high = 1
    while high <= most and not is_enough(high):
        high = most if high < most < 2 * high else 2 * high
    if high > most:
        return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high
