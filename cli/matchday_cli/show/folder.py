"""A schedule as files in a folder: JSON, a sheet, a page and one calendar a team."""

from datetime import UTC, datetime
from pathlib import Path

from matchday_api.league import League
from matchday_api.schedule import ScheduleFile
from matchday_cli.files import make_folder, write_bytes
from matchday_cli.show.calendars import PRODUCT, Calendars
from matchday_cli.show.file_names import file_names
from matchday_cli.show.page import to_html
from matchday_cli.show.repair import NO_REPAIR, Repair
from matchday_cli.show.sheets import to_csv
from matchday_cli.show.text import plural

SCHEDULE_FILE = "schedule.json"
HEAD = 200
"""Bytes of a calendar that tell who made it."""


def write_folder(
    folder: Path,
    schedule: ScheduleFile,
    league: League | None,
    text: bytes | None = None,
    name: str = "",
    repair: Repair = NO_REPAIR,
) -> str:
    """Write all files of a schedule, the JSON first; gives a line that names them.

    `text` is the exact schedule.json where there is one already, `name` the page's title where the
    schedule answers no request of a cluster, `repair` what a repair changes and leaves. Raises
    CliError.
    """
    now = datetime.now(UTC)
    make_folder(folder)
    write_bytes(folder / SCHEDULE_FILE, text or schedule.to_text().encode())
    write_bytes(folder / "schedule.csv", to_csv(schedule.games).encode())
    write_bytes(folder / "report.html", to_html(schedule, league, now, name, repair).encode())
    teams = dict(Calendars(league.season if league else None, now).of_teams(schedule.games))
    names = file_names(teams)
    for team, calendar in teams.items():
        write_bytes(folder / f"{names[team]}.ics", calendar)
    _remove_others(folder, {f"{names[team]}.ics" for team in teams})
    return (
        f"{folder}/: {SCHEDULE_FILE}, schedule.csv, report.html"
        f" and {plural(len(teams), 'team calendar')} (.ics)"
    )


def _remove_others(folder: Path, written: set[str]) -> None:
    """Calendars of an earlier run whose teams have no game now: who reads them would come."""
    for path in folder.glob("*.ics"):
        if path.name not in written and _is_ours(path):
            path.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Whether a file is a calendar that was written here; what cannot be read is no such one."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return PRODUCT.encode() in file.read(HEAD)
    except OSError:
        return False
