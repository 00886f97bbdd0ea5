"""`matchday result` from the request to the files."""

import sys
from argparse import Namespace
from pathlib import Path

from matchday_api.faults import InvalidInput
from matchday_api.league import League
from matchday_api.problem import unpack_problem
from matchday_api.read import read_league
from matchday_api.request import Completeness
from matchday_api.status import ExitCode
from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.cluster.connect import connect
from matchday_cli.cluster.decoding import decode
from matchday_cli.cluster.errors import AbsentError, ForbiddenError
from matchday_cli.cluster.hints import command_line
from matchday_cli.errors import CliError
from matchday_cli.show.folder import write_folder
from matchday_cli.show.summary import summary

SNAPSHOT_KEY = "problem.json.gz"


def fetch_result(options: Namespace) -> int:
    """Fetch a schedule, verify it, write its files or print it; the exit code."""
    cluster = connect(options)
    request = cluster.request(options.name)
    name, sha256 = _wanted(request, options)
    try:
        text, schedule = decode(_owned(cluster.schedule(name), options.name), sha256)
    except AbsentError as error:
        raise CliError(f"{error}; {_again(options)}") from error
    if options.output == "-":
        sys.stdout.buffer.write(text)
        return ExitCode.DONE
    league = _league(cluster, name, request)
    written = write_folder(Path(options.output), schedule, league, text)
    print("\n".join([*summary(schedule, league.preferences if league else None), written]))
    return ExitCode.DONE


def _wanted(request: Json, options: Namespace) -> tuple[str, str | None]:
    """Name of the Schedule to fetch, and its checksum where the request tells it."""
    if options.schedule:
        return options.schedule, None
    result = reading.part(request, "result")
    if result.get("name") and (reading.end_of(request) or not options.so_far):
        return str(result["name"]), str(result.get("sha256"))
    job = reading.part(request, "jobRef").get("name")
    if job and (options.so_far or reading.phase(request) == "Failed"):
        return str(job), None
    raise CliError(f"request {options.name} has no result yet; {_advice(request, options)}")


def _advice(request: Json, options: Namespace) -> str:
    if reading.phase(request) == "Failed":
        return f"it failed: {reading.message(request)}"
    wait = command_line(options, "watch", options.name)
    return f"wait with `{wait}`, or take the best so far with --so-far"


def _again(options: Namespace) -> str:
    return f"solve anew with `{command_line(options, 'regenerate', options.name)}`"


def _owned(schedule: Json, request: str) -> Json:
    """The Schedule, if it is one of this request; raises CliError."""
    owner = (schedule.get("spec") or {}).get("requestRef") or {}
    if owner.get("name") != request:
        raise CliError(f"that Schedule is not of request {request}, but of {owner.get('name')}")
    return schedule


def _league(cluster: Cluster, name: str, request: Json) -> League | None:
    """The league that was solved, for the calendars' time zone and the report's weights.

    It is in the snapshot of the run; the request's own one serves where that is gone or not
    readable for this user.
    """
    try:
        return unpack_problem(cluster.config_map_data(name, SNAPSHOT_KEY)).league
    except (AbsentError, ForbiddenError, ValueError):
        pass
    try:
        return read_league(request["spec"].get("league"), Completeness.BEST_EFFORT)
    except InvalidInput:
        return None
