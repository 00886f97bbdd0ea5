"""The memory that a search needs is told before it begins, and compared with what there is."""

from pathlib import Path

import pytest

from matchday_api.problem import Problem
from matchday_solver.bounds.season import lacking
from matchday_solver.bounds.whole_league import fits_one_model
from matchday_solver.build import build
from matchday_solver.choice.feasible import ROW_SECONDS, is_built, is_feasible
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Budget
from matchday_solver.instance import Instance
from matchday_solver.lint.reach import Capacity
from matchday_solver.outcome import Ending
from matchday_solver.size import (
    FEW_WINDOWS,
    ROW_BYTES,
    UNLIMITED,
    WINDOW_BYTES,
    further_windows,
    memory_limit,
    needed_bytes,
    refusal,
    room,
    rows_with_room,
)
from tests.builders import division, league
from tests.solver.solving import problem, solved

MEBI = 1 << 20
SECONDS = 60.0


def instance(teams: int, **changed: int) -> Instance:
    """A league with so many teams in divisions of at most 50."""
    names = [{"name": f"T{n}", "division": f"D{n // 50}"} for n in range(teams)]
    divisions = [division(f"D{n}", **changed) for n in range(-(-teams // 50))]
    return build(Problem(league=league(names, divisions=divisions)))


def test_more_teams_and_more_workers_need_more() -> None:
    small, large = instance(50), instance(1000)
    assert needed_bytes(small) < needed_bytes(large) < needed_bytes(large, 2)


def test_two_thousand_teams_fit_into_two_gibibytes_and_a_thousand_into_one() -> None:
    assert needed_bytes(instance(1000), 2) < 1024 * MEBI
    assert needed_bytes(instance(2000), 2) < 2048 * MEBI


def test_a_league_that_fits_is_not_refused() -> None:
    assert refusal(instance(50), 2, 1024 * MEBI) == ""
    assert refusal(instance(50), 2, None) == ""


def test_a_refusal_says_what_is_needed_what_there_is_and_what_to_do() -> None:
    told = refusal(instance(1000), 2, 100 * MEBI)
    assert "but there are 100Mi: set spec.solver.resources.limits.memory to" in told
    assert told.startswith("The search needs about ")


def test_a_solve_beyond_the_limit_ends_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchday_solver.solve.memory_limit", lambda: MEBI)
    outcome = solved(problem())
    assert (outcome.ending, outcome.schedule) == (Ending.OUT_OF_MEMORY, None)
    assert "limits.memory" in outcome.message


def machine(root: Path, *, own: str = "0::/", available: int = 8000, **limits: str) -> Path:
    """A file system that tells of memory: limits by cgroup folder, `_` for the root."""
    files = {
        "proc/self/cgroup": f"{own}\n",
        "proc/self/status": "VmRSS:\t 1000 kB\n",
        "proc/meminfo": f"MemTotal: 9000 kB\nMemAvailable: {available} kB\n",
    }
    for name, value in limits.items():
        folder = name.strip("_").replace("_", "/")
        files[f"sys/fs/cgroup/{folder}/memory.max"] = f"{value}\n"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_the_own_cgroups_limit_counts(tmp_path: Path) -> None:
    assert memory_limit(machine(tmp_path, _="4096")) == 4096


def test_the_limit_of_a_cgroup_above_counts_too(tmp_path: Path) -> None:
    root = machine(tmp_path, own="0::/pods/one", pods="2048", pods_one="max")
    assert memory_limit(root) == 2048


def test_what_the_machine_has_left_counts_with_what_is_taken_already(tmp_path: Path) -> None:
    assert memory_limit(machine(tmp_path, _="max")) == 9000 * 1024


def test_without_any_knowledge_there_is_no_limit(tmp_path: Path) -> None:
    assert memory_limit(tmp_path) is None


def test_the_limit_of_the_first_version_of_cgroups_counts(tmp_path: Path) -> None:
    root = machine(tmp_path)
    (root / "sys/fs/cgroup/memory").mkdir(parents=True)
    (root / "sys/fs/cgroup/memory/memory.limit_in_bytes").write_text("1024\n")
    assert memory_limit(root) == 1024


def test_room_is_what_the_limit_leaves_beside_what_is_taken(tmp_path: Path) -> None:
    root = machine(tmp_path, _=f"{3 * MEBI}")
    assert room(root) == 3 * MEBI - 1000 * 1024


def test_there_is_no_room_beyond_the_limit(tmp_path: Path) -> None:
    assert room(machine(tmp_path, _="4096")) == 0


def test_without_any_knowledge_there_is_room(tmp_path: Path) -> None:
    assert room(tmp_path) == UNLIMITED


def test_no_model_is_built_that_memory_does_not_suffice_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = instance(10)
    demand = Demand.whole(few)
    assert is_feasible(few, demand, SECONDS, 1) is True
    monkeypatch.setattr("matchday_solver.size.room", lambda: MEBI)
    assert is_feasible(few, demand, SECONDS, 1) is None


def long_windows(rules: int) -> Instance:
    """Five games a team in 200 days, and so many rules about 101 days."""
    season = {"start": "2026-01-01", "end": "2026-07-19"}
    rule = {"days": 101, "games": 4}
    return build(problem("ABCDEF", season=season, rules={"maxGames": [rule] * rules}))


def test_windows_of_both_teams_count_beyond_a_few() -> None:
    """Each of 100 windows of 101 dates among 200: 50.5 a date and team."""
    assert further_windows(long_windows(1)) == 2 * 50.5 - FEW_WINDOWS
    assert further_windows(long_windows(0)) == 0


def test_long_windows_take_memory_of_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchday_solver.size.room", lambda: 1000 * ROW_BYTES)
    rows = rows_with_room(long_windows(0), 1)
    assert rows == 1000
    assert rows_with_room(long_windows(20), 1) == ROW_BYTES * rows // (
        ROW_BYTES + 1970 * WINDOW_BYTES
    )


def test_long_windows_take_time_of_a_model() -> None:
    rows, budget = 1000, Budget(1000 * ROW_SECONDS)
    assert is_built(long_windows(0), rows - 10, budget)
    assert not is_built(long_windows(20), rows - 10, budget)


def test_windows_that_memory_does_not_suffice_for_are_not_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = (Capacity(i, Demand.whole(i)) for i in map(long_windows, (0, 20)))
    monkeypatch.setattr("matchday_solver.bounds.season.room", lambda: 8_000_000)
    listed: list[object] = []

    def listing(*programme: object) -> int:
        listed.append(programme)
        return 0

    monkeypatch.setattr("matchday_solver.bounds.season.least_cost", listing)
    lacking(many, SECONDS)
    assert not listed
    lacking(few, SECONDS)
    assert listed


def test_nothing_is_counted_that_memory_does_not_suffice_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_date = {"start": "2026-01-05", "end": "2026-01-05"}
    short = build(problem("ABCD", season=one_date))
    capacity = Capacity(short, Demand.whole(short))
    assert lacking(capacity, SECONDS) > 0
    monkeypatch.setattr("matchday_solver.bounds.season.room", lambda: 0)
    assert lacking(capacity, SECONDS) == 0


def test_no_league_is_made_one_model_that_the_time_does_not_suffice_to_build() -> None:
    few = instance(10)
    assert fits_one_model(few, SECONDS)
    assert not fits_one_model(few, 1e-3)
