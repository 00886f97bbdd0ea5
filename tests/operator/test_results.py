"""Nothing that a Schedule claims is believed without a check."""

import base64
import gzip
import re
from typing import Any

import pytest

from matchday_api.problem import unpack_problem
from matchday_api.schedule import SolverStatus
from matchday_api.status import Quality
from matchday_operator.decide.model import Damaged, Saved, Unsaved
from matchday_operator.inputs.parse import Parsed, parse
from matchday_operator.results import outcome
from tests.operator.builders import body
from tests.operator.schedules import CLUB, packed, schedule, status


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
        (1.0, 0.0, 0.0, Quality.OPTIMAL),
        (0.5, 0.5, 0.6, Quality.GAP_REACHED),
        (0.5, 0.5, 0.4, Quality.TIME_LIMIT),
        (None, None, 0.1, Quality.TIME_LIMIT),
    ],
)
def test_the_quality_follows_from_what_is_proven(
    bound: float | None, gap: float | None, limit: float, quality: Quality
) -> None:
    problem = parse(body({"league": CLUB, "solver": {"gapLimit": limit}}), None, None)
    made = schedule(problem.digest, league=CLUB)
    assert made.objective.total > 0
    proven = None if bound is None else round(made.objective.total * bound)
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
    dear = saved.objective.model_copy(update={"total": saved.objective.total + 1})
    found = read(parsed, status(saved.model_copy(update={"objective": dear})))
    assert isinstance(found, Saved)
    assert "cost" in found.faults[0]


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        ({"bound": 2**70}, "at most"),
        ({"bound": -(2**70)}, "at least"),
        ({"total": 2**70}, "at most"),
        ({"bound": 1_000_000, "gap": -1.0}, "above its cost"),
        ({"gap": 0.3}, "its gap"),
        ({"gap": None}, "its gap"),
        ({"bound": None}, "its gap"),
        ({"bound": 0}, "its gap"),
    ],
)
def test_a_proof_that_cannot_be_true_is_damage(proof: dict[str, Any], why: str) -> None:
    problem = parse(body({"league": CLUB}), None, None)
    saved = schedule(problem.digest, league=CLUB)
    forged = saved.objective.model_copy(update=proof)
    found = read(problem, status(saved.model_copy(update={"objective": forged})))
    assert isinstance(found, Damaged)
    assert why in found.message


@pytest.mark.parametrize("number", ["-1.0", "1e300", "Infinity", "NaN"])
def test_a_solving_time_that_is_none_is_damage(parsed: Parsed, number: str) -> None:
    text = schedule(parsed.digest).to_text().replace('"seconds": 1.5', f'"seconds": {number}')
    found = read(parsed, packed(text.encode()))
    assert isinstance(found, Damaged)


@pytest.mark.parametrize("number", ["1e999", "Infinity", "NaN"])
def test_a_gap_that_no_status_can_hold_is_damage_whatever_the_cost(
    parsed: Parsed, number: str
) -> None:
    text = schedule(parsed.digest).to_text()
    text = re.sub(r'"gap": [^,]+,', f'"gap": {number},', text)
    text = re.sub(r'"total": [0-9]+,', '"total": 77,', text)
    assert isinstance(read(parsed, packed(text.encode())), Damaged)


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


def test_an_input_that_was_exchanged_is_not_what_was_asked_for(parsed: Parsed) -> None:
    other = parse(body({"league": CLUB}), None, None)
    saved = {
        "metadata": {"name": parsed.name},
        "status": status(schedule(parsed.digest, league=CLUB)),
    }
    found = outcome(saved, parsed.digest, other.packed)
    assert isinstance(found, Damaged)
    assert "its ConfigMap was exchanged" in found.message


def test_an_input_is_recognised_with_the_threads_that_an_earlier_version_told(
    parsed: Parsed,
) -> None:
    told = unpack_problem(parsed.packed).model_copy(update={"workers": 2}).pack()
    saved = {"metadata": {"name": parsed.name}, "status": status(schedule(parsed.digest))}
    assert isinstance(outcome(saved, parsed.digest, told), Saved)


def test_an_input_counts_with_the_annotation_that_asked_for_it() -> None:
    again = parse(body(annotations={"matchday.dev/regenerate": "1"}), None, None)
    saved = {"metadata": {"name": again.name}, "status": status(schedule(again.digest))}
    assert isinstance(outcome(saved, again.digest, again.packed, "1"), Saved)
    assert isinstance(outcome(saved, again.digest, again.packed), Damaged)


def test_without_its_problem_nothing_can_be_checked(parsed: Parsed) -> None:
    saved = {"metadata": {"name": "x"}, "status": status(schedule(parsed.digest))}
    assert isinstance(outcome(saved, parsed.digest, b""), Damaged)
