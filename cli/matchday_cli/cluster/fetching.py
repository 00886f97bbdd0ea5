"""`matchday result` from the request to the files."""

import sys
from argparse import Namespace
from pathlib import Path

from matchday_api.faults import InvalidInput
from matchday_api.league import League
from matchday_api.problem import Problem, unpack_problem
from matchday_api.read import read_league
from matchday_api.request import Completeness
from matchday_api.schedule import ScheduleFile
from matchday_api.status import ExitCode
from matchday_api.validation import league_faults
from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.cluster.connect import connect
from matchday_cli.cluster.decoding import decode
from matchday_cli.cluster.errors import AbsentError, ForbiddenError
from matchday_cli.cluster.hints import command_line, list_schedules
from matchday_cli.errors import CliError, failed
from matchday_cli.show.folder import write_folder
from matchday_cli.show.repair import repair_of
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
        raise _error(request, f"{error}; {_instead(request, options)}") from error
    if options.output == "-":
        sys.stdout.buffer.write(text)
        return ExitCode.DONE
    problem = _problem(cluster, name, schedule)
    league, repair = problem.league if problem else _league(request), repair_of(problem, schedule)
    written = write_folder(Path(options.output), schedule, league, text, repair=repair)
    weights = league.preferences if league else None
    print("\n".join([*summary(schedule, weights, repair), written]))
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
    raise _error(request, f"request {options.name} has no result{_why_none(request, options)}")


def _error(request: Json, message: str) -> CliError:
    """What is missing of a request that may have failed, with the faults of its end."""
    end = reading.end_of(request)
    is_one_fault = end is not None and end.is_one_fault
    return failed(message, ExitCode.UNEXPECTED) if is_one_fault else CliError(message)


def _why_none(request: Json, options: Namespace) -> str:
    if reading.phase(request) == "Failed":
        return f"; it failed: {reading.message(request)}"
    wait, so_far = command_line(options, "watch", options.name), ""
    if not options.so_far:
        so_far = ", or take the best so far with --so-far"
    earlier = f"or an earlier one (`{list_schedules(options)}`) with --schedule"
    return f" yet; wait with `{wait}`{so_far}, {earlier}"


def _instead(request: Json, options: Namespace) -> str:
    """What to do where a Schedule that there should be is not there, or holds nothing."""
    if options.schedule:
        return f"`{list_schedules(options)}` lists those that there are"
    if reading.phase(request) == "Failed":
        return f"the request failed: {reading.message(request)}"
    if reading.phase(request) == "Suspended":
        return f"let it go on with `{command_line(options, 'resume', options.name)}`"
    if reading.end_of(request):
        return f"solve anew with `{command_line(options, 'regenerate', options.name)}`"
    return f"wait with `{command_line(options, 'watch', options.name)}`"


def _owned(schedule: Json, request: str) -> Json:
    """The Schedule, if it is one of this request; raises CliError."""
    owner = (schedule.get("spec") or {}).get("requestRef") or {}
    if owner.get("name") != request:
        raise CliError(f"that Schedule is not of request {request}, but of {owner.get('name')}")
    return schedule


def _problem(cluster: Cluster, name: str, schedule: ScheduleFile) -> Problem | None:
    """What was solved, from the run's snapshot.

    None where that is gone, not readable for this user, or by now another than the schedule's.
    """
    try:
        found = unpack_problem(cluster.config_map_data(name, SNAPSHOT_KEY))
    except (AbsentError, ForbiddenError, ValueError):
        return None
    same = found.request == schedule.request
    return found if same and not league_faults(found.league, found.completeness) else None


def _league(request: Json) -> League | None:
    """The request's own league, for the calendars' time zone and the report's weights."""
    try:
        return read_league(request["spec"].get("league"), Completeness.BEST_EFFORT)
    except InvalidInput:
        return None
