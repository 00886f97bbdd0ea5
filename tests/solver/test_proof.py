"""The count that is told first of a conflict."""

import pytest

from matchday_solver.explain.proof import proof
from matchday_solver.lint import Finding


def never() -> bool:
    """Time does not end."""
    return False


CORE, EVERYTHING = frozenset("ab"), frozenset("abcd")
FIRST, SECOND = Finding("first", ("a", "b", "c")), Finding("second", ("a", "b"))
PART = Finding("of a part", ("a", "b"), is_partial=True)
OTHER = Finding("of another conflict", ("a", "c"))
ALONE = Finding("A needs 3 games, but can have 2", ("a", "b"))


@pytest.mark.parametrize(
    ("whole", "without", "told"),
    [
        ([FIRST, SECOND], [], "first"),
        ([PART, SECOND], [], "second"),
        ([FIRST, SECOND], [FIRST], "second"),
        ([OTHER], [], "With nothing else in the way, A needs 3 games, but can have 2"),
    ],
)
def test_the_first_count_is_told_that_rests_on_the_conflict(
    whole: list[Finding], without: list[Finding], told: str
) -> None:
    """`without` are counts that hold without `b`, too."""
    counts = {EVERYTHING: whole, EVERYTHING - {"b"}: without, CORE: [ALONE]}
    assert proof(lambda kept: counts.get(kept, []), EVERYTHING, CORE, CORE, never) == told


def test_without_a_count_there_is_none() -> None:
    assert proof(lambda _: [], EVERYTHING, CORE, CORE, never) == ""


def test_when_it_is_time_to_end_no_further_count_is_made() -> None:
    asked: list[frozenset[str]] = []

    def counted(kept: frozenset[str]) -> list[Finding]:
        asked.append(kept)
        return [FIRST]

    assert proof(counted, EVERYTHING, CORE, CORE, lambda: True) == "first"
    assert asked == [EVERYTHING]
