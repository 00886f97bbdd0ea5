"""A schedule in a few lines for the terminal."""

from collections.abc import Iterable, Mapping, Sequence

from matchday_api.league import Preferences
from matchday_api.schedule import Game, ScheduleFile, Tiers, Unplaced, Violation
from matchday_cli.show.cost import Term, terms_of
from matchday_cli.show.repair import NO_REPAIR, Repair
from matchday_cli.show.table import table
from matchday_cli.show.text import one_line, percent, plural
from matchday_cli.show.violations import violation_lines

MOST_LINES = 20
"""Missing games, and changes, that are told on the terminal; the files have all."""
SHARED = "A game takes two teams: what single teams lack is half as many games."


def summary(
    schedule: ScheduleFile, preferences: Preferences | None, repair: Repair = NO_REPAIR
) -> list[str]:
    """Games, what is changed, missing or broken, cost and the terms that it comes from."""
    lines = [headline(schedule, len(repair.frozen))]
    if schedule.objective.tiers.changes is not None:
        lines.append(_changes(schedule))
    for what, told in (("changed", repair.moved), ("new", repair.new)):
        lines += bounded([f"{what}: {one_line(line)}" for line in told], "games in report.html")
    lines += frozen_lines(repair.frozen)
    lines += [f"note: {repair.note}"] if repair.note else []
    lines += unplaced_lines(schedule.unplaced)
    lines += broken_lines(schedule.validation.violations, schedule.games)
    units = {name: number for name, number in schedule.objective.terms.items() if number}
    return [*lines, *term_lines(units, preferences)]


def headline(schedule: ScheduleFile, frozen: int = 0) -> str:
    """The schedule in one line; `frozen` rules are broken only by games that stay."""
    objective = schedule.objective
    parts = [plural(len(schedule.games), "game")]
    if objective.tiers.missing:
        parts.append(_missing(objective.tiers))
    broken = len(schedule.validation.violations)
    told = plural(broken, "broken rule") if broken else "no broken rule"
    parts.append(f"{told} but for {frozen} of frozen games" if frozen else told)
    parts.append(f"cost {objective.total:,}")
    if objective.bound is not None:
        parts.append(f"at least {objective.bound:,} (gap {percent(objective.gap)})")
    return f"{', '.join(parts)}, {schedule.solver.seconds:.1f} s"


def _missing(tiers: Tiers) -> str:
    if tiers.missing == tiers.missing_bound:
        return f"{tiers.missing:,} missing, the fewest possible"
    least = f" (at least {tiers.missing_bound:,})" if tiers.missing_bound else ""
    return f"{tiers.missing:,} missing{least}"


def _changes(schedule: ScheduleFile) -> str:
    tiers = schedule.objective.tiers
    text = f"{plural(tiers.changes or 0, 'change')} to the earlier schedule"
    if tiers.changes_bound is None:
        return text
    proven = tiers.changes_bound == tiers.changes
    return f"{text}, {'the fewest possible' if proven else f'at least {tiers.changes_bound}'}"


def unplaced_lines(unplaced: Sequence[Unplaced]) -> list[str]:
    """One line an entry, the rest counted."""
    lines = [
        f"missing: {' - '.join(map(one_line, entry.teams))} ({one_line(entry.division)}):"
        f" {plural(entry.missing, 'game')}: {one_line(plain(entry.reason))}"
        for entry in unplaced
    ]
    shared = shared_note(unplaced)
    return [*bounded(lines, "entries in schedule.json"), *([shared] if shared else [])]


def shared_note(unplaced: Iterable[Unplaced]) -> str:
    """How entries of single teams count; empty where none of them is a whole game's."""
    single = any(len(e.teams) == 1 and plain(e.reason) == e.reason for e in unplaced)
    return SHARED if single else ""


def broken_lines(violations: Iterable[Violation], games: Iterable[Game]) -> list[str]:
    """One line a broken rule, all of them."""
    return [f"broken: {line}" for line in violation_lines(violations, games)]


def frozen_lines(lines: Iterable[str]) -> list[str]:
    """One line a rule that only games break that stay, the rest counted."""
    return bounded([f"frozen: {line}" for line in lines], "rules in report.html")


def plain(reason: str) -> str:
    """A reason without the word that programs know it by."""
    return reason.removeprefix("OddTeamGames: ")


def bounded(lines: list[str], rest: str) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"and {more} more {rest}"] if more > 0 else lines


def term_lines(units: Mapping[str, int], preferences: Preferences | None) -> list[str]:
    """A table of the terms: units, weight, cost."""
    rows = [_row(term) for term in terms_of(units, preferences)]
    header = ("TERM", "UNITS", "WEIGHT", "COST", "WHAT IS COUNTED")
    return table([header, *rows], right=(1, 2, 3)) if rows else []


def _row(term: Term) -> tuple[str, ...]:
    weight, cost = (f"{n:,}" if n is not None else "-" for n in (term.weight, term.cost))
    return (one_line(term.name), f"{term.units:,}", weight, cost, term.meaning)
