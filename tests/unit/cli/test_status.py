"""`matchday status`: tables, details, JSON."""

import json

import pytest

from tests.unit.cli.api_double import ApiDouble
from tests.unit.cli.conftest import Run
from tests.unit.cli.states import complete, condition, put_request, running


def test_requests_are_listed_with_the_servers_columns(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, "autumn", phase="Pending")
    put_request(api, "winter", **running())
    assert run("status") == 0
    assert capsys.readouterr().out.splitlines() == [
        "NAME     PHASE     GAP",
        "autumn   Pending",
        "winter   Running",
    ]


def test_the_list_is_a_table_of_the_server_so_that_no_league_is_sent(
    api: ApiDouble, run: Run
) -> None:
    run("status")
    assert "as=Table" in api.calls[0].headers["Accept"]


def test_wide_adds_the_columns_of_lower_priority(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api)
    run("status", "-o", "wide")
    assert "MESSAGE" in capsys.readouterr().out


def test_all_namespaces_are_listed_with_their_names(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api)
    api.put("schedulerequests", "spring", "other", spec={})
    run("status", "-A")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["NAMESPACE", "NAME"],
        ["leagues", "winter"],
        ["other", "spring"],
    ]


def test_an_empty_namespace_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 0
    assert capsys.readouterr().out == "There are no requests in namespace leagues.\n"


def test_one_request_is_shown_with_message_progress_result_and_conditions(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running() | complete(message="All placed"))
    assert run("status", "winter") == 0
    said = capsys.readouterr().out
    assert "Message:\n  All placed" in said
    assert "Progress:  3 of 8 games" in said
    assert "Result:    Schedule winter-0a1b2c3d, 1 games, cost 1200, gap 12.5%, TimeLimit" in said
    assert "Complete    True     Optimal" in said


def test_one_request_as_json_is_the_object(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running())
    run("status", "winter", "-o", "json")
    assert json.loads(capsys.readouterr().out)["status"]["phase"] == "Running"


def test_the_list_as_json_has_the_requests_of_every_page(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(60):
        put_request(api, f"r{number:02d}")
    run("status", "-o", "json")
    found = json.loads(capsys.readouterr().out)["items"]
    assert [each["metadata"]["name"] for each in found] == [f"r{n:02d}" for n in range(60)]
    assert len(api.calls) == 3


def test_an_empty_list_as_json_is_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("status", "-o", "json")
    assert json.loads(capsys.readouterr().out)["items"] == []


def test_a_status_that_the_operator_never_wrote_is_no_error(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api)
    assert run("status", "winter") == 0
    assert "No conditions yet." in capsys.readouterr().out


def test_hostile_text_cannot_steer_the_terminal(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = condition("Ready", "\x1b[2J", "\x1b]0;owned\x07", status="False")
    put_request(api, phase="Failed", conditions=[hostile])
    run("status", "winter")
    assert "\x1b" not in capsys.readouterr().out


def test_a_name_and_all_namespaces_together_are_refused(run: Run) -> None:
    assert run("status", "winter", "-A") == 2
