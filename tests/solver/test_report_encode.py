"""A schedule as the status of its object."""

import base64
import gzip
import hashlib
import random
import string
from datetime import UTC, datetime

import pytest

from matchday_api.schedule import Game, ScheduleFile
from matchday_api.status import Quality
from matchday_solver.report.encode import TooLargeError, checkpoint, final
from tests.solver.report_builders import a_schedule

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def unpacked(compressed: str | None) -> bytes:
    """The text of a compressed status."""
    return gzip.decompress(base64.b64decode(compressed or ""))


def noisy(games: int) -> ScheduleFile:
    """A schedule whose names hardly compress."""
    chance = random.Random(1)
    schedule = a_schedule()

    def named() -> Game:
        letters = string.ascii_letters + string.digits
        names = {key: "".join(chance.choices(letters, k=100)) for key in ("home", "away", "venue")}
        return schedule.games[0].model_copy(update=names)

    return schedule.model_copy(update={"games": tuple(named() for _ in range(games))})


def test_a_checkpoint_gives_back_the_exact_text() -> None:
    schedule = a_schedule(total=7)
    status = checkpoint(schedule, "pod", NOW)
    assert unpacked(status.compressed).decode() == schedule.to_text()


def test_the_checksum_is_of_the_exact_text() -> None:
    schedule = a_schedule(total=7)
    expected = hashlib.sha256(schedule.to_text().encode()).hexdigest()
    assert checkpoint(schedule, "pod", NOW).sha256 == expected


def test_a_checkpoint_has_no_plain_games_and_is_not_final() -> None:
    status = checkpoint(a_schedule(), "pod", NOW)
    assert (status.games, status.final, status.quality) == (None, False, None)


def test_a_final_schedule_has_plain_games_and_the_compressed_text() -> None:
    schedule = a_schedule(games=3)
    status = final(schedule, "pod", NOW, Quality.OPTIMAL)
    assert status.games == schedule.games
    assert unpacked(status.compressed).decode() == schedule.to_text()


def test_a_final_schedule_carries_its_quality() -> None:
    status = final(a_schedule(), "pod", NOW, Quality.GAP_REACHED)
    assert (status.final, status.quality) == (True, Quality.GAP_REACHED)


def test_games_above_600_kb_are_given_compressed_only() -> None:
    status = final(a_schedule(games=5000), "pod", NOW, Quality.OPTIMAL)
    assert status.games is None
    assert status.compressed


def test_plain_games_are_left_out_where_both_forms_take_more_than_900_kb() -> None:
    status = final(noisy(1250), "pod", NOW, Quality.OPTIMAL)
    assert status.games is None
    assert status.compressed


def test_a_schedule_that_fits_into_no_object_is_refused_with_advice() -> None:
    with pytest.raises(TooLargeError, match=r"8000 games .* 1,400,000: split the league"):
        checkpoint(noisy(8000), "pod", NOW)


def test_unplaced_games_are_summed() -> None:
    assert checkpoint(a_schedule(missing=3), "pod", NOW).unplaced == 3


def test_a_game_that_two_teams_lack_counts_once() -> None:
    """Each of them has an entry of its own in the schedule."""
    schedule = a_schedule(missing=1)
    (entry,) = schedule.unplaced
    twice = schedule.model_copy(update={"unplaced": (entry, entry)})
    assert checkpoint(twice, "pod", NOW).unplaced == 1
