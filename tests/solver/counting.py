"""What the counts before a search find."""

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import lint
from matchday_solver.build import build


def found(of: League, earlier: EarlierSchedule | None = None) -> list[str]:
    """The texts of the findings, every game being required."""
    instance = build(Problem(league=of, earlier=earlier))
    return [finding.text for finding in lint.findings(of, instance)]


def paths(of: League) -> set[str]:
    """All paths that the findings name."""
    findings = lint.findings(of, build(Problem(league=of)))
    return {path for finding in findings for path in finding.paths}
