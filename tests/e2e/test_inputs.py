"""Ways in which a league reaches a request: ConfigMaps, gzip, kubectl's reading of YAML, names."""

import base64
import gzip
import json
from typing import Any

import pytest

from tests.e2e.kubectl import Kubectl, eventually
from tests.e2e.leagues import request, small_league
from tests.e2e.steps import SETTLED, apply, jobs, status, wait_for, wait_phase

pytestmark = pytest.mark.e2e

BY_HAND = """
apiVersion: matchday.dev/v1alpha1
kind: ScheduleRequest
metadata: {name: by-hand}
spec:
  solver:
    timeLimitSeconds: 5
    resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {cpu: "1", memory: 1Gi}}
  league:
    season: {start: 2026-01-05, end: 2026-02-28, closedDates: [2026-01-17]}
    slots: [{days: [Sat], starts: [9:00, 17:00]}]
    divisions: [{name: U10, gamesPerTeam: 2}]
    teams:
    - {name: A, division: U10}
    - {name: B, division: U10}
    - {name: C, division: U10}
    venues: [{name: Gym, openDates: [2026-01-10, 2026-01-24, 2026-01-31]}]
"""


def config_map(name: str, league: dict[str, Any], packed: bool = False) -> dict[str, Any]:
    """A ConfigMap with a league, gzipped under binaryData where packed."""
    text = json.dumps(league)
    data: dict[str, Any] = {"data": {"league.yaml": text}}
    if packed:
        raw = base64.b64encode(gzip.compress(text.encode())).decode()
        data = {"binaryData": {"league.yaml": raw}}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, **data}


def by_config_map(name: str, source: str) -> dict[str, Any]:
    """A request that takes its league from a ConfigMap."""
    return request(name, leagueFrom={"configMapKeyRef": {"name": source, "key": "league.yaml"}})


def test_unquoted_dates_and_times_are_read_as_kubectl_does(
    kubectl: Kubectl, namespace: str
) -> None:
    kubectl("apply", "-n", namespace, "-f", "-", stdin=BY_HAND)
    assert wait_for(kubectl, namespace, "by-hand", "Complete")["result"]["games"] == 3


def test_a_league_may_come_after_its_request(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, by_config_map("early", "late-league"))
    waiting = wait_phase(kubectl, namespace, "early", "Pending")
    assert "late-league" in json.dumps(waiting["conditions"])
    apply(kubectl, namespace, config_map("late-league", small_league()))
    assert wait_for(kubectl, namespace, "early", "Complete")["result"]["games"] == 9


def test_a_gzipped_league_is_read(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, config_map("packed", small_league(), packed=True))
    apply(kubectl, namespace, by_config_map("zip", "packed"))
    assert wait_for(kubectl, namespace, "zip", "Complete")["result"]["games"] == 9


def test_a_changed_config_map_is_solved_anew(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, config_map("moving", small_league()))
    apply(kubectl, namespace, by_config_map("follow", "moving"))
    wait_for(kubectl, namespace, "follow", "Complete")
    apply(kubectl, namespace, config_map("moving", small_league(games_per_team=4)))
    eventually(
        lambda: status(kubectl, namespace, "follow").get("result", {}).get("games") == 12,
        SETTLED,
        "the schedule of the changed league",
    )


def test_a_vanished_config_map_leaves_the_result(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, config_map("brief", small_league()))
    apply(kubectl, namespace, by_config_map("keeps", "brief"))
    wait_for(kubectl, namespace, "keeps", "Complete")
    before = jobs(kubectl, namespace)
    kubectl("delete", "configmap", "brief", "-n", namespace)
    apply(kubectl, namespace, by_config_map("keeps", "brief") | {"metadata": labelled("keeps")})
    done = wait_for(kubectl, namespace, "keeps", "Complete")
    assert (done["result"]["games"], jobs(kubectl, namespace)) == (9, before)


def labelled(name: str) -> dict[str, Any]:
    """Metadata with a label, so that an apply makes an event and no new generation."""
    return {"name": name, "labels": {"touched": "yes"}}


def test_a_name_of_48_characters_is_solved(kubectl: Kubectl, namespace: str) -> None:
    name = apply(kubectl, namespace, request("n" * 48))
    assert wait_for(kubectl, namespace, name, "Complete")["phase"] == "Succeeded"


@pytest.mark.parametrize("name", ["n" * 49, "winter.2026"])
def test_a_name_that_pods_could_not_carry_is_refused(
    kubectl: Kubectl, namespace: str, name: str
) -> None:
    with pytest.raises(AssertionError, match=r"metadata\.name"):
        apply(kubectl, namespace, request(name))


def test_a_league_too_large_for_an_annotation_is_applied_on_the_server(
    kubectl: Kubectl, namespace: str
) -> None:
    league = small_league(teams=2, games_per_team=2)
    league["clubs"] = [{"name": f"Club {n} {'x' * 90}"} for n in range(2000)]
    league["teams"] = [{"name": f"Team {n}", "division": "U12"} for n in range(2)]
    league["divisions"].append({"name": "Ghosts", "gamesPerTeam": 2, "maxMeetings": 20})
    league["teams"] += [{"name": f"Ghost {n} {'y' * 80}", "division": "Ghosts"} for n in range(2)]
    body = request("large", league)
    assert len(json.dumps(body)) > 200_000
    apply(kubectl, namespace, body)
    assert wait_for(kubectl, namespace, "large", "Complete")["result"]["games"] == 4


def test_two_namespaces_do_not_meet(kubectl: Kubectl, namespace: str, other_namespace: str) -> None:
    for place in (namespace, other_namespace):
        apply(kubectl, place, request("winter"))
    results = {
        wait_for(kubectl, place, "winter", "Complete")["result"]["name"]
        for place in (namespace, other_namespace)
    }
    assert len(results) == 2
