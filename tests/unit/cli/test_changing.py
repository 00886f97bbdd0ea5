"""`matchday suspend`, `resume`, `regenerate` and `delete`."""

import threading

import pytest

from matchday_cli.cluster import taken
from tests.unit.cli.api_double import ApiDouble, Json
from tests.unit.cli.conftest import Run
from tests.unit.cli.states import complete, failed, put_request, running


def stored(api: ApiDouble) -> Json:
    return api.objects["schedulerequests", "leagues", "winter"]


def test_suspend_and_resume_set_the_spec(api: ApiDouble, run: Run) -> None:
    put_request(api, **running())
    assert run("suspend", "winter") == 0
    assert stored(api)["spec"]["suspend"] is True
    assert run("resume", "winter") == 0
    assert stored(api)["spec"]["suspend"] is False


def test_suspending_what_has_ended_says_what_that_does(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **complete())
    assert run("suspend", "winter") == 0
    assert "its result stays" in capsys.readouterr().out


def react(api: ApiDouble, status: Json) -> threading.Thread:
    """An operator that reacts to the next change once it is watched for."""

    def operator() -> None:
        assert api.watching.wait(30)
        api.set_status("winter", **status)

    thread = threading.Thread(target=operator)
    thread.start()
    return thread


def anew() -> Json:
    """A status of another input than `complete` and `running` have."""
    return running() | {"inputDigest": "sha256:2"}


def test_regenerate_sets_the_annotation_and_leaves_the_spec(api: ApiDouble, run: Run) -> None:
    put_request(api, **complete())
    before = stored(api)["spec"]
    react(api, anew())
    assert run("regenerate", "winter") == 0
    assert stored(api)["metadata"]["annotations"]["matchday.dev/regenerate"]
    assert stored(api)["spec"] == before


def test_two_regenerations_have_different_tokens(api: ApiDouble, run: Run) -> None:
    put_request(api, phase="Pending")
    tokens = set()
    for _ in range(2):
        run("regenerate", "winter")
        tokens.add(stored(api)["metadata"]["annotations"]["matchday.dev/regenerate"])
    assert len(tokens) == 2


def test_waiting_for_a_regeneration_is_not_ended_by_the_old_result(
    api: ApiDouble, run: Run
) -> None:
    put_request(api, **complete())
    react(api, failed("Infeasible") | {"inputDigest": "sha256:2"})
    assert run("regenerate", "winter", "--wait") == 3


def test_an_operator_that_does_not_react_is_told(
    api: ApiDouble, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(taken, "TAKEN_SECONDS", 0.5)
    put_request(api, **complete())
    assert run("regenerate", "winter") == 1
    assert "the operator has not reacted" in capsys.readouterr().err


def test_delete_removes_the_request(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api)
    assert run("delete", "winter") == 0
    assert api.objects == {}
    assert capsys.readouterr().out == 'schedulerequest.matchday.dev "winter" deleted\n'


@pytest.mark.parametrize("command", ["suspend", "resume", "regenerate", "delete"])
def test_a_request_that_is_not_there_is_told(
    command: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "winter") == 1
    assert 'schedulerequests.matchday.dev "winter" not found' in capsys.readouterr().err


def test_regenerating_what_is_suspended_says_how_it_goes_on(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **complete())
    stored(api)["spec"] |= {"suspend": True}
    assert run("regenerate", "winter", "--wait") == 0
    assert "matchday resume winter" in capsys.readouterr().out


def test_waiting_after_an_invalid_league_is_not_ended_by_the_old_failure(
    api: ApiDouble, run: Run
) -> None:
    put_request(api, **failed("InvalidLeague"))
    react(api, complete())
    assert run("regenerate", "winter", "--wait") == 0
