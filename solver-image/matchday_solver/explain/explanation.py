"""What `explain` has found out about a league."""

from dataclasses import dataclass

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
    proven_minimal: bool = False
    """Whether it is proven that dropping any one member leaves what can hold together."""
    remedies: tuple[str, ...] = ()
    """Single changes of the league, each known to suffice."""
    feasible: bool | None = None
    """Whether the league has a schedule; None where the time did not suffice to tell."""
    proof: str = ""
    """The count that proves it, where counting does."""


def reason(explanation: Explanation) -> str:
    """Why a league is infeasible and what can be done, in a few lines."""
    if explanation.feasible is not False:
        return ""
    parts = [explanation.proof] if explanation.proof else []
    if explanation.conflicts:
        told = "; ".join(f"{c.path}: {c.text}" for c in explanation.conflicts)
        parts.append(f"These cannot hold together: {told}")
    if explanation.remedies:
        parts.append(f"Ways out: {'; '.join(explanation.remedies)}")
    text = ". ".join(parts) + "."
    return text if len(text) <= MAX_REASON else text[: MAX_REASON - 1] + "…"
