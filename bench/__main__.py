"""Measure the solver beside its peers: ``python -m bench``; see ``--help``."""

import argparse
from pathlib import Path

from bench.families import families, league
from bench.measure import Run, measure
from bench.page import page
from bench.plot import over_teams, over_time

SOLVERS = ("matchday", "one model")
MOST_TEAMS_OF_ONE_MODEL = 60
"""Beyond, one model has millions of candidate games: it fits into no usual memory."""
DOCS = Path(__file__).parent.parent / "docs"


def main() -> None:
    """Run what is asked for, write the page and its plots."""
    options = _parser().parse_args()
    runs = []
    for name in options.only or families():
        family = families()[name]
        for solver in options.solvers:
            if solver == "one model" and family.teams > MOST_TEAMS_OF_ONE_MODEL:
                continue
            run = measure(name, league(family), solver, options.seconds, options.workers)
            print(_line(run), flush=True)
            runs.append(run)
    _write(runs, options.to)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = ", ".join(families())
    parser.add_argument("only", nargs="*", help=f"leagues to measure, else all: {names}")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of each run")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    parser.add_argument("--to", type=Path, default=DOCS, help="folder of bench.md and its plots")
    return parser


def _line(run: Run) -> str:
    first = "none" if run.first is None else f"{run.first:.1f} s"
    return f"{run.league} {run.solver}: first {first}, cost {run.cost}, bound {run.bound}"


def _write(runs: list[Run], folder: Path) -> None:
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(page(runs))
    (images / "bench-cost.svg").write_text(over_time(runs))
    (images / "bench-teams.svg").write_text(over_teams(runs))


if __name__ == "__main__":
    main()
