"""A schedule as the status of its Schedule object, within the sizes that an object may have."""

import base64
import gzip
from datetime import datetime

from pydantic import TypeAdapter

from matchday_api.digest import schedule_digest
from matchday_api.schedule import Game, ScheduleFile
from matchday_api.status import Quality, ScheduleStatus

MAX_COMPRESSED = 1_400_000
"""Characters of base64 that fit into one object beside everything else of it."""
MAX_GAMES_BYTES = 600_000
"""Largest list of games, as JSON, that is also given in plain."""
MAX_BOTH_BYTES = 900_000
"""Largest sum of the two forms."""

_GAMES = TypeAdapter(tuple[Game, ...])


class TooLargeError(ValueError):
    """The schedule does not fit into one object."""


def checkpoint(schedule: ScheduleFile, writer: str, now: datetime) -> ScheduleStatus:
    """The status that keeps a schedule while the search goes on.

    Raises TooLargeError where it does not fit.
    """
    return _status(schedule, writer, now, final=False, quality=None)


def final(
    schedule: ScheduleFile, writer: str, now: datetime, quality: Quality | None
) -> ScheduleStatus:
    """The status of the schedule with which the search has ended.

    `quality` is None where it does not count as success. Raises TooLargeError where it does not
    fit.
    """
    status = _status(schedule, writer, now, final=True, quality=quality)
    plain = len(_GAMES.dump_json(schedule.games, by_alias=True))
    if plain > MAX_GAMES_BYTES or plain + len(status.compressed or "") > MAX_BOTH_BYTES:
        return status
    return status.model_copy(update={"games": schedule.games})


def _status(
    schedule: ScheduleFile, writer: str, now: datetime, *, final: bool, quality: Quality | None
) -> ScheduleStatus:
    text = schedule.to_text().encode()
    return ScheduleStatus(
        writer=writer,
        saved_at=now,
        final=final,
        sha256=schedule_digest(text),
        games_placed=len(schedule.games),
        unplaced=schedule.objective.tiers.missing,
        violations=len(schedule.validation.violations),
        objective=schedule.objective.total,
        bound=schedule.objective.bound,
        gap=schedule.objective.gap,
        solver_seconds=schedule.solver.seconds,
        quality=quality,
        compressed=_compressed(text, len(schedule.games)),
    )


def _compressed(text: bytes, games: int) -> str:
    packed = base64.b64encode(gzip.compress(text, mtime=0)).decode()
    if len(packed) > MAX_COMPRESSED:
        raise TooLargeError(
            f"the schedule has {games} games and takes {len(packed):,} bytes compressed, but one "
            f"object holds {MAX_COMPRESSED:,}: split the league into several requests, or solve "
            "it with `matchday solve`"
        )
    return packed
