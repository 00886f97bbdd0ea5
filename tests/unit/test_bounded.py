"""What hostile texts cost: small ones that would become gigabytes of objects or of faults."""

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from matchday_api.faults import MAX_LINE, InvalidInput
from matchday_api.read import load_yaml, read_league, read_schedule
from tests.builders import division, league_document

MEBIBYTES = 300
"""Most memory of a process that reads one of them; the interpreter and the models take 40."""

READ = """
import sys
from pathlib import Path
from matchday_api.faults import InvalidInput
from matchday_api.read import load_yaml, read_league, read_schedule
text = sys.stdin.buffer.read()
try:
    read_schedule(text) if sys.argv[1] == "schedule" else read_league(load_yaml(text))
except InvalidInput as error:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(int(status["VmHWM"].split()[0]) // 1024)
"""


def leagues() -> dict[str, dict[str, Any]]:
    """Leagues of about a megabyte with very many faults or values."""
    teams = [{"name": f"T{n}", "division": "U10"} for n in range(5000)]
    return {
        "teams": {**league_document(), "teams": [{}] * 340_000},
        "locked games": {**league_document(), "teams": teams, "lockedGames": [{}] * 40_000},
        "unknown keys": {**league_document(), **{f"k{n}": 1 for n in range(90_000)}},
        "empty lists": {**league_document(), "x": [[]] * 480_000},
        "a long key": {**league_document(), "k" * 15_000_000: 1},
        "a long choice": league_document(divisions=[division(playAt="a" * 15_000_000)]),
        "a long start": league_document(
            slots=[{"days": ["Mon"], "starts": ["\U0001f600" * 3_900_000]}]
        ),
    }


def peak(kind: str, text: str) -> int:
    """Mebibytes of a process that refuses a text."""
    command = [sys.executable, "-c", READ, kind]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=120)
    return int(run.stdout)


@pytest.mark.parametrize("name", leagues())
def test_a_small_text_with_very_many_faults_takes_little_memory(name: str) -> None:
    text = json.dumps(leagues()[name], separators=(",", ":"), ensure_ascii=False)
    assert peak("league", text) < MEBIBYTES


@pytest.mark.parametrize("games", [[{}] * 40_000, [[]] * 490_000, [{}] * 400_000])
def test_so_does_a_schedule(games: list[Any]) -> None:
    assert peak("schedule", json.dumps({"games": games}, separators=(",", ":"))) < MEBIBYTES


def test_so_does_a_schedule_of_a_very_long_kind() -> None:
    assert peak("schedule", json.dumps({"kind": "a" * 23_000_000, "games": []})) < MEBIBYTES


def test_a_fault_is_told_in_a_short_line() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_league({**league_document(), "k" * 100_000: "v" * 100_000})
    assert all(len(line) <= MAX_LINE for line in refused.value.lines())


def test_very_many_starts_that_the_league_lacks_take_no_time() -> None:
    times = [f"{n // 60:02d}:{n % 60:02d}" for n in range(0, 1440, 5)]
    others = [f"{n // 60:02d}:{n % 60:02d}" for n in range(1, 1440, 5)]
    document = league_document(
        slots=[{"days": ["Mon"], "starts": times} for _ in range(100)],
        venues=[{"name": f"Gym {n}", "starts": others} for n in range(500)],
    )
    begun = time.process_time()
    with pytest.raises(InvalidInput):
        read_league(document)
    assert time.process_time() - begun < 20


def test_a_list_that_is_too_long_is_told_alone() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_league({**league_document(), "teams": [{}] * 5001})
    assert refused.value.lines() == ["teams: must have at most 5000 entries, not 5001"]


def test_a_list_inside_an_entry_is_bounded_too() -> None:
    document = league_document()
    document["teams"][1]["coaches"] = ["C"] * 21
    with pytest.raises(InvalidInput) as refused:
        read_league(document)
    assert refused.value.lines() == ["teams[1].coaches: must have at most 20 entries, not 21"]


def test_of_very_many_faults_the_first_are_told_and_the_rest_is_counted() -> None:
    teams = [{"name": f"T{n}", "division": "U10"} for n in range(1000)]
    with pytest.raises(InvalidInput) as refused:
        read_league({**league_document(), "teams": teams + [{}] * 3000})
    lines = refused.value.lines()
    assert lines[:2] == ["teams[1000].name: is missing", "teams[1000].division: is missing"]
    assert lines[-1] == "and 5900 more faults"


def test_a_number_with_thousands_of_digits_is_told() -> None:
    with pytest.raises(InvalidInput, match="a number that cannot be read"):
        load_yaml('{"gameMinutes": ' + "9" * 5000 + "}")


def test_a_schedule_with_very_many_faults_is_no_schedule() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_schedule(json.dumps({"games": [{}] * 1000}).encode())
    assert refused.value.lines()[0] == "is not the content of a schedule.json"
