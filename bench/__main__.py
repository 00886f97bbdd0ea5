"""Measure the solver beside its peers: ``python -m bench``; see ``--help``."""

import argparse
from pathlib import Path

from bench.examples import examples
from bench.families import families, league
from bench.measure import Run, measure
from bench.page import page
from bench.plot import over_teams, over_time
from bench.tasks import Told, do, tasks

SOLVERS = ("matchday", "one model")
MOST_TEAMS_OF_ONE_MODEL = 62
"""Beyond, one model has millions of candidate games: it fits into no usual memory."""
DOCS = Path(__file__).parent.parent / "docs"
PLAN = (
    ("ncsaa-60-s1", 60), ("ncsaa-60-s1", 600), ("ncsaa-200-s1", 60), ("ncsaa-200-s1", 600),
    ("mixed-62-s1", 60), ("mixed-62-s1", 600), ("tight-200-s1", 60),
    ("ncsaa-1000-s1", 60), ("ncsaa-2000", 60),
    *((name, 30) for name in families() if name not in ("ncsaa-60", "ncsaa-200", "ncsaa-2000")),
)  # fmt: skip
"""Leagues and time limits in seconds that are measured where nothing is asked for."""


def main() -> None:
    """Run what is asked for, write the page and its plots."""
    options = _parser().parse_args()
    plan = [(name, each) for name in options.only for each in options.seconds]
    if not (plan or options.tasks):
        plan = [*PLAN]
    leagues = examples() | {name: league(family) for name, family in families().items()}
    runs = []
    for name, seconds in plan:
        for solver in options.solvers:
            if solver == "one model" and len(leagues[name]["teams"]) > MOST_TEAMS_OF_ONE_MODEL:
                continue
            run = measure(name, leagues[name], solver, seconds, options.workers)
            print(_line(run), flush=True)
            runs.append(run)
    told = []
    if options.tasks or not options.only:
        for task in tasks(leagues, options.workers):
            told.append(do(task))
            print(f"{task.name}: {told[-1].seconds} s, {told[-1].result}", flush=True)
    if runs:
        _write(runs, told, options.to)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = ", ".join([*examples(), *families()])
    parser.add_argument("only", nargs="*", help=f"leagues to measure, else a plan: {names}")
    parser.add_argument(
        "--seconds", type=float, nargs="+", default=[60.0], help="limits for the leagues named"
    )
    parser.add_argument(
        "--tasks",
        action="store_true",
        help="repairs and reasons too; without leagues these alone, and nothing is written",
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    parser.add_argument("--to", type=Path, default=DOCS, help="folder of bench.md and its plots")
    return parser


def _line(run: Run) -> str:
    first = "none" if run.first is None else f"{run.first:.1f} s"
    return f"{run.league} {run.solver}: first {first}, cost {run.cost}, bound {run.bound}"


def _write(runs: list[Run], told: list[Told], folder: Path) -> None:
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(page(runs, told))
    (images / "bench-cost.svg").write_text(over_time(runs))
    (images / "bench-teams.svg").write_text(over_teams(runs))


if __name__ == "__main__":
    main()
