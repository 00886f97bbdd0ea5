"""Which cluster and namespace, and what is said where something is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from matchday_cli.__main__ import main
from tests.unit.cli.api_double import ApiDouble, Json, write_kubeconfig
from tests.unit.cli.builders import league_file
from tests.unit.cli.conftest import Run

Refused = Callable[[int, Json | str], tuple[int, str]]


def path_asked(api: ApiDouble) -> str:
    return api.calls[-1].path


def test_the_namespace_is_the_contexts(api: ApiDouble, run: Run) -> None:
    run("status")
    assert "/namespaces/leagues/" in path_asked(api)


def test_an_option_names_another_namespace(api: ApiDouble, run: Run) -> None:
    run("status", "-n", "elsewhere")
    assert "/namespaces/elsewhere/" in path_asked(api)


def test_an_option_names_another_context(api: ApiDouble, run: Run) -> None:
    run("status", "--context", "there")
    assert "/namespaces/other/" in path_asked(api)


def test_a_context_without_a_namespace_means_default(api: ApiDouble, tmp_path: Path) -> None:
    file = write_kubeconfig(tmp_path / "plain", api.url, namespace=None)
    main(["status", "--kubeconfig", str(file)])
    assert "/namespaces/default/" in path_asked(api)


def test_credentials_of_the_kubeconfig_are_sent(api: ApiDouble, run: Run) -> None:
    run("status")
    assert api.calls[-1].headers["Authorization"] == "Bearer secret"


@pytest.mark.parametrize("content", ["", "]", "just text", "kind: Config"])
def test_a_kubeconfig_that_is_none_is_told(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kubeconfig"
    file.write_text(content)
    assert main(["status", "--kubeconfig", str(file)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"error: kubeconfig {file}: ")
    assert said.count("\n") == 1


def test_an_unknown_context_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status", "--context", "nowhere") == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_cluster_that_is_down_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_kubeconfig(tmp_path / "kubeconfig", "http://127.0.0.1:9")
    assert main(["status", "--kubeconfig", str(file)]) == 1
    said = capsys.readouterr().err
    assert "http://127.0.0.1:9 cannot be reached" in said
    assert "Connection refused" in said
    assert said.count("\n") == 1


def refusal(message: str) -> Json:
    """The Status object of a refusal."""
    return {"kind": "Status", "message": message}


@pytest.fixture
def refused(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Refused:
    """Exit code and errors of a submit that the server answers so."""

    def submit(status: int, answer: Json | str) -> tuple[int, str]:
        api.trouble.append((status, answer))
        code = run("submit", league_file(tmp_path))
        return code, capsys.readouterr().err

    return submit


INVALID = {
    "kind": "Status",
    "message": "ScheduleRequest is invalid",
    "details": {
        "causes": [
            {"field": "metadata.name", "message": "no dots"},
            {"field": "spec.historyLimit", "message": "at most 20"},
        ]
    },
}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ((404, "404 page not found\n"), 1, "helm upgrade --install matchday"),
        ((401, refusal("Unauthorized")), 1, "log in again"),
        ((403, refusal("may not list")), 1, "may not list; ask the cluster's administrator"),
        ((413, "too large"), 2, "spec.leagueFrom"),
        ((500, refusal("etcdserver: request is too large")), 2, "spec.leagueFrom"),
        ((500, "<html>"), 1, "the API server is in trouble (500): <html>"),
        ((400, refusal("strange")), 1, "refuses (400): strange"),
        ((422, INVALID), 2, "error: metadata.name: no dots\nerror: spec.historyLimit: at most"),
    ],
)
def test_what_the_server_refuses_is_told_with_what_to_do(
    answer: tuple[int, Json | str], code: int, said: str, refused: Refused
) -> None:
    found, told = refused(*answer)
    assert found == code
    assert said in told


def test_no_error_shows_the_credentials(
    api: ApiDouble, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for status in (401, 403, 404, 500):
        api.trouble.append((status, refusal("no")))
        run("status")
    said = capsys.readouterr()
    assert "secret" not in said.err + said.out
