"""What `explain` has found out about a league."""

from dataclasses import dataclass
from datetime import date

MAX_REASON = 1500
"""Longest reason, in characters."""


@dataclass(frozen=True)
class Conflict:
    """One member of a conflict: what has to be dropped for the rest to hold together."""

    paths: tuple[str, ...]
    """Mostly one; more where facts of one kind make the same conflict and all have to go."""
    text: str
    """What the league says there."""

    @property
    def path(self) -> str:
        """The paths, separated by commas."""
        return ", ".join(self.paths)


@dataclass(frozen=True)
class Explanation:
    """Facts and rules that cannot hold together, and ways out."""

    conflicts: tuple[Conflict, ...] = ()
    """Together impossible; empty where the league is feasible or nothing is proven."""
    others: tuple[tuple[Conflict, ...], ...] = ()
    """Further conflicts; none shares a member with another."""
    proven_minimal: bool = False
    """Whether it is proven that dropping any one member of a conflict leaves of it what can hold
    together."""
    is_only: bool = False
    """Whether it is proven that without any one member of `conflicts` the league has a schedule."""
    has_more: bool = False
    """Whether it is proven that there is another conflict besides those that are told."""
    remedies: tuple[str, ...] = ()
    """Single changes of the league, each known to suffice once the other conflicts are resolved."""
    other_remedies: tuple[tuple[str, ...], ...] = ()
    """The same for each of `others`."""
    feasible: bool | None = None
    """Whether the league has a schedule; None where the time did not suffice to tell."""
    proof: str = ""
    """The count that proves it, where counting does."""
    frozen_before: date | None = None
    """Games before this date stay, whatever they break, and none is added; None without one."""

    @property
    def claim(self) -> str:
        """What is said of the conflict."""
        if self.frozen_before is None:
            return "These cannot hold together"
        return f"With all before {self.frozen_before} as it is these cannot hold together"


def _told(conflict: tuple[Conflict, ...]) -> str:
    return "; ".join(f"{c.path}: {c.text}" for c in conflict)


def reason(explanation: Explanation) -> str:
    """Why a league is infeasible and what can be done, in a few lines.

    Where that is too long the conflict is cut, and ways out only where they alone are too long.
    """
    if explanation.feasible is not False:
        return ""
    parts = []
    if explanation.conflicts:
        parts.append(f"{explanation.claim}: {_told(explanation.conflicts)}")
    if explanation.conflicts and not explanation.proven_minimal:
        parts.append("Fewer of them may do")
    parts += [f"Nor can these, apart from that: {_told(other)}" for other in explanation.others]
    proof = f"{explanation.proof}. " if explanation.proof else ""
    end = _cut(_ways_out(explanation), MAX_REASON // 2)
    return proof + _cut(f"{'. '.join(parts)}.", MAX_REASON - len(proof) - len(end)) + end


def _ways_out(explanation: Explanation) -> str:
    """Ways out of each conflict, and whether there are more of them."""
    told = ["; ".join(ways) for ways in (explanation.remedies, *explanation.other_remedies)]
    text = "".join(
        f" {'Ways out of the next' if n else 'Ways out'}: {ways}."
        for n, ways in enumerate(told) if ways
    )  # fmt: skip
    more = " There is another conflict besides."
    return text + more if explanation.has_more and not explanation.remedies else text


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
