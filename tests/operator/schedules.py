"""Schedules of the small league, as a solver would save them."""

import base64
import gzip
from typing import Any

from matchday_api.checker import check
from matchday_api.digest import schedule_digest
from matchday_api.read import read_league
from matchday_api.schedule import (
    Game,
    Objective,
    RequestReference,
    ScheduleFile,
    SolverInfo,
    SolverStatus,
    Unplaced,
    Validation,
)
from tests.operator.builders import LEAGUE

PAIRS = (("A", "B", "2026-01-10"), ("B", "C", "2026-01-17"), ("C", "A", "2026-01-24"))


CLUB: dict[str, Any] = {
    **LEAGUE,
    "clubs": [{"name": "Club"}],
    "teams": [{"name": name, "division": "U10", "club": "Club"} for name in "ABC"],
}
"""The small league with all teams of one club, whose three dates cost."""


def schedule(
    digest: str, missing: int = 0, clash: bool = False, league: dict[str, Any] = LEAGUE
) -> ScheduleFile:
    """A schedule of the small league, with games missing or on one court at one time."""
    placed = PAIRS[: len(PAIRS) - missing]
    games = tuple(_game(*pair, clash) for pair in placed)
    unplaced = tuple(
        Unplaced(division="U10", teams=(home, away), missing=1, reason="no room")
        for home, away, _ in PAIRS[len(placed) :]
    )
    report = check(read_league(league), games, unplaced)
    return ScheduleFile(
        request=RequestReference(input_digest=digest),
        games=games,
        unplaced=unplaced,
        objective=Objective(
            total=report.total,
            bound=None if missing else report.total,
            gap=None if missing else 0.0,
            terms=report.terms,
        ),
        validation=Validation(valid=True),
        solver=SolverInfo(status=SolverStatus.OPTIMAL, seconds=1.5, version="test"),
    )


def _game(home: str, away: str, date: str, clash: bool) -> Game:
    values = {
        "id": f"{home}-{away}",
        "division": "U10",
        "home": home,
        "away": away,
        "date": "2026-01-10" if clash else date,
        "start": "09:00",
        "end": "10:00",
        "venue": "Gym",
        "court": 1,
    }
    return Game.model_validate(values)


def status(saved: ScheduleFile, final: bool = True) -> dict[str, Any]:
    """The status of a Schedule that holds this schedule."""
    return packed(saved.to_text().encode(), final)


def packed(text: bytes, final: bool = True) -> dict[str, Any]:
    """The status of a Schedule that holds this text."""
    return {
        "writer": "pod-uid",
        "final": final,
        "sha256": schedule_digest(text),
        "compressed": base64.b64encode(gzip.compress(text)).decode(),
    }
