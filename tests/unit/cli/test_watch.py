"""`matchday watch`: exit codes by outcome, lines, lost connections, deadlines."""

import threading
from collections.abc import Callable

import pytest

from matchday_cli.cluster import follow, taken
from tests.unit.cli.api_double import ApiDouble
from tests.unit.cli.conftest import Run
from tests.unit.cli.states import complete, failed, put_request, running


@pytest.fixture
def meanwhile(api: ApiDouble) -> Callable[[Callable[[], object]], None]:
    """Does something once the request is watched."""
    threads = []

    def start(act: Callable[[], object]) -> None:
        def wait_and_act() -> None:
            assert api.watching.wait(30)
            act()

        threads.append(threading.Thread(target=wait_and_act))
        threads[-1].start()

    return start


Meanwhile = Callable[[Callable[[], object]], None]


def test_a_complete_request_ends_with_0_and_the_way_to_its_result(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **complete(message="Schedule winter-1 has 8 games"))
    assert run("watch", "winter") == 0
    said = capsys.readouterr().out
    assert "Schedule winter-1 has 8 games" in said
    assert "matchday result winter" in said


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("InvalidLeague", 2),
        ("Infeasible", 3),
        ("Incomplete", 3),
        ("NoSolutionInTime", 4),
        ("OutOfMemory", 4),
        ("SomethingNew", 1),
    ],
)
def test_a_failed_request_ends_with_its_reasons_code_and_message(
    reason: str, code: int, api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **failed(reason, "first line\n  second line"))
    assert run("watch", "winter") == code
    further = "  second line" if code == 3 else "error:   second line"
    assert capsys.readouterr().err == f"error: {reason}: first line\n{further}\n"


def test_progress_is_shown_until_the_end(
    api: ApiDouble, run: Run, meanwhile: Meanwhile, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, phase="Pending")

    def operator() -> None:
        api.set_status("winter", **running(placed=3))
        api.set_status("winter", **complete())

    meanwhile(operator)
    assert run("watch", "winter") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["Pending", "3 of 8 games, 0s"]


def test_the_end_of_an_earlier_spec_is_not_taken_for_the_new_ones(
    api: ApiDouble, run: Run, meanwhile: Meanwhile
) -> None:
    put_request(api, **complete())
    api.patch("schedulerequests", "leagues", "winter", {"spec": {"historyLimit": 9}})
    new_end = failed("Infeasible") | {"observedGeneration": 2}
    meanwhile(lambda: api.set_status("winter", **new_end))
    assert run("watch", "winter") == 3


def test_a_watch_that_is_cut_is_taken_up_again(
    api: ApiDouble, run: Run, meanwhile: Meanwhile
) -> None:
    put_request(api, **running())

    def cut() -> None:
        api.watching.clear()
        api.cut_watches()
        assert api.watching.wait(30)
        api.set_status("winter", **complete())

    meanwhile(cut)
    assert run("watch", "winter") == 0


def test_an_api_server_that_is_away_for_a_while_is_waited_for(
    api: ApiDouble, run: Run, meanwhile: Meanwhile, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running())

    def restart() -> None:
        api.trouble += [(500, "starting"), (500, "starting")]
        api.set_status("winter", **running())
        api.cut_watches()
        api.watching.clear()
        assert api.watching.wait(30)
        api.set_status("winter", **complete())

    meanwhile(restart)
    assert run("watch", "winter") == 0
    assert capsys.readouterr().out.count("trying again") == 1


def test_an_api_server_that_stays_away_is_given_up(
    api: ApiDouble, run: Run, meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "PATIENCE_SECONDS", 0.0)
    put_request(api, **running())

    def away() -> None:
        api.trouble += [(500, "away")] * 20
        api.cut_watches()

    meanwhile(away)
    assert run("watch", "winter") == 1


def test_a_deadline_ends_the_watching_and_says_that_the_request_goes_on(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running())
    assert run("watch", "winter", "--timeout", "1s") == 1
    assert "not ended within 1s, and is watched no more" in capsys.readouterr().err


def test_a_request_that_is_deleted_meanwhile_ends_the_watching(
    api: ApiDouble, run: Run, meanwhile: Meanwhile, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running())
    meanwhile(lambda: api.remove("winter"))
    assert run("watch", "winter") == 1
    assert "request winter was deleted" in capsys.readouterr().err


def test_ctrl_c_ends_only_the_watching(
    api: ApiDouble, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: follow.Follower) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(follow.Follower, "states", interrupted)
    assert run("watch", "winter") == 130
    assert "in the cluster this changes nothing" in capsys.readouterr().out


def test_a_request_that_no_operator_looks_at_is_told(
    api: ApiDouble,
    run: Run,
    meanwhile: Meanwhile,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(taken, "TAKEN_SECONDS", 0.0)
    put_request(api)
    meanwhile(lambda: api.set_status("winter", **complete()))
    assert run("watch", "winter") == 0
    assert "no operator has looked at it yet" in capsys.readouterr().out


def test_a_suspended_request_is_told_how_it_goes_on(
    api: ApiDouble, run: Run, meanwhile: Meanwhile, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, phase="Suspended")
    stored = api.objects["schedulerequests", "leagues", "winter"]
    stored["spec"] |= {"suspend": True}
    meanwhile(lambda: api.set_status("winter", **complete()))
    assert run("watch", "winter") == 0
    assert "matchday resume winter" in capsys.readouterr().out


def test_a_request_that_is_not_there_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("watch", "winter") == 1
    assert 'schedulerequests.matchday.dev "winter" not found' in capsys.readouterr().err
