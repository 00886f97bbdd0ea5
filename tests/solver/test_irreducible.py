"""The deletion filter and the search for the least number."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday_solver.explain.fewest import irreducible, least

SETS = st.lists(st.sets(st.integers(0, 9), min_size=1), min_size=1, max_size=4)


@given(SETS)
def test_nothing_of_what_is_left_can_be_left_out(sets: list[set[int]]) -> None:
    """Enough is what holds one of some sets."""

    def is_enough(items: list[int]) -> bool:
        return any(some <= set(items) for some in sets)

    kept = irreducible(range(10), is_enough)
    assert is_enough(kept)
    assert not any(is_enough([item for item in kept if item != gone]) for gone in kept)


@given(st.integers(1, 40), st.integers(1, 40))
def test_the_least_number_is_found(most: int, first: int) -> None:
    assert least(most, lambda number: number >= first) == (first if first <= most else None)


@pytest.mark.parametrize("first", [1, 7, 30])
def test_few_numbers_are_tried(first: int) -> None:
    tried: list[int] = []
    least(32, _noting(tried, first))
    assert len(tried) <= 10


def _noting(tried: list[int], first: int) -> Callable[[int], bool]:
    def is_enough(number: int) -> bool:
        tried.append(number)
        return number >= first

    return is_enough
