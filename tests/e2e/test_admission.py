"""What the API server itself takes and refuses, by the CRDs' schemas and CEL rules."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.kubectl import Kubectl, KubectlError
from tests.e2e.leagues import request, small_league

pytestmark = pytest.mark.e2e

Change = Callable[[dict[str, Any]], Any]


def dry_run(kubectl: Kubectl, body: dict[str, Any]) -> dict[str, Any]:
    """The object as the API server would keep it."""
    args = ("apply", "--server-side", "--dry-run=server", "-f", "-", "-o", "json")
    found: dict[str, Any] = json.loads(kubectl(*args, stdin=json.dumps(body)))
    return found


def changed(change: Change) -> dict[str, Any]:
    """A small league after a change."""
    league = small_league()
    change(league)
    return league


def test_defaults_are_filled_in(kubectl: Kubectl) -> None:
    body = request("defaults")
    del body["spec"]["solver"]
    spec = dry_run(kubectl, body)["spec"]
    assert spec["solver"] == {
        "gapLimit": 0,
        "maxRetries": 3,
        "repeatable": False,
        "resources": {
            "limits": {"cpu": "2", "memory": "2Gi"},
            "requests": {"cpu": "2", "memory": "1Gi"},
        },
        "seed": 0,
        "startTimeoutSeconds": 3600,
        "timeLimitSeconds": 600,
    }
    assert (spec["completeness"], spec["historyLimit"], spec["suspend"]) == ("Required", 3, False)


def test_nothing_is_filled_in_inside_lists(kubectl: Kubectl) -> None:
    kept = dry_run(kubectl, request("lists"))["spec"]["league"]
    assert kept["divisions"] == small_league()["divisions"]
    assert kept["teams"] == small_league()["teams"]


@pytest.mark.parametrize("cpu", [1, "1500m"])
def test_quantities_may_be_numbers(kubectl: Kubectl, cpu: int | str) -> None:
    resources = {"requests": {"cpu": cpu}, "limits": {"cpu": 2, "memory": "1Gi"}}
    kept = dry_run(kubectl, request("quantities", solver={"resources": resources}))
    assert kept["spec"]["solver"]["resources"]["requests"] == {"cpu": cpu}


def test_the_largest_leagues_are_taken(kubectl: Kubectl) -> None:
    def enlarge(league: dict[str, Any]) -> None:
        league["teams"] = [{"name": f"T{n}", "division": "U12"} for n in range(5000)]
        league["venues"] = [{"name": f"V{n}", "openDates": ["2026-01-10"]} for n in range(500)]
        league["rivals"] = [[f"T{n % 5000}", f"T{n % 4999 + 1}"] for n in range(4000)]
        league["lockedGames"] = [
            {"home": f"T{n}", "away": f"T{n + 1}", "date": "2026-01-10", "start": "9:00",
             "venue": f"V{n % 500}"}
            for n in range(4000)
        ]  # fmt: skip

    kept = dry_run(kubectl, request("large", changed(enlarge)))
    assert len(kept["spec"]["league"]["teams"]) == 5000


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"leagueFrom": {"configMapKeyRef": {"name": "x"}}}, "exactly one of league, leagueFrom"),
        ({"changes": {"from": {}}}, "exactly one of scheduleRef, configMapKeyRef"),
        (
            {"changes": {"from": {"scheduleRef": {"name": "x"},
                                  "configMapKeyRef": {"name": "x"}}}},
            "exactly one of scheduleRef, configMapKeyRef",
        ),
        ({"changes": {"from": {"scheduleRef": {"name": "x"}}, "frozenBefore": "soon"}}, "date"),
        ({"solver": {"timeLimitSeconds": 0}}, "spec.solver.timeLimitSeconds"),
        ({"solver": {"workers": 65}}, "spec.solver.workers"),
        ({"solver": {"resources": {"limits": {"memory": "lots"}}}}, "limits.memory"),
        ({"completeness": "Maybe"}, "spec.completeness"),
        ({"historyLimit": 0}, "spec.historyLimit"),
    ],
)  # fmt: skip
def test_a_spec_that_cannot_be_is_refused(
    kubectl: Kubectl, spec: dict[str, Any], words: str
) -> None:
    with pytest.raises(KubectlError, match=words):
        dry_run(kubectl, request("refused", small_league(), **spec))


def test_a_request_needs_a_league(kubectl: Kubectl) -> None:
    body = request("refused")
    del body["spec"]["league"]
    with pytest.raises(KubectlError, match="exactly one of league, leagueFrom"):
        dry_run(kubectl, body)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x: x["season"].update(end="2026-01-01"), "end must not be before start"),
        (lambda x: x["season"].update(end="2027-02-09"), "at most 400 days"),
        (lambda x: x["season"].update(end="2026-02-30"), "season.end"),
        (lambda x: x["season"].pop("start"), "season.start"),
        (lambda x: x["divisions"][0].update(minMeetings=3), "at most maxMeetings"),
        (lambda x: x["divisions"][0].update(gamesPerTeam=0), "gamesPerTeam"),
        (lambda x: x["divisions"][0].update(playAt="Anywhere"), "playAt"),
        (lambda x: x.update(rivals=[["Team 0", "Team 0"]]), "two teams"),
        (lambda x: x.update(rivals=[["Team 0"]]), r"rivals\[0\]"),
        (lambda x: x["slots"][0].update(starts=["9:5"]), r"starts\[0\]"),
        (lambda x: x["slots"][0].update(days=["Someday"]), r"days\[0\]"),
        (lambda x: x["teams"][0].update(name="x" * 101), r"teams\[0\].name"),
        (lambda x: x["teams"][0].update(name=7), "expected string"),
        (lambda x: x.update(tims=[]), "field not declared in schema"),
        (lambda x: x.update(teams=x["teams"][:1]), "league.teams"),
        (
            lambda x: x.update(
                lockedGames=[{"home": "Team 0", "away": "Team 0", "date": "2026-01-10",
                              "start": "09:00", "venue": "Gym"}]
            ),
            "must be two teams",
        ),
    ],
)  # fmt: skip
def test_a_league_that_cannot_be_is_refused(kubectl: Kubectl, change: Change, words: str) -> None:
    with pytest.raises(KubectlError, match=words):
        dry_run(kubectl, request("refused", changed(change)))


@pytest.mark.parametrize(
    ("kind", "extra"), [("Schedule", {}), ("SolverRun", {"jobRef": {"name": "x"}})]
)
def test_what_the_operator_makes_keeps_its_spec(
    kubectl: Kubectl, namespace: str, kind: str, extra: dict[str, Any]
) -> None:
    body = {
        "apiVersion": "matchday.dev/v1alpha1",
        "kind": kind,
        "metadata": {"name": "fixed"},
        "spec": {"requestRef": {"name": "x"}, "inputDigest": f"sha256:{'a' * 64}"} | extra,
    }
    kubectl("create", "-n", namespace, "-f", "-", stdin=json.dumps(body))
    patch = json.dumps({"spec": {"requestRef": {"name": "y"}}})
    with pytest.raises(KubectlError, match="cannot be changed"):
        kubectl("patch", kind, "fixed", "-n", namespace, "--type=merge", "-p", patch)
