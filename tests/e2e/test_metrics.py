"""The operator's metrics, as a real Prometheus reads them from the pods of the test cluster."""

import json
import os
import re
import socket
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e import leagues
from tests.e2e.kubectl import Kubectl, eventually
from tests.e2e.steps import apply, wait_for
from tests.prometheus import program

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
FILES = ROOT / "charts" / "matchday" / "files"
SECONDS = 60.0


class Prometheus:
    """A Prometheus that runs."""

    def __init__(self, port: int, log: Path) -> None:
        self._url, self.log = f"http://127.0.0.1:{port}", log

    def is_ready(self) -> bool:
        """Whether it answers questions."""
        try:
            with urllib.request.urlopen(f"{self._url}/-/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def ask(self, path: str, **query: str) -> Any:
        """The data of an answer of its API; fails where it is an error."""
        url = f"{self._url}/api/v1/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            told = json.load(answer)
        assert told["status"] == "success", told
        return told["data"]

    def series(self) -> list[dict[str, str]]:
        """The labels of all series of the operator."""
        found = self.ask("query", query='{__name__=~"matchday_.*"}')["result"]
        return [each["metric"] for each in found]


@pytest.fixture(scope="module")
def prometheus(kubectl: Kubectl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """Prometheus on the loopback device; it reads the operator's pods and the chart's alerts."""
    folder, port = tmp_path_factory.mktemp("prometheus"), free_port()
    (folder / "prometheus.yml").write_text(yaml.safe_dump(settings(kubectl)))
    log = folder / "log"
    command = [str(program("prometheus")), f"--web.listen-address=127.0.0.1:{port}"]
    command += [f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'd'}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ})
    try:
        started = Prometheus(port, log)
        eventually(started.is_ready, SECONDS, "Prometheus is ready")
        eventually(started.series, SECONDS, "Prometheus has read the operator's pods")
        yield started
    finally:
        process.terminate()
        process.wait()
        print(log.read_text()[-5000:])


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(kubectl: Kubectl) -> dict[str, Any]:
    """Prometheus' settings: the pods that the chart's Service names, and the chart's alerts."""
    found = kubectl.json("get", "endpointslices", "-n", "matchday-system")["items"]
    targets = [
        f"{address}:{port['port']}"
        for each in found
        for port in each["ports"]
        if port["name"] == "metrics"
        for endpoint in each["endpoints"]
        for address in endpoint["addresses"]
    ]
    return {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(FILES / "alerts.yaml")],
        "scrape_configs": [{"job_name": "matchday", "static_configs": [{"targets": targets}]}],
    }


def documented() -> set[str]:
    """The metrics that the operator's documentation lists."""
    return set(re.findall(r"^\| (matchday_\w+) \|", (ROOT / "docs/operator.md").read_text(), re.M))


def test_every_documented_metric_is_there(
    prometheus: Prometheus, kubectl: Kubectl, namespace: str
) -> None:
    apply(kubectl, namespace, leagues.request("seen"))
    wait_for(kubectl, namespace, "seen", "Complete")

    def lacking() -> bool:
        names = {each["__name__"] for each in prometheus.series()}
        names |= {name.removesuffix("_count") for name in names}
        return documented() <= names

    eventually(lacking, SECONDS, "every documented metric has a series")


def test_no_label_tells_a_request(prometheus: Prometheus, kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, leagues.request("told-nowhere"))
    wait_for(kubectl, namespace, "told-nowhere", "Complete")
    values = {value for each in prometheus.series() for value in each.values()}
    assert not [value for value in values if "told-nowhere" in value or namespace in value]


def test_exactly_one_replica_leads(prometheus: Prometheus) -> None:
    def one() -> bool:
        found = prometheus.ask("query", query="sum(matchday_leader)")["result"]
        return [each["value"][1] for each in found] == ["1"]

    eventually(one, SECONDS, "one replica says that it leads")


@pytest.mark.parametrize(
    "query",
    sorted(set(re.findall(r'"expr": "(.*)"', (FILES / "dashboard.json").read_text()))),
)
def test_every_query_of_the_dashboard_has_an_answer(prometheus: Prometheus, query: str) -> None:
    assert "result" in prometheus.ask("query", query=query)


def test_the_charts_alerts_are_evaluated_and_none_fires(prometheus: Prometheus) -> None:
    def evaluated() -> list[dict[str, Any]]:
        groups = prometheus.ask("rules")["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        return rules if all(rule["health"] == "ok" for rule in rules) else []

    rules = eventually(evaluated, SECONDS, "all alerts are evaluated")
    assert [rule["name"] for rule in rules if rule["state"] == "firing"] == []
