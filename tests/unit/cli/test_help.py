"""Help comes at once and says how to use each command."""

import subprocess
import sys

import pytest

from matchday_cli.__main__ import main
from matchday_cli.parser import COMMANDS, make_parser

HEAVY = ("pydantic", "yaml", "kubernetes", "ortools", "numpy", "numba", "jinja2", "icalendar")

LOADED_BY_HELP = f"""
import sys
from matchday_cli.__main__ import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("loaded:", [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--help"], ["solve", "--help"], ["--version"]])
def test_help_loads_none_of_the_heavy_packages(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY_HELP, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "loaded: []" in done.stderr


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys)
    assert all(f"\n    {command}" in text for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"examples:\n  matchday {command}" in help_of(capsys, command)


def test_as_a_kubectl_plugin_it_calls_itself_so() -> None:
    assert make_parser("kubectl-matchday").format_usage().startswith("usage: kubectl matchday")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["slove"], "invalid choice: 'slove'"),
        (["solve"], "the following arguments are required: LEAGUE"),
        (["solve", "x", "--timelimit", "3"], '--timelimit 3; did you mean "--time-limit"?'),
        (["solve", "x", "--timelimit=3"], "usage: matchday solve"),
        (["solve", "x", "y"], "matchday solve: error: unrecognized arguments: y\n"),
        (["solve", "x", "--time-limit", "0"], "a time such as 90s, 10m or 1h30m, not '0'"),
        (["solve", "x", "--time-limit", "1.5"], "whole seconds from 1 to 86400, or a time"),
        (["solve", "x", "--time-limit", "25h"], "whole seconds from 1 to 86400, or a time"),
        (["solve", "x", "--workers", "0"], "whole number from 1 to 64, not '0'"),
        (["solve", "x", "--seed", f"{1:020}7"], "must be a whole number from"),
        (["solve", "x", "--gap-limit", "nan"], "number from 0 to 1, not 'nan'"),
        (["solve", "x", "--frozen-before", "soon"], "date as YYYY-MM-DD, not 'soon'"),
        (["watch", "../x"], "no name of a request"),
        (["watch", "x", "--timeout", "0"], "a time such as 90s, 10m or 1h30m, not '0'"),
        (["watch", "x", "--timeout", "30m1h"], "a time such as 90s, 10m or 1h30m, not '30m1h'"),
        (["watch", "x", "--timeout", "1h30"], "a time such as 90s, 10m or 1h30m, not '1h30'"),
        (["watch", "x", "--timeout", "5 days"], "a time such as 90s, 10m or 1h30m"),
    ],
)
def test_wrong_usage_says_what_would_be_right(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code, said in capsys.readouterr().err) == (2, True)
