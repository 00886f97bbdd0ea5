"""The command line."""

from pathlib import Path

import pytest

from devcluster import cli


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty state and cache, and a kubeconfig that is not there."""
    monkeypatch.setenv("MATCHDAY_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("MATCHDAY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MATCHDAY_USE_KUBECONFIG", "1")
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
    return tmp_path


@pytest.mark.parametrize(
    "command", ["up", "down", "status", "kubeconfig", "path", "load", "build", "node-fault"]
)
def test_every_command_has_a_help_text(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])
    assert ended.value.code == 0
    assert command in capsys.readouterr().out


def test_an_error_is_one_line_that_says_what_to_do(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["kubeconfig"]) == 1
    assert capsys.readouterr().err == (
        "devcluster: error: set KUBECONFIG to the kubeconfig of your cluster\n"
    )


def test_a_folder_that_cannot_be_made_is_an_error_without_a_traceback(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "file").touch()
    monkeypatch.setenv("MATCHDAY_STATE", str(elsewhere / "file/state"))
    assert cli.main(["up"]) == 1
    assert capsys.readouterr().err.startswith("devcluster: error: ")


def test_a_missing_archive_is_named(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", str(elsewhere / "image.tar")]) == 1
    assert "no such file" in capsys.readouterr().err


def test_the_cache_stays_unless_it_is_to_go(elsewhere: Path) -> None:
    (elsewhere / "cache").mkdir()
    cli.main(["down"])
    assert (elsewhere / "cache").exists()


def test_the_cache_goes_when_asked(elsewhere: Path) -> None:
    (elsewhere / "cache").mkdir()
    cli.main(["down", "--purge-cache"])
    assert not (elsewhere / "cache").exists()
