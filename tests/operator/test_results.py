"""Nothing that a Schedule claims is believed without a check."""

import base64
import gzip
from typing import Any

import pytest

from matchday_api.schedule import SolverStatus
from matchday_api.status import Quality
from matchday_operator.decide.model import Damaged, Saved, Unsaved
from matchday_operator.inputs.parse import Parsed, parse
from matchday_operator.results import outcome
from tests.operator.builders import body
from tests.operator.schedules import schedule, status


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    """The small league's problem."""
    return parse(body(), None, None)


def read(parsed: Parsed, found: dict[str, Any]) -> object:
    """What a Schedule with a status holds."""
    saved = {"metadata": {"name": parsed.name}, "status": found}
    return outcome(saved, parsed.digest, parsed.packed)


def test_a_good_schedule_gives_its_numbers(parsed: Parsed) -> None:
    found = read(parsed, status(schedule(parsed.digest)))
    assert isinstance(found, Saved)
    assert (found.final, found.faults) == (True, ())
    assert (found.result.games, found.result.unplaced, found.result.violations) == (3, 0, 0)
    assert (found.result.quality, found.result.solver_seconds) == (Quality.OPTIMAL, 1.5)


@pytest.mark.parametrize(
    ("bound", "gap", "limit", "quality"),
    [
        (0, 0.0, 0.0, Quality.OPTIMAL),
        (-1, 0.05, 0.1, Quality.GAP_REACHED),
        (-1, 0.05, 0.01, Quality.TIME_LIMIT),
        (None, None, 0.1, Quality.TIME_LIMIT),
    ],
)
def test_the_quality_follows_from_what_is_proven(
    bound: int | None, gap: float | None, limit: float, quality: Quality
) -> None:
    problem = parse(body({"solver": {"gapLimit": limit}}), None, None)
    made = schedule(problem.digest)
    proven = None if bound is None else made.objective.total + bound
    objective = made.objective.model_copy(update={"bound": proven, "gap": gap})
    solver = made.solver.model_copy(update={"status": SolverStatus.FEASIBLE})
    changed = made.model_copy(update={"objective": objective, "solver": solver})
    found = read(problem, status(changed))
    assert isinstance(found, Saved)
    assert found.result.quality == quality


def test_a_checkpoint_is_not_final(parsed: Parsed) -> None:
    found = read(parsed, status(schedule(parsed.digest), final=False))
    assert isinstance(found, Saved)
    assert not found.final


def test_missing_games_are_counted(parsed: Parsed) -> None:
    found = read(parsed, status(schedule(parsed.digest, missing=1)))
    assert isinstance(found, Saved)
    assert (found.result.games, found.result.unplaced, found.result.gap) == (2, 1, None)


def test_two_games_on_one_court_are_found(parsed: Parsed) -> None:
    found = read(parsed, status(schedule(parsed.digest, clash=True)))
    assert isinstance(found, Saved)
    assert found.faults
    assert found.result.violations > 0


def test_games_that_are_missing_and_not_reported_are_found(parsed: Parsed) -> None:
    silent = schedule(parsed.digest, missing=1).model_copy(update={"unplaced": ()})
    found = read(parsed, status(silent))
    assert isinstance(found, Saved)
    assert found.faults


def test_a_cost_that_is_not_true_is_found(parsed: Parsed) -> None:
    saved = schedule(parsed.digest)
    cheap = saved.objective.model_copy(update={"total": saved.objective.total - 1})
    found = read(parsed, status(saved.model_copy(update={"objective": cheap})))
    assert isinstance(found, Saved)
    assert "cost" in found.faults[0]


def test_a_schedule_that_is_not_there_is_unsaved(parsed: Parsed) -> None:
    assert outcome(None, parsed.digest, parsed.packed) == Unsaved(exists=False)
    assert read(parsed, {"writer": "pod"}) == Unsaved()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"sha256": "0" * 64}, "checksum"),
        ({"compressed": "%%%"}, "content"),
        ({"compressed": base64.b64encode(b"plain").decode()}, "gzip"),
        ({"compressed": base64.b64encode(gzip.compress(b"x" * 100)[:-4]).decode()}, "content"),
    ],
)
def test_damage_is_told(parsed: Parsed, change: dict[str, str], why: str) -> None:
    found = read(parsed, status(schedule(parsed.digest)) | change)
    assert isinstance(found, Damaged)
    assert why in found.message


def test_the_schedule_of_another_input_is_damage(parsed: Parsed) -> None:
    found = read(parsed, status(schedule("sha256:" + "f" * 64)))
    assert isinstance(found, Damaged)
    assert "another input" in found.message


def test_a_bomb_is_not_unpacked(parsed: Parsed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchday_operator.results.MAX_SCHEDULE_BYTES", 100)
    found = read(parsed, status(schedule(parsed.digest)))
    assert isinstance(found, Damaged)
    assert "larger than 100 bytes" in found.message


def test_without_its_problem_nothing_can_be_checked(parsed: Parsed) -> None:
    saved = {"metadata": {"name": "x"}, "status": status(schedule(parsed.digest))}
    assert isinstance(outcome(saved, parsed.digest, b""), Damaged)
