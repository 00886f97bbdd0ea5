"""What the checker finds."""

from dataclasses import dataclass

from matchday_api.schedule import Violation


@dataclass(frozen=True)
class CheckReport:
    """Violations and cost of one schedule."""

    violations: tuple[Violation, ...]
    """Every broken hard rule; empty for a valid schedule."""
    terms: dict[str, int]
    """Units of each soft term under its name; `maxGames` and `minGames` are weighted already."""
    total: int
    """Weighted sum of the terms."""
    missing: int
    """Games that are not placed, half games of odd divisions apart."""
    changes: int | None
    """Games of the earlier schedule that are not in this one; None without an earlier one."""

    @property
    def valid(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.violations
