"""Files, gzip, requests and leagues: what is read, and how faults are told."""

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from matchday_api import read
from matchday_api.faults import InvalidInput
from matchday_api.read import read_input, read_league, read_schedule, read_spec
from matchday_api.request import Completeness
from matchday_api.schedule import Objective, ScheduleFile, SolverInfo, SolverStatus, Validation
from tests.builders import division, game, league_document

EXAMPLES = Path(__file__).parents[2] / "examples"


def request(**spec: Any) -> dict[str, Any]:
    """A ScheduleRequest."""
    return {
        "apiVersion": "matchday.dev/v1alpha1",
        "kind": "ScheduleRequest",
        "metadata": {"name": "winter"},
        "spec": spec,
    }


def text(document: Any) -> bytes:
    """A document as a file."""
    return json.dumps(document).encode()


def faults(document: Any) -> dict[str, str]:
    """Messages of a file's faults by their paths."""
    with pytest.raises(InvalidInput) as refused:
        read_input(text(document))
    return {fault.path: fault.message for fault in refused.value.faults}


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_is_valid(path: Path) -> None:
    read_input(path.read_bytes())


def test_a_bare_league_gets_the_defaults_of_a_request() -> None:
    spec = read_input(text(league_document()))
    assert spec.league is not None
    assert (spec.solver.time_limit_seconds, spec.completeness) == (600, Completeness.REQUIRED)


def test_a_request_is_read_with_its_settings() -> None:
    spec = read_input(text(request(league=league_document(), solver={"seed": 7})))
    assert spec.solver.seed == 7


def test_gzip_is_read() -> None:
    assert read_input(gzip.compress(text(league_document()))).league is not None


def test_the_completeness_asked_for_replaces_that_of_the_file() -> None:
    odd = league_document("ABC", divisions=[division(gamesPerTeam=3)])
    assert "divisions[0].gamesPerTeam" in faults(odd)
    for document in (odd, request(league=odd)):
        spec = read_input(text(document), Completeness.BEST_EFFORT)
        assert spec.completeness is Completeness.BEST_EFFORT


def test_times_may_leave_the_first_zero_out() -> None:
    slots = [{"days": ["Sat"], "starts": ["9:00"]}]
    assert read_league(league_document(slots=slots)).slots[0].starts == ("09:00",)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x1f\x8b broken", b"", b"text", b"[1]"])
def test_what_is_no_league_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_input(data)


@pytest.mark.parametrize("data", [b"", b"\n", b"# nothing yet\n", b"null"])
def test_a_file_without_content_is_told(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"^has no content$"):
        read_input(data)


def test_a_schedule_in_the_place_of_a_league_is_told() -> None:
    told = {"": "is a schedule; a league is wanted here"}
    assert faults({"kind": "Schedule", "games": []}) == told


def test_a_bare_league_within_a_key_is_told_where_it_belongs() -> None:
    with pytest.raises(InvalidInput, match=r"^league: a bare league has its keys"):
        read_input(json.dumps({"league": league_document()}).encode())


def test_a_whole_request_where_a_league_is_wanted_is_told() -> None:
    with pytest.raises(InvalidInput, match=r"^spec: a league alone is wanted here"):
        read_league(request(league=league_document()))


def test_misspelt_fields_of_a_request_are_told() -> None:
    document = request(league=league_document())
    document["metdata"] = document.pop("metadata")
    assert faults(document)["metdata"].startswith("is no field of a request; these are apiVersion")


def test_a_file_that_is_no_json_is_no_schedule() -> None:
    with pytest.raises(InvalidInput, match="is not the content of a schedule"):
        read_schedule(b"season: {start: 2026-01-05}")


def test_gzip_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_INPUT_BYTES", 2 << 20)
    with pytest.raises(InvalidInput, match="larger than 2 MiB"):
        read_input(gzip.compress(b" " * ((2 << 20) + 1)))


def test_another_kind_is_refused() -> None:
    wrong = request(league=league_document()) | {"kind": "Deployment"}
    assert 'must be "ScheduleRequest"' in faults(wrong)["kind"]


def test_paths_of_a_request_begin_with_spec() -> None:
    document = league_document()
    document["teams"][1]["division"] = "U21"
    assert "spec.league.teams[1].division" in faults(request(league=document))


def test_all_faults_are_told_at_once() -> None:
    document = league_document()
    document["teams"][0]["tear"] = 3
    document["teams"][1]["division"] = "U21"
    document["venues"][0]["closedDates"] = ["2026-02-30", "2026-01-10"]
    document["gameMinutes"] = "60"
    document["rivals"] = [["A", "Nobody"]]
    assert faults(document).keys() == {
        "teams[0].tear",
        "teams[1].division",
        "venues[0].closedDates[0]",
        "gameMinutes",
        "rivals[0][1]",
    }


@pytest.mark.parametrize(
    ("changed", "path", "words"),
    [
        ({"gameMinutes": "60"}, "gameMinutes", 'must be a whole number, not "60"'),
        ({"gameMinutes": True}, "gameMinutes", "must be a whole number, not true"),
        ({"gameMinutes": 1}, "gameMinutes", "must be at least 5, not 1"),
        ({"game_minutes": 60}, "game_minutes", 'did you mean "gameMinutes"?'),
        ({"venues": []}, "venues", "must have at least 1 entry"),
        ({"venues": {}}, "venues", "must be a list, not a map"),
        ({"season": None}, "season", "must be a map, not nothing"),
        ({"season": {"start": "2026-01-05"}}, "season.end", "is missing"),
        ({"season": {"start": "2026-1-5", "end": "2026-02-28"}}, "season.start", "YYYY-MM-DD"),
        ({"season": {"start": "2026-02-30", "end": "2026-03-28"}}, "season.start", "is no date"),
        ({"rivals": [["A", "B", "C"]]}, "rivals[0]", "at most 2 entries"),
        ({"rivals": [["A", 7]]}, "rivals[0][1]", "put quotes around it"),
        ({"rules": {"sameClubMeets": "no"}}, "rules.sameClubMeets", "must be true or false"),
        (
            {"slots": [{"days": ["Sta"], "starts": ["09:00"]}]},
            "slots[0].days[0]",
            'did you mean "Sat"?',
        ),
        ({"slots": [{"days": ["Sat"], "starts": ["24:00"]}]}, "slots[0].starts[0]", "HH:MM"),
        ({"slots": [{"days": ["Sat"], "starts": [900]}]}, "slots[0].starts[0]", "not 900"),
        ({"clubs": [{"name": " x"}]}, "clubs[0].name", "without spaces around it"),
        ({"clubs": [{"name": "a\nb"}]}, "clubs[0].name", "one line"),
        ({"clubs": [{"name": "x" * 101}]}, "clubs[0].name", "at most 100 characters"),
        ({"clubs": [{"name": ""}]}, "clubs[0].name", "at least 1 character"),
    ],
)
def test_a_fault_of_the_model_says_what_would_be_right(
    changed: dict[str, Any], path: str, words: str
) -> None:
    assert words in faults(league_document() | changed)[path]


@pytest.mark.parametrize("value", ["007", "1e3", "Yes", "on"])
def test_an_unquoted_name_that_is_none_gets_the_advice_to_quote_it(value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_input(f"clubs: [{{name: {value}}}]".encode())
    told = {fault.path: fault.message for fault in refused.value.faults}
    assert "put quotes around it" in told["clubs[0].name"]


def test_long_lists_of_faults_end_with_their_number() -> None:
    clubs = [{"name": f"C{n}", "colour": "red"} for n in range(150)]
    with pytest.raises(InvalidInput) as refused:
        read_league(league_document(clubs=clubs))
    assert (len(refused.value.faults), refused.value.more) == (100, 50)
    assert str(refused.value).endswith("and 50 more faults")


def test_hostile_values_are_told_on_one_short_line() -> None:
    told = faults(league_document() | {"gameMinutes": "\n\x1b[31m" + "x" * 10_000})["gameMinutes"]
    assert len(told) < 200
    assert told.isprintable()


def test_a_spec_may_lack_its_league() -> None:
    spec = read_spec({"leagueFrom": {"configMapKeyRef": {"name": "winter"}}})
    assert spec.league is None


def test_a_league_of_2000_teams_is_read_in_a_second_of_cpu() -> None:
    teams = [{"name": f"Team {n}", "coaches": [f"Coach {n}"], "tier": 1} for n in range(2000)]
    divisions = [division(f"D{n}", gamesPerTeam=8) for n in range(40)]
    for n, team in enumerate(teams):
        team["division"] = f"D{n % 40}"
    import yaml

    data = yaml.safe_dump(league_document(teams, divisions=divisions)).encode()
    started = time.process_time()
    read_input(data)
    assert time.process_time() - started < 1


def test_a_written_schedule_is_read_back() -> None:
    schedule = ScheduleFile(
        games=(game("A-B", "2026-01-10", "23:00"),),
        objective=Objective(total=3, bound=None, gap=None, terms={"rivals": 1}),
        validation=Validation(valid=True),
        solver=SolverInfo(status=SolverStatus.FEASIBLE, seconds=1.5, version="0"),
    )
    written = schedule.to_text().encode()
    assert read_schedule(written) == read_schedule(gzip.compress(written)) == schedule


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"games": [game("A-B", "9999-12-31").model_dump(mode="json")]}, "games[0].date"),
        ({"objective": {"total": 10**16, "bound": None, "gap": None, "terms": {}}},
         "objective.total"),
        ({"objective": {"total": 0, "bound": None, "gap": None, "terms": {"rivals": 10**16}}},
         "objective.terms.rivals"),
    ],
)  # fmt: skip
def test_a_schedule_with_numbers_or_dates_beyond_all_use_is_refused(
    changed: dict[str, Any], path: str
) -> None:
    fields: dict[str, Any] = {
        "games": [],
        "objective": {"total": 0, "bound": None, "gap": None, "terms": {}},
        "validation": {"valid": True},
        "solver": {"status": "FEASIBLE", "seconds": 1.5, "version": "0"},
    }
    with pytest.raises(InvalidInput) as refused:
        read_schedule(text(fields | changed))
    assert [fault.path for fault in refused.value.faults] == [path]


@pytest.mark.parametrize(
    "changed", [{"court": 0}, {"start": "9 o'clock"}, {"end": "25:00"}, {"date": 5}, {"x": 1}]
)
def test_a_schedule_with_an_impossible_game_is_refused(changed: dict[str, Any]) -> None:
    fields = game("A-B").model_dump(mode="json", by_alias=True) | changed
    with pytest.raises(InvalidInput) as refused:
        read_schedule(text({"games": [fields]}))
    assert f"games[0].{next(iter(changed))}" in {fault.path for fault in refused.value.faults}
