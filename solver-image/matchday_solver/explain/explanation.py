"""What `explain` has found out about a league."""

from dataclasses import dataclass
from datetime import date


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
