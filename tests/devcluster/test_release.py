"""How the demo and the installation of the chart end."""

from collections.abc import Callable

import pytest

from devcluster import demo, release
from devcluster.output import DevclusterError
from devcluster.settings import Settings


def fails_with(error: BaseException) -> Callable[[Settings], None]:
    """A stand-in for `release.ensure`."""

    def ensure(_: Settings) -> None:
        raise error

    return ensure


@pytest.fixture(params=[lambda: release.main([]), demo.main], ids=["release", "demo"])
def main(request: pytest.FixtureRequest) -> Callable[[], int]:
    """The programs that `make cluster-up` and `make demo` run."""
    chosen: Callable[[], int] = request.param
    return chosen


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (DevclusterError("no root here"), 1, "devcluster: error: no root here\n"),
        (OSError(28, "No space left"), 1, "devcluster: error: [Errno 28] No space left\n"),
        (KeyboardInterrupt(), 130, "devcluster: interrupted; run the command again to go on\n"),
    ],
    ids=["refused", "disk", "interrupted"],
)
def test_a_failure_is_one_line_and_an_exit_code(
    main: Callable[[], int],
    error: BaseException,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(release, "ensure", fails_with(error))
    assert main() == code
    assert capsys.readouterr().err.endswith(told)
