"""Reading and writing files, with errors that name the file and say what to do."""

import os
import sys
from pathlib import Path

from matchday_api.faults import InvalidInput, size
from matchday_api.read import read_input, read_schedule
from matchday_api.request import Completeness, ScheduleRequestSpec
from matchday_api.schedule import ScheduleFile
from matchday_api.status import ExitCode
from matchday_api.whole_file import write_whole
from matchday_cli.errors import CliError, invalid

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Largest file that is read."""

STDIN = Path("-")


def source_name(path: Path) -> str:
    """The name of an input in messages."""
    return "standard input" if path == STDIN else str(path)


def read_bytes(path: Path) -> bytes:
    """The content of a file, or of standard input for `-`; raises CliError."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise CliError(f"{path}: cannot be read: {error.strerror}", ExitCode.INVALID_INPUT) from (
            error
        )
    if len(data) > MAX_FILE_BYTES:
        message = f"{source_name(path)}: is larger than {size(MAX_FILE_BYTES)}"
        raise CliError(message, ExitCode.INVALID_INPUT)
    return data


def read_spec(path: Path, completeness: str | None = None) -> ScheduleRequestSpec:
    """The spec in a file that holds a League or a ScheduleRequest; raises CliError."""
    return parse_spec(read_bytes(path), source_name(path), completeness)


def parse_spec(data: bytes, source: str, completeness: str | None) -> ScheduleRequestSpec:
    """The spec in a file's content; `completeness` replaces the file's. Raises CliError."""
    wanted = None if completeness is None else Completeness(completeness)
    try:
        return read_input(data, wanted)
    except InvalidInput as error:
        raise invalid(source, error) from error


def read_schedule_file(path: Path) -> ScheduleFile:
    """A schedule.json, also gzipped; raises CliError."""
    try:
        return read_schedule(read_bytes(path))
    except InvalidInput as error:
        raise invalid(source_name(path), error) from error


def make_folder(folder: Path) -> None:
    """Make a folder that can be written to; raises CliError where that is not so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        files = [place for place in (folder, *folder.parents) if place.is_file()]
        if not files:
            raise _not_writable(folder, error) from error
        message = f"{files[0]}: is a file; name a folder with -o"
        raise CliError(message, ExitCode.INVALID_INPUT) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CliError(f"{folder}: no permission to write there; name another folder with -o")


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that is whole at every moment; raises CliError."""
    try:
        write_whole(path, data)
    except (OSError, UnicodeEncodeError) as error:
        raise _not_writable(path, error) from error


def _not_writable(path: Path, error: OSError | UnicodeEncodeError) -> CliError:
    if isinstance(error, UnicodeEncodeError):
        why = f"this system's locale has no {error.object[error.start]!r} in file names"
        return CliError(f"{path}: cannot be written: {why}; set LC_ALL=C.UTF-8")
    return CliError(f"{path}: cannot be written: {error.strerror}; name another folder with -o")
