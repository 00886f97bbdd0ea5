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
    remedies: tuple[str, ...] = ()
    """Single changes of the league, each known to suffice."""
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
    """Why a league is infeasible and what can be done, in a few lines."""
    if explanation.feasible is not False:
        return ""
    parts = [explanation.proof] if explanation.proof else []
    if explanation.conflicts:
        parts.append(f"{explanation.claim}: {_told(explanation.conflicts)}")
    parts += [f"Nor can these, apart from that: {_told(other)}" for other in explanation.others]
    if explanation.remedies:
        parts.append(f"Ways out: {'; '.join(explanation.remedies)}")
    text = ". ".join(parts) + "."
    return text if len(text) <= MAX_REASON else text[: MAX_REASON - 1] + "…"
