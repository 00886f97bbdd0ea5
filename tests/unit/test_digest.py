"""Digests change with what decides about a schedule, and with nothing else."""

from typing import Any

import pytest

from matchday_api.digest import input_digest, object_name, schedule_digest
from matchday_api.problem import EarlierSchedule, Problem, gunzip_bounded, unpack_problem
from matchday_api.request import Completeness
from matchday_api.schedule import RequestReference
from tests.builders import game, league


def problem(**changed: Any) -> Problem:
    """A small problem."""
    return Problem.model_validate({"league": league()} | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"league": league("ABCDE")},
        {"league": league(rules={"travelMinutes": 5})},
        {"completeness": Completeness.BEST_EFFORT},
        {"earlier": EarlierSchedule(games=(game("A-B"),))},
        {"time_limit_seconds": 30},
        {"gap_limit": 0.5},
        {"seed": 1},
        {"workers": 2},
    ],
)
def test_the_digest_changes_with_the_problem(changed: dict[str, Any]) -> None:
    assert input_digest(problem(**changed)) != input_digest(problem())


def test_the_digest_changes_with_the_token_to_regenerate() -> None:
    assert len({input_digest(problem(), token) for token in ("", "1", "2")}) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"league": league(rules={"travelMinutes": 0}, preferences={"clubDays": 100})},
        {"league": league(slots=[{"days": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
                                  "starts": [f"{hour}:00" for hour in range(9, 20)]}])},
        {"seed": 0, "time_limit_seconds": 600.0},
        {"request": RequestReference(name="winter", uid="1")},
    ],
)  # fmt: skip
def test_defaults_spelling_and_the_request_do_not_count(changed: dict[str, Any]) -> None:
    assert input_digest(problem(**changed)) == input_digest(problem())


def test_the_digest_survives_the_snapshot() -> None:
    packed = problem(seed=3).pack()
    assert packed == problem(seed=3).pack()
    assert input_digest(unpack_problem(packed)) == input_digest(problem(seed=3))


def test_a_snapshot_that_grows_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than 10 bytes"):
        gunzip_bounded(problem().pack(), 10)
    with pytest.raises(ValueError, match="is not gzip"):
        gunzip_bounded(b"text", 10)


def test_names_of_objects_follow_uid_and_digest() -> None:
    name = object_name("winter", "uid-1", "sha256:aa")
    assert name == object_name("winter", "uid-1", "sha256:aa")
    assert name not in {
        object_name("winter", "uid-2", "sha256:aa"),
        object_name("winter", "uid-1", "sha256:bb"),
    }


def test_names_of_objects_leave_room_for_those_of_pods() -> None:
    assert len(object_name("n" * 48, "uid", "sha256:aa")) == 57


def test_the_digest_of_a_schedule_is_of_its_bytes() -> None:
    assert schedule_digest(b"{}") != schedule_digest(b"{ }")
    assert len(schedule_digest(b"{}")) == 64
