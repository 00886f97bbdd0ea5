"""A proof that a league has no complete schedule, found by counting."""

from dataclasses import dataclass

MAX_NAMED = 3
"""Names that a finding lists before it only counts the others."""


@dataclass(frozen=True)
class Finding:
    """One proof of infeasibility."""

    text: str
    """What is needed and what there is, in the league's own words."""
    paths: tuple[str, ...]
    """The facts and rules that the count rests on, such as `teams[7].closedDates`."""
    is_partial: bool = False
    """Whether it counts a part of the season only: what it says is seldom the plainest proof."""


def listed(names: list[str]) -> str:
    """Names for a sentence: `A`, `A and B`, `A, B, C and 4 more`."""
    if len(names) > MAX_NAMED:
        return f"{', '.join(names[:MAX_NAMED])} and {len(names) - MAX_NAMED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
