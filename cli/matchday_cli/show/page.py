"""The schedule as one page to read and print: report.html."""

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matchday_api.league import League
from matchday_api.schedule import Game, ScheduleFile
from matchday_cli.show.by import by_division, by_team, by_venue_and_date
from matchday_cli.show.cost import terms_of
from matchday_cli.show.repair import NO_REPAIR, Repair
from matchday_cli.show.summary import plain, shared_note
from matchday_cli.show.text import at_most, percent, plural

TEMPLATE = "page.html.j2"


@dataclass(frozen=True)
class TeamPage:
    """One team's part of the page."""

    name: str
    division: str
    games: list[Game]
    home: int
    """Number of its home games."""


@dataclass(frozen=True)
class VenueDay:
    """One venue on one date, as a grid."""

    date: date
    courts: list[int]
    """Courts in use, the columns."""
    rows: list[tuple[str, list[Game | None]]]
    """Each start with the game on each court."""


def to_html(
    schedule: ScheduleFile,
    league: League | None,
    made_at: datetime,
    name: str = "",
    repair: Repair = NO_REPAIR,
) -> str:
    """The page; everything of the schedule is escaped, and nothing is loaded from elsewhere.

    `name` is its title where the schedule answers no request of a cluster, `repair` what a
    repair changes and leaves.
    """
    return (
        _environment()
        .get_template(TEMPLATE)
        .render(
            schedule=schedule,
            season=league.season if league else None,
            title=schedule.request.name or name or "Schedule",
            summary=summary(schedule, len(repair.frozen)),
            repair=repair,
            shared=shared_note(schedule.unplaced),
            style=_part("page.css"),
            script=_part("page.js"),
            made_at=made_at,
            terms=terms_of(schedule.objective.terms, league.preferences if league else None),
            divisions=by_division(schedule.games),
            teams=[_team(name, games) for name, games in by_team(schedule.games).items()],
            venues={
                venue: [_venue_day(day, games) for day, games in dates.items()]
                for venue, dates in by_venue_and_date(schedule.games).items()
            },
        )
    )


def summary(schedule: ScheduleFile, frozen: int = 0) -> str:
    """In a few words what league staff want to know first; `frozen` rules are broken only by games
    that stay."""
    missing, broken = schedule.objective.tiers.missing, len(schedule.validation.violations)
    placed = f"{plural(missing, 'game')} could not be placed" if missing else "All games are placed"
    rules = f"{plural(broken, 'rule')} broken" if broken else "no rule is broken"
    if frozen:
        rules += f", but for {frozen} by games that stay as they were"
    gap = schedule.objective.gap
    if gap is None:
        return f"{placed}, {rules}."
    repaired = schedule.objective.tiers.changes is not None
    every = "no schedule that changes as few games" if repaired else "no schedule"
    cheaper = f"more than {at_most(gap)} cheaper" if gap else "cheaper"
    proof = f"{every} is {cheaper}"
    return f"{placed}, {rules}. It is proven that {proof}."


def _part(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


def _sha256(text: str) -> str:
    """What a Content-Security-Policy knows an inline part by."""
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=lambda day: f"{day:%a} {day}",
        number=lambda n: f"{n:,}",
        percent=percent,
        plain=plain,
        plural=plural,
        sha256=_sha256,
    )
    return environment


def _team(name: str, games: list[Game]) -> TeamPage:
    return TeamPage(name, games[0].division, games, sum(game.home == name for game in games))


def _venue_day(day: date, games: Iterable[Game]) -> VenueDay:
    """Two games at one start and court, which a broken schedule may have, get a row each."""
    rows: dict[tuple[str, int], dict[int, Game]] = {}
    held = Counter[tuple[str, int]]()
    courts = sorted({game.court for game in games})
    for game in games:
        place = (game.start, game.court)
        rows.setdefault((game.start, held[place]), {})[game.court] = game
        held[place] += 1
    grid = [(start, [row.get(c) for c in courts]) for (start, _), row in rows.items()]
    return VenueDay(day, courts, grid)
