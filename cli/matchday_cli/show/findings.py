"""What the checker found, as text and as JSON."""

import json
from collections.abc import Iterator, Sequence

from matchday_api.checker import CheckReport
from matchday_api.checker.violations import MOST_VIOLATIONS
from matchday_api.league import Preferences
from matchday_api.schedule import ScheduleFile, Violation
from matchday_cli.show.summary import broken_lines, term_lines, unplaced_lines
from matchday_cli.show.text import plural
from matchday_cli.show.violations import violation_lines


def findings_text(
    report: CheckReport,
    frozen: Sequence[Violation],
    schedule: ScheduleFile,
    preferences: Preferences,
) -> str:
    """Every broken rule, then the terms, then the verdict in one line.

    `frozen` are rules that only frozen games break.
    """
    lines = [
        *broken_lines(report.violations, schedule.games),
        *(f"frozen: {line}" for line in violation_lines(frozen, schedule.games)),
        *unplaced_lines(schedule.unplaced),
        *term_lines(report.terms, preferences),
        *_doubts(report, schedule),
        _verdict(report, len(frozen), schedule),
    ]
    return "\n".join(lines)


def findings_json(
    report: CheckReport, frozen: Sequence[Violation], schedule: ScheduleFile, _: Preferences
) -> str:
    """The report for programs."""
    return json.dumps(
        {
            "valid": report.valid,
            "violations": [v.model_dump(mode="json", by_alias=True) for v in report.violations],
            "frozen": [v.model_dump(mode="json", by_alias=True) for v in frozen],
            "games": len(schedule.games),
            "missing": report.missing,
            "changes": report.changes,
            "terms": report.terms,
            "total": report.total,
        },
        indent=1,
    )


def _doubts(report: CheckReport, schedule: ScheduleFile) -> Iterator[str]:
    """Where the schedule says other than what is counted."""
    claimed = schedule.objective.total
    if claimed != report.total:
        yield f"note: the schedule says that its cost is {claimed:,}; counted are {report.total:,}"


def _verdict(report: CheckReport, frozen: int, schedule: ScheduleFile) -> str:
    broken = plural(len(report.violations), "broken rule") if report.violations else "valid"
    if len(report.violations) >= MOST_VIOLATIONS:
        broken = f"at least {broken}"
    parts = [broken, plural(len(schedule.games), "game")]
    if frozen:
        parts.append(f"{plural(frozen, 'rule')} broken by frozen games")
    if report.missing:
        parts.append(f"{report.missing} missing")
    if report.changes is not None:
        parts.append(plural(report.changes, "change"))
    return f"{', '.join(parts)}, cost {report.total:,}"
