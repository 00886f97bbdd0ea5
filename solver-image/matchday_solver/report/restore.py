"""What an earlier pod of the run has left in the cluster's objects."""

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matchday_api.digest import schedule_digest
from matchday_api.problem import gunzip_bounded
from matchday_api.read import MAX_SCHEDULE_BYTES, read_schedule
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Quality, ScheduleStatus, SolverRunStatus

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SavedSchedule:
    """A schedule that an earlier pod has saved."""

    schedule: ScheduleFile
    final: bool
    """Whether the search had ended with it."""
    quality: Quality | None


@dataclass(frozen=True)
class Earlier:
    """Where the attempts before this one have come to."""

    attempts: int = 0
    elapsed: float = 0.0
    """Solving seconds that they have used."""
    saved: SavedSchedule | None = None


def restore(run: Mapping[str, Any], schedule: Mapping[str, Any]) -> Earlier:
    """Read the SolverRun and the Schedule as objects; what is damaged counts as absent."""
    progress = _progress(run)
    saved = _saved(schedule)
    before = max(0, progress.attempt) if progress.writer else 0
    seconds = saved.schedule.solver.seconds if saved else 0.0
    return Earlier(before, max(0.0, progress.elapsed_seconds, seconds), saved)


def _progress(run: Mapping[str, Any]) -> SolverRunStatus:
    try:
        return SolverRunStatus.model_validate(run.get("status") or {})
    except ValueError as error:
        log.warning("the progress of earlier attempts cannot be read: %s", _first_line(error))
        return SolverRunStatus()


def _saved(found: Mapping[str, Any]) -> SavedSchedule | None:
    try:
        status = ScheduleStatus.model_validate(found.get("status") or {})
        if status.compressed is None:
            return None
        return SavedSchedule(
            _decode(status.compressed, status.sha256), status.final, status.quality
        )
    except ValueError as error:
        log.warning("the saved schedule cannot be read: %s", _first_line(error))
        return None


def _decode(compressed: str, sha256: str | None) -> ScheduleFile:
    """The schedule of a checkpoint; raises ValueError where it is damaged."""
    text = gunzip_bounded(base64.b64decode(compressed, validate=True), MAX_SCHEDULE_BYTES)
    if schedule_digest(text) != sha256:
        raise ValueError("its checksum is another")
    return read_schedule(text)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
