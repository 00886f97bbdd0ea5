"""The chart's alerts, as Prometheus itself reads and evaluates them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.chart.rendered import one, render
from tests.prometheus import program

ON = {"metrics": {"prometheusRule": {"enabled": True}}}
Series = dict[str, str]
"""Series and their values, a minute each, in promtool's notation."""

CASES: list[tuple[str, str, str, Series, bool]] = [
    ("no replica leads", "MatchdayNoLeader", "6m", {"matchday_leader": "0x10"}, True),
    ("no replica is there", "MatchdayNoLeader", "6m", {}, True),
    ("one replica leads", "MatchdayNoLeader", "6m", {"matchday_leader": "1x10"}, False),
    ("leads again", "MatchdayNoLeader", "6m", {"matchday_leader": "0x3 1x7"}, False),
    ("queue stands", "MatchdayQueueNotDrained", "40m", {"matchday_queue_depth": "101x60"}, True),
    ("queue is short", "MatchdayQueueNotDrained", "40m", {"matchday_queue_depth": "99x60"}, False),
    (
        "queue drains now and then",
        "MatchdayQueueNotDrained",
        "40m",
        {"matchday_queue_depth": "500x9 0 500x9 0 500x9 0 500x30"},
        False,
    ),
    (
        "a fifth of the calls fails",
        "MatchdayApiErrors",
        "30m",
        {
            'matchday_api_requests_total{code="2xx"}': "0+80x60",
            'matchday_api_requests_total{code="5xx"}': "0+20x60",
        },
        True,
    ),
    (
        "a fifth of the calls has no answer",
        "MatchdayApiErrors",
        "30m",
        {
            'matchday_api_requests_total{code="2xx"}': "0+80x60",
            'matchday_api_requests_total{code="none"}': "0+20x60",
        },
        True,
    ),
    (
        "a twentieth of the calls fails",
        "MatchdayApiErrors",
        "30m",
        {
            'matchday_api_requests_total{code="2xx"}': "0+95x60",
            'matchday_api_requests_total{code="5xx"}': "0+5x60",
        },
        False,
    ),
    (
        "a solver crashed",
        "MatchdaySolverCrashes",
        "30m",
        {'matchday_outcomes_total{reason="SolverCrashed"}': "0x10 1x30"},
        True,
    ),
    (
        "an input was wrong",
        "MatchdaySolverCrashes",
        "30m",
        {'matchday_outcomes_total{reason="InvalidLeague"}': "0x10 1x30"},
        False,
    ),
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rendered PrometheusRule as a file of Prometheus."""
    path = tmp_path_factory.mktemp("rules") / "rules.json"
    path.write_text(json.dumps(one(render(ON), "PrometheusRule")["spec"]))
    return path


def promtool(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """A run of promtool."""
    command = [program("promtool"), *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_prometheus_accepts_every_alert(rules: Path) -> None:
    done = promtool("check", "rules", "--lint-fatal", rules)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 rules found" in done.stdout


def test_every_alert_is_tried_both_ways(rules: Path) -> None:
    (group,) = json.loads(rules.read_text())["groups"]
    tried = {(alert, fires) for _, alert, _, _, fires in CASES}
    assert tried == {(rule["alert"], way) for rule in group["rules"] for way in (True, False)}


@pytest.mark.parametrize(
    ("alert", "at", "series", "fires"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_an_alert_fires_when_it_should(
    rules: Path, tmp_path: Path, alert: str, at: str, series: Series, fires: bool
) -> None:
    test: dict[str, Any] = {
        "interval": "1m",
        "input_series": [{"series": name, "values": series[name]} for name in series],
        # Whether it fires, whatever its labels are.
        "promql_expr_test": [
            {
                "expr": f'count(ALERTS{{alertname="{alert}", alertstate="firing"}})',
                "eval_time": at,
                "exp_samples": [{"labels": "{}", "value": 1}] if fires else [],
            }
        ],
    }
    path = tmp_path / "test.json"
    path.write_text(json.dumps({"rule_files": [str(rules)], "tests": [test]}))
    done = promtool("test", "rules", path)
    assert done.returncode == 0, done.stdout + done.stderr
