"""The schedule.json in a Schedule object, verified."""

import base64
import binascii

from matchday_api.digest import schedule_digest
from matchday_api.faults import InvalidInput
from matchday_api.problem import gunzip_bounded
from matchday_api.read import MAX_SCHEDULE_BYTES, read_schedule
from matchday_api.schedule import ScheduleFile
from matchday_cli.cluster.api import Json
from matchday_cli.cluster.errors import AbsentError
from matchday_cli.errors import CliError


def decode(found: Json, sha256: str | None) -> tuple[bytes, ScheduleFile]:
    """The exact text of a Schedule's schedule.json, and its content.

    `sha256` is the checksum that the request tells, None where it tells none. Raises AbsentError
    where nothing is saved yet, CliError where it is damaged.
    """
    name, status = found["metadata"]["name"], found.get("status") or {}
    packed = status.get("compressed")
    if not isinstance(packed, str):
        raise AbsentError(f"Schedule {name} holds no schedule")
    try:
        text = gunzip_bounded(base64.b64decode(packed, validate=True), MAX_SCHEDULE_BYTES)
        schedule = read_schedule(text)
    except (binascii.Error, ValueError) as error:
        raise _damaged(
            name, f"it {error}" if isinstance(error, InvalidInput) else str(error)
        ) from (error)
    if schedule_digest(text) not in {status.get("sha256")} & {sha256 or status.get("sha256")}:
        raise _damaged(name, "its checksum is another than the one that was saved")
    return text, schedule


def _damaged(name: str, why: str) -> CliError:
    return CliError(f"Schedule {name} is damaged: {why}; solve anew with `matchday regenerate`")
