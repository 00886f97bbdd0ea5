"""How the watches log in, and that they have what a bare container lacks."""

import asyncio
from pathlib import Path

import pytest

from matchday_operator import watches
from matchday_operator.metrics import Metrics
from matchday_operator.scope import Scope
from tests.operator.control_plane import KUBECONFIG, ControlPlane


@pytest.mark.parametrize(
    ("host", "server"),
    [("10.96.0.1", "https://10.96.0.1:443"), ("fd00::1", "https://[fd00::1]:443")],
)
def test_in_a_pod_the_api_server_is_reached_by_address_with_the_mounted_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: str, server: str
) -> None:
    (tmp_path / "token").write_text("secret\n")
    monkeypatch.setattr(watches, "ACCOUNT", tmp_path)
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", host)
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", "443")
    found = watches.login_in_cluster()
    assert (found.server, found.scheme, found.token) == (server, "Bearer", "secret")
    assert found.ca_path == str(tmp_path / "ca.crt")


def test_watches_that_end_again_and_again_wait_longer_and_are_told() -> None:
    now = [0.0]
    history = watches.History(lambda: now[0])
    pauses = []
    for _ in range(7):
        history.began()
        now[0] += 1.0
        pauses.append(history.ended("KeyError('x')"))
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert "7 times in a row: KeyError" in history.fault()


def test_watches_that_ended_twice_are_no_fault_yet() -> None:
    history = watches.History(lambda: 0.0)
    history.ended("x")
    history.ended("x")
    assert history.fault() == ""


def test_watches_that_have_lasted_again_are_no_fault_and_start_again_soon() -> None:
    now = [0.0]
    history = watches.History(lambda: now[0])
    for _ in range(5):
        history.ended("x")
    history.began()
    now[0] += 61.0
    assert history.fault() == ""
    assert history.ended("x") == 1.0


@pytest.mark.e2e
async def test_watches_that_end_by_themselves_start_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plane: ControlPlane
) -> None:
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(KUBECONFIG.format(url=plane.url, ca=plane.ca, token="wrong"))
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig))
    started, enough = [0], asyncio.Event()
    loop = asyncio.get_running_loop()

    def count(_: object) -> None:
        started[0] += 1
        if started[0] == 2:
            loop.call_soon_threadsafe(enough.set)

    monkeypatch.setattr(watches.History, "began", count)
    watching = watches.Watches(loop, Scope(()), lambda *_: None, lambda *_: None, Metrics())
    watching.start()
    try:
        await asyncio.wait_for(enough.wait(), 60)
    finally:
        watching.stop()
        await watching.stopped(30)
