"""`matchday submit`: what is applied, and what is refused before anything is sent."""

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.builders import league_document
from tests.unit.cli.api_double import ApiDouble, Call
from tests.unit.cli.builders import ONE_GAME, league_file, request_document
from tests.unit.cli.conftest import Run
from tests.unit.cli.states import complete, failed, put_request

LEAGUE = league_document("AB", **ONE_GAME)


def applied(api: ApiDouble) -> Call:
    (call,) = [call for call in api.calls if call.method == "PATCH"]
    return call


def test_a_league_becomes_a_request_by_server_side_apply(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    assert run("submit", league_file(tmp_path), "--name", "winter") == 0
    call = applied(api)
    assert call.path.endswith("/namespaces/leagues/schedulerequests/winter")
    assert call.headers["Content-Type"] == "application/apply-patch+yaml"
    assert call.query["fieldManager"] == "matchday-cli"
    assert call.body["spec"] == {"league": LEAGUE}


def test_a_request_is_applied_as_it_is_written(api: ApiDouble, run: Run, tmp_path: Path) -> None:
    request = request_document(historyLimit=5, completeness="BestEffort")
    request["metadata"]["labels"] = {"season": "winter"}
    run("submit", league_file(tmp_path, request))
    body = applied(api).body
    assert body["spec"] == request["spec"]
    assert body["metadata"] == {"name": "winter", "namespace": "leagues"} | {
        "labels": {"season": "winter"}
    }


def test_what_only_a_server_sets_is_left_out(api: ApiDouble, run: Run, tmp_path: Path) -> None:
    request = request_document()
    request["metadata"] |= {"uid": "u", "resourceVersion": "7", "managedFields": []}
    run("submit", league_file(tmp_path, request | {"status": {"phase": "Failed"}}))
    body = applied(api).body
    assert set(body) == {"apiVersion", "kind", "metadata", "spec"}
    assert set(body["metadata"]) == {"name", "namespace"}


def test_options_replace_settings_of_the_file(api: ApiDouble, run: Run, tmp_path: Path) -> None:
    request = request_document(solver={"timeLimitSeconds": 60, "seed": 3})
    file = league_file(tmp_path, request)
    run("submit", file, "--time-limit", "90", "--completeness", "BestEffort")
    spec = applied(api).body["spec"]
    assert spec["solver"] == {"timeLimitSeconds": 90, "seed": 3}
    assert spec["completeness"] == "BestEffort"


def test_a_bare_league_is_named_after_its_file(api: ApiDouble, run: Run, tmp_path: Path) -> None:
    run("submit", league_file(tmp_path, name="Winter 2026 (v2).league.yaml"))
    assert applied(api).body["metadata"]["name"] == "winter-2026-v2"


@pytest.mark.parametrize("name", ["a.b", "Winter", "-x", "x" * 49])
def test_a_name_that_no_request_can_have_is_refused(
    name: str, api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("submit", league_file(tmp_path), f"--name={name}") == 2
    assert "at most 48 lower-case letters" in capsys.readouterr().err
    assert api.calls == []


def test_an_invalid_league_is_never_sent(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = league_document([{"name": "A", "division": "U13"}, {"name": "B"}])
    assert run("submit", league_file(tmp_path, broken)) == 2
    assert "teams[0].division" in capsys.readouterr().err
    assert api.calls == []


def test_the_files_namespace_holds_where_no_option_names_one(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    request = request_document()
    request["metadata"]["namespace"] = "elsewhere"
    run("submit", league_file(tmp_path, request))
    assert "/namespaces/elsewhere/" in applied(api).path


def test_two_different_namespaces_are_refused(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = request_document()
    request["metadata"]["namespace"] = "elsewhere"
    assert run("submit", league_file(tmp_path, request), "-n", "leagues") == 2
    assert 'is "elsewhere", but -n says "leagues"' in capsys.readouterr().err


def test_the_next_commands_are_told_for_the_same_cluster(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("submit", league_file(tmp_path), "-n", "leagues")
    said = capsys.readouterr().out
    assert "schedulerequest.matchday.dev/league applied in namespace leagues" in said
    assert f"matchday watch league -n leagues --kubeconfig {tmp_path}/kubeconfig" in said


def test_a_suspended_request_is_told_to_be_so(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("submit", league_file(tmp_path, request_document(suspend=True)), "--wait")
    assert "matchday resume winter" in capsys.readouterr().out


def test_waiting_ends_with_the_requests_own_end(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def operator(request: dict[str, Any]) -> None:
        request["status"] = complete(message="All is well")

    api.on_patch = operator
    assert run("submit", league_file(tmp_path), "--wait") == 0
    assert "All is well" in capsys.readouterr().out


def test_waiting_for_a_fresh_solve_is_not_ended_by_the_old_result(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    put_request(api, **complete())
    request = request_document()
    request["metadata"]["annotations"] = {"matchday.dev/regenerate": "again"}

    def operator() -> None:
        assert api.watching.wait(30)
        api.set_status("winter", **failed("Infeasible") | {"inputDigest": "sha256:2"})

    thread = threading.Thread(target=operator)
    thread.start()
    assert run("submit", league_file(tmp_path, request), "--wait") == 3
    thread.join()


def test_conflicts_are_told_and_can_be_forced(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = league_file(tmp_path)
    api.trouble.append((409, {"kind": "Status", "message": "conflict with kubectl: .spec"}))
    assert run("submit", file) == 1
    assert "--force-conflicts" in capsys.readouterr().err
    api.calls.clear()
    assert run("submit", file, "--force-conflicts") == 0
    assert applied(api).query["force"] == "true"


def test_a_league_from_standard_input_needs_a_name(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(league_file(tmp_path)) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert run("submit", "-") == 2
    assert "give --name" in capsys.readouterr().err


def test_a_timeout_without_waiting_is_refused(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("submit", league_file(tmp_path), "--timeout", "5m") == 2
    assert "--timeout is for --wait" in capsys.readouterr().err
    assert api.calls == []
