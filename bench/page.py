"""The measured runs as a page of the documentation."""

import os
import platform
from collections.abc import Sequence

from bench.measure import Run
from bench.tasks import Told

HEAD = """# What the solver reaches

Made by `make bench`. Every run is a process of its own; times are from its start. The gap is
(cost - bound) / cost. `one model` is the whole league as one CP-SAT model with every rule and term,
under the same limit and with the same workers.

{machine}

| league | solver | teams | first complete | cost | bound | gap | violations | peak memory | note |
|---|---|---|---|---|---|---|---|---|---|
"""

PRESENT = """| first user's league | their first scheduler | 200 | never | - | - | - | 1478 | - | \
213.7 s, 855 games |
| first user's league | their second scheduler | 200 | never | - | - | - | 279 | - | \
0.5 s, 206 of 800 games |
"""

TASKS = """
The last two rows are the first user's present schedulers on a synthetic league of the same shape,
as they were measured before this solver. They repair nothing and give no reasons.

## Repairs and reasons

Seconds from the process's start until the answer is there.

| task | time | answer | peak memory |
|---|---|---|---|
"""

FOOT = """
## Over time and over teams

![Cost and bound over time](images/bench-cost.svg)

![Time to the first complete schedule](images/bench-teams.svg)
"""


def page(runs: Sequence[Run], told: Sequence[Told] = ()) -> str:
    """The page as Markdown."""
    machine = f"{os.cpu_count()} CPUs, {platform.machine()}, Python {platform.python_version()};"
    machine += f" load average {os.getloadavg()[2]:.1f} over the last 15 minutes."
    rows = "".join(_row(run) for run in runs)
    answers = "".join(_answer(each) for each in told)
    return HEAD.format(machine=machine) + rows + PRESENT + TASKS + answers + FOOT


def _answer(told: Told) -> str:
    time = "none" if told.seconds is None else f"{told.seconds:.1f} s"
    peak = "-" if told.peak_mib is None else f"{told.peak_mib} MiB"
    return f"| {told.task.name} | {time} | {told.result or '-'} | {peak} |\n"


def _row(run: Run) -> str:
    cells = [
        run.league,
        run.solver,
        str(run.teams),
        "none" if run.first is None else f"{run.first:.1f} s",
        _number(run.cost),
        _number(run.bound),
        "-" if run.gap is None else f"{100 * run.gap:.1f}%",
        "-" if run.cost is None else str(run.violations),
        "-" if run.peak_mib is None else f"{run.peak_mib} MiB",
        f"{run.limit:.0f} s limit" + (f", {run.note}" if run.note else ""),
    ]
    return f"| {' | '.join(cells)} |\n"


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"
