"""`matchday solve` from the problem to the files and the exit code."""

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile, Tiers
from matchday_api.status import ExitCode, Progress
from matchday_cli.errors import CliError, failed
from matchday_cli.local.search import Ended, Interrupts, Solve, exit_code, interrupts, search
from matchday_cli.show.live import Live
from matchday_cli.show.repair import Repair, repair_of
from matchday_cli.show.summary import summary
from matchday_cli.show.text import printable

if TYPE_CHECKING:
    from matchday_solver.report.file import BestFile

WHY_MISSING = "what stands in their way is told by `matchday explain` with --completeness Required"
BESIDE = ", --changes-from and --frozen-before"
"""What is to be told beside frozen games."""
CHECKPOINT = "best-so-far.json"
"""The best schedule while the search goes on; it is there if the process is killed."""

EXIT_CODES = {
    "SOLVED": ExitCode.DONE,
    "INFEASIBLE": ExitCode.INFEASIBLE,
    "INCOMPLETE": ExitCode.INFEASIBLE,
    "NO_SCHEDULE_IN_TIME": ExitCode.NO_SCHEDULE_IN_TIME,
    "OUT_OF_MEMORY": ExitCode.NO_SCHEDULE_IN_TIME,
    "INTERRUPTED": ExitCode.INTERRUPTED,
}


def solve_into(
    folder: Path,
    problem: Problem,
    solve: Solve | None = None,
    name: str = "",
    start: ScheduleFile | None = None,
) -> int:
    """Solve, write the files into the folder, sum up; the exit code. Raises CliError.

    `name` is the title of the page, `start` a schedule to go on from. A signal ends the search, but
    not the writing.
    """
    with interrupts() as signals:
        return _solve_into(folder, problem, solve or load_solver(), name, Going(start, signals))


@dataclass(frozen=True)
class Going:
    """What a search begins with, and what ends it."""

    start: ScheduleFile | None
    signals: Interrupts


def _solve_into(folder: Path, problem: Problem, solve: Solve, name: str, going: Going) -> int:
    from matchday_solver.report.best import Newest
    from matchday_solver.report.file import BestFile

    live = Live(sys.stderr)
    checkpoint = BestFile(folder / CHECKPOINT)
    follow = _follower(live, checkpoint)
    ended = search(solve, problem, Newest(going.start), going.signals, follow)
    live.clear()
    repair = repair_of(problem, ended.schedule)
    try:
        written = _write(folder, ended.schedule, problem, live, name, repair)
    except CliError as error:
        raise _kept(error, checkpoint, ended.schedule) from error
    if ended.schedule is not None:
        # Else what is there is of an earlier run, and perhaps all that is left of it.
        checkpoint.path.unlink(missing_ok=True)
    return _tell_end(ended, problem, live, written, repair)


def _kept(error: CliError, checkpoint: "BestFile", best: ScheduleFile | None) -> CliError:
    """The error, and where the best schedule is for all that."""
    is_there = False
    with contextlib.suppress(OSError):
        if best is not None:
            checkpoint.improved(best)
        checkpoint.flush()
        is_there = checkpoint.best is not None
    kept = f"\nthe best schedule is in {checkpoint.path}" if is_there else ""
    return CliError(f"{error}{kept}", error.code)


def load_solver() -> Solve:
    """The solver, with a writable cache for its compiled functions."""
    from matchday_solver.kernel_cache import make_writable

    make_writable(os.environ)
    from matchday_solver.solve import solve

    return solve


def _follower(
    live: Live, checkpoint: "BestFile"
) -> Callable[[Progress, ScheduleFile | None], None]:
    """Shows progress and saves the best schedule; a full disk is told once."""
    told: list[OSError] = []

    def follow(progress: Progress, best: ScheduleFile | None) -> None:
        if progress.games_total:
            live.progress(progress)
        try:
            if best is not None and not told:
                checkpoint.improved(best)
        except OSError as error:
            told.append(error)
            live.line(f"warning: {checkpoint.path}: not saved meanwhile: {error.strerror}")

    return follow


def _write(
    folder: Path,
    schedule: ScheduleFile | None,
    problem: Problem,
    live: Live,
    name: str,
    repair: Repair,
) -> str:
    """Write the files; a line that names them, empty where there is no schedule."""
    if schedule is None:
        return ""
    # Imported here, so that the search begins sooner.
    from matchday_cli.show.folder import write_folder

    if len(schedule.games) > 5000:
        live.line("writing the files ...")
    return write_folder(folder, schedule, problem.league, name=name, repair=repair)


def _is_explained(ended: Ended, tiers: Tiers) -> bool:
    """Whether it is told why games are missing: by the end's own message, or by the interruption,
    where it is not proven that any must be."""
    refuted = ended.outcome is not None and ended.outcome.ending.name == "INFEASIBLE"
    return refuted or (ended.signal is not None and not tiers.missing_bound)


def _tell_end(ended: Ended, problem: Problem, live: Live, written: str, repair: Repair) -> int:
    if ended.schedule is not None:
        told = summary(ended.schedule, problem.league.preferences, repair)
        tiers = ended.schedule.objective.tiers
        if tiers.missing and not _is_explained(ended, tiers):
            is_beside = problem.earlier is not None and problem.earlier.frozen_before is not None
            told.append(WHY_MISSING + (BESIDE if is_beside else ""))
        print("\n".join([*told, written]))
    if ended.signal is not None:
        go_on = "--start-from with its schedule.json goes on" if written else "no schedule yet"
        live.line(f"interrupted: {go_on}")
        return exit_code(ended.signal)
    if ended.outcome is None:
        raise CliError("the solver failed unexpectedly; please report the lines above")
    code = EXIT_CODES[ended.outcome.ending.name]
    if code != ExitCode.DONE:
        raise failed(printable(ended.outcome.message) or ended.outcome.ending.value, code)
    return code
