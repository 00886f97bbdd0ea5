"""Settings: defaults, bounds and what is said about wrong ones."""

import pytest

from matchday_operator import __main__ as program
from matchday_operator.config import ConfigError, from_env

LEAST = {"MATCHDAY_SOLVER_IMAGE": "solver:1"}


def test_the_solvers_image_is_all_that_must_be_given() -> None:
    config = from_env(LEAST)
    assert (config.solver.image, config.solver.pull_policy) == ("solver:1", "IfNotPresent")
    assert (config.namespaces, config.workers, config.health_port) == ((), 16, 8080)


def test_lists_are_read_with_commas_and_spaces() -> None:
    env = {"MATCHDAY_NAMESPACES": "a, b,", "MATCHDAY_SOLVER_IMAGE_PULL_SECRETS": "x"}
    config = from_env(LEAST | env)
    assert (config.namespaces, config.solver.pull_secrets) == (("a", "b"), ("x",))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MATCHDAY_SOLVER_IMAGE", ""),
        ("MATCHDAY_SOLVER_IMAGE_PULL_POLICY", "Sometimes"),
        ("MATCHDAY_WORKERS", "many"),
        ("MATCHDAY_WORKERS", "0"),
        ("MATCHDAY_LOG_FORMAT", "xml"),
        ("MATCHDAY_HEALTH_PORT", "99999"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        from_env(LEAST | {name: value})


def test_the_program_ends_with_2_and_one_line_where_a_setting_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MATCHDAY_SOLVER_IMAGE", raising=False)
    assert program.main() == 2
    assert "MATCHDAY_SOLVER_IMAGE is not set" in capsys.readouterr().err
