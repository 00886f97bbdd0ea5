"""How much memory a search needs, told from the instance before it begins.

The numbers are measured peaks (56 to 2,000 teams, one and two workers) and the shapes of the
largest arrays; a league that cannot fit is refused with what it would need, not killed.
"""

from pathlib import Path

import numpy as np

from matchday_solver.instance import Instance

BASE = 155_000_000
"""The process with its libraries and a small league."""
SCHEDULE_BYTES = 6_000
"""A game in the schedules that are kept and checked."""
PROOF_BYTES = 30_000
"""A game in the bound, which is proven beside the search or after it."""
PAIR_BYTES = 60
"""Two teams of the largest division while opponents are chosen."""
ROW_BYTES, WORKER_ROW_BYTES = 6_500, 9_000
"""A candidate game in an exact model with one worker, and for each further one."""
WINDOW_BYTES, FEW_WINDOWS = 90, 50
"""What a candidate game takes besides for each window that it is in, for each worker, and with how
many windows the numbers above were measured."""
UNLIMITED = 1 << 60
"""A cgroup's limit from which on it is none."""


def needed_bytes(instance: Instance, workers: int = 1) -> int:
    """Memory that a search with so many workers needs at its peak, in bytes."""
    sizes = [len(teams) for teams in instance.divisions.teams]
    pairs = sum(n * n for n in sizes) + PAIR_BYTES * max(sizes, default=0) ** 2
    games = instance.games_total * (SCHEDULE_BYTES + PROOF_BYTES)
    return BASE + pairs + games + _shared(instance) + workers * _own(instance)


def _shared(instance: Instance) -> int:
    """What all workers read: teams by date, slots by venue and length; and what is counted before
    the search: courts by length, twice, and slots by division."""
    dates, venues = len(instance.calendar.dates), len(instance.venues.names)
    slots, teams = len(instance.calendar.slot_date), len(instance.teams.names)
    lengths, divisions = len(instance.calendar.lengths), len(instance.divisions.names)
    read = 8 * teams * dates + 8 * slots * venues + 8 * dates * venues + 8 * slots * lengths
    return read + 16 * lengths * dates * venues + 4 * slots * divisions


def _own(instance: Instance) -> int:
    """What each worker has for itself: clubs by date and venue, teams by date, starts by venue."""
    dates, venues = len(instance.calendar.dates), len(instance.venues.names)
    slots, teams = len(instance.calendar.slot_date), len(instance.teams.names)
    clubs = len(instance.teams.club_names)
    return 2 * clubs * dates * venues + 20 * teams * dates + 4 * slots * venues


def refusal(instance: Instance, workers: int, limit: int | None) -> str:
    """Why a league is too large for a memory limit in bytes, and what to do; empty if it is not."""
    needed = needed_bytes(instance, workers)
    if limit is None or needed <= limit:
        return ""
    return (
        f"The search needs about {_mebibytes(needed)}Mi of memory with {workers} "
        f"worker{'' if workers == 1 else 's'}, but there are {_mebibytes(limit)}Mi: set "
        f"spec.solver.resources.limits.memory to {_mebibytes(needed * 5 // 4)}Mi or more, use "
        "fewer workers, or split the league."
    )


def _mebibytes(number: int) -> int:
    return -(-number // (1 << 20))


def memory_limit(root: Path = Path("/")) -> int | None:
    """Bytes that this process may use: its cgroup's limit or what is free, whichever is less."""
    known = [*_cgroup_limits(root), *_available(root)]
    return min(known, default=None)


def room(root: Path = Path("/")) -> int:
    """Bytes that this process may still take; what only helps the search is left out beyond."""
    limit = memory_limit(root)
    taken = _field(root / "proc/self/status", "VmRSS:")
    return UNLIMITED if limit is None else max(0, limit - taken)


def rows_with_room(instance: Instance, workers: int) -> int:
    """Candidate games of an exact model for which there is memory."""
    windows = WINDOW_BYTES * workers * further_windows(instance)
    return int(room() // (ROW_BYTES + WORKER_ROW_BYTES * (workers - 1) + windows))


def further_windows(instance: Instance) -> float:
    """Windows of `maxGames` and `minGames` that a candidate game is in, beyond a few, on average.

    Those of both its teams count.
    """
    rules, dates = instance.limits.windows, len(instance.calendar.dates)
    entries = (rules.max_hard, rules.min_hard, rules.max_soft, rules.min_soft)
    days = np.concatenate([rows[:, 0] for rows in entries]).astype(np.int64)
    return max(0.0, 2 * float((days * (dates - days + 1)).sum()) / dates - FEW_WINDOWS)


def _cgroup_limits(root: Path) -> list[int]:
    """Limits of the process's cgroup and of those above it."""
    base = root / "sys/fs/cgroup"
    lines = _lines(root / "proc/self/cgroup")
    own = next((line[3:].strip("/") for line in lines if line.startswith("0::")), "")
    parts = Path(own).parts if ".." not in own else ()
    folders = [base.joinpath(*parts[:n]) for n in range(len(parts) + 1)]
    texts = [line for folder in folders for line in _lines(folder / "memory.max")[:1]]
    texts += _lines(base / "memory/memory.limit_in_bytes")[:1]
    return [int(text) for text in texts if text.isdigit() and int(text) < UNLIMITED]


def _available(root: Path) -> list[int]:
    """What the machine has left, and what this process has taken of it."""
    free = _field(root / "proc/meminfo", "MemAvailable:")
    taken = _field(root / "proc/self/status", "VmRSS:")
    return [free + taken] if free else []


def _field(path: Path, name: str) -> int:
    """A number of kilobytes in bytes; 0 where it is not there."""
    found = [line.split()[1] for line in _lines(path) if line.startswith(name)]
    return int(found[0]) * 1024 if found else 0


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []
