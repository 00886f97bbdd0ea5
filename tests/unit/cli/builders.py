"""Schedules, files and command lines for the tests of the command line."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matchday_api.schedule import (
    Game,
    Objective,
    RequestReference,
    ScheduleFile,
    SolverInfo,
    SolverStatus,
    Tiers,
    Unplaced,
    Validation,
    Violation,
)
from tests.builders import division, game, league_document

ONE_GAME = {"divisions": [division(gamesPerTeam=1)]}


def a_schedule(
    games: Sequence[Game] = (),
    *,
    total: int = 0,
    bound: int | None = 0,
    missing: Sequence[Unplaced] = (),
    violations: Sequence[Violation] = (),
    changes: int | None = None,
    terms: dict[str, int] | None = None,
    request: str = "",
) -> ScheduleFile:
    """A schedule, of one game A - B unless games are given."""
    lacking = sum(entry.missing for entry in missing)
    return ScheduleFile(
        request=RequestReference(name=request),
        games=tuple(games) or (game("A-B"),),
        unplaced=tuple(missing),
        objective=Objective(
            total=total,
            bound=None if lacking else bound,
            gap=None if lacking or bound is None else (total - bound) / total if total else 0.0,
            terms=terms or {},
            tiers=Tiers(missing=lacking, changes=changes),
        ),
        validation=Validation(valid=not violations, violations=tuple(violations)),
        solver=SolverInfo(status=SolverStatus.FEASIBLE, seconds=1.5, version="0"),
    )


def league_file(folder: Path, document: Any = None, name: str = "league.yaml") -> str:
    """A file with a league of two teams that meet once, or with another document."""
    path = folder / name
    path.write_text(json.dumps(document or league_document("AB", **ONE_GAME)))
    return str(path)


def schedule_file(folder: Path, schedule: ScheduleFile, name: str = "schedule.json") -> str:
    """A file with a schedule."""
    path = folder / name
    path.write_text(schedule.to_text())
    return str(path)


def request_document(league: Any = None, **spec: Any) -> dict[str, Any]:
    """A ScheduleRequest as a user writes it."""
    inline = {} if "leagueFrom" in spec else {"league": league or league_document("AB", **ONE_GAME)}
    return {
        "apiVersion": "matchday.dev/v1alpha1",
        "kind": "ScheduleRequest",
        "metadata": {"name": "winter"},
        "spec": {**inline, **spec},
    }
