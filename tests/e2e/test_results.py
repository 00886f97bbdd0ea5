"""From `kubectl apply` to a result: success and each way to fail, as a user sees them."""

import copy

import pytest

from matchday_api.checker import check
from matchday_api.read import read_league
from tests.e2e.kubectl import Kubectl
from tests.e2e.leagues import example, request, small_league
from tests.e2e.steps import apply, condition, schedule, wait_for, wait_progress

pytestmark = pytest.mark.e2e

STARVED = {
    "requests": {"cpu": "100m", "memory": "64Mi"},
    "limits": {"cpu": "1", "memory": "64Mi"},
}


@pytest.mark.parametrize(
    ("name", "games"), [("ncsaa-60-s1", 224), ("mixed-62-s1", 244), ("ncsaa-200-s2", 800)]
)
def test_a_league_becomes_a_complete_schedule_without_a_violation(
    kubectl: Kubectl, namespace: str, name: str, games: int
) -> None:
    league = example(name)
    body = request("winter", league, solver={"timeLimitSeconds": 30})
    apply(kubectl, namespace, body)
    done = wait_for(kubectl, namespace, "winter", "Complete")
    found = schedule(kubectl, namespace, done["result"]["name"])
    report = check(read_league(league), found.games, found.unplaced)
    assert (len(found.games), report.violations) == (games, ())


def test_the_numbers_of_the_result_are_those_of_the_schedule(
    kubectl: Kubectl, namespace: str
) -> None:
    apply(kubectl, namespace, request("small"))
    result = wait_for(kubectl, namespace, "small", "Complete")["result"]
    found = schedule(kubectl, namespace, result["name"])
    assert (result["games"], result["objective"], result["unplaced"]) == (
        len(found.games),
        found.objective.total,
        len(found.unplaced),
    )


def test_kubectl_get_shows_phase_and_progress(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("small"))
    wait_for(kubectl, namespace, "small", "Complete")
    row = kubectl("get", "sreq", "small", "-n", namespace, "--no-headers").split()
    assert row[:3] == ["small", "Succeeded", "9/9"]


def test_a_finished_request_is_ready_for_gitops(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("small"))
    done = wait_for(kubectl, namespace, "small", "Complete")
    states = {c["type"]: c["status"] for c in done["conditions"]}
    assert states["Ready"] == "True"
    assert states.get("Stalled", "False") == states.get("Reconciling", "False") == "False"


def test_an_invalid_league_tells_all_its_faults(kubectl: Kubectl, namespace: str) -> None:
    league = copy.deepcopy(small_league())
    league["teams"][1]["division"] = "U21"
    league["teams"][2]["club"] = "Nobody"
    league["venues"][0]["openDates"] = ["2027-01-01"]
    apply(kubectl, namespace, request("broken", league))
    stalled = condition(wait_for(kubectl, namespace, "broken", "Stalled"), "Stalled")
    assert stalled["reason"] == "InvalidLeague"
    for path in ("teams[1].division", "teams[2].club", "venues[0].openDates[0]"):
        assert path in stalled["message"]


def test_an_infeasible_league_fails_as_infeasible(kubectl: Kubectl, namespace: str) -> None:
    venue = {"name": "Gym", "courts": 1, "openDates": ["2026-01-10"]}
    apply(kubectl, namespace, request("tight", small_league(venues=[venue])))
    failed = wait_for(kubectl, namespace, "tight", "Failed")
    assert condition(failed, "Failed")["reason"] == "Infeasible"


def test_a_best_effort_request_succeeds_with_games_missing(
    kubectl: Kubectl, namespace: str
) -> None:
    venue = {"name": "Gym", "courts": 1, "openDates": ["2026-01-10"]}
    league = small_league(venues=[venue])
    apply(kubectl, namespace, request("some", league, completeness="BestEffort"))
    result = wait_for(kubectl, namespace, "some", "Complete")["result"]
    assert (result["games"], result["violations"]) == (3, 0)


def test_too_little_memory_is_told_with_what_to_do(kubectl: Kubectl, namespace: str) -> None:
    solver = {"timeLimitSeconds": 60, "resources": STARVED}
    apply(kubectl, namespace, request("hungry", example("ncsaa-200-s1"), solver=solver))
    failed = condition(wait_for(kubectl, namespace, "hungry", "Failed"), "Failed")
    assert failed["reason"] == "OutOfMemory"
    assert "64Mi" in failed["message"]
    assert "spec.solver.resources.limits.memory" in failed["message"]


def test_the_time_limit_ends_with_the_best_schedule(kubectl: Kubectl, namespace: str) -> None:
    solver = {"timeLimitSeconds": 8, "workers": 1}
    apply(kubectl, namespace, request("short", example("ncsaa-60-s1"), solver=solver))
    result = wait_for(kubectl, namespace, "short", "Complete")["result"]
    assert (result["games"], result["quality"]) == (224, "TimeLimit")


def test_a_pod_past_the_deadline_leaves_its_best_schedule(kubectl: Kubectl, namespace: str) -> None:
    solver = {"timeLimitSeconds": 600, "workers": 1}
    apply(kubectl, namespace, request("late", example("ncsaa-60-s1"), solver=solver))
    job = wait_progress(kubectl, namespace, "late")["jobRef"]["name"]
    patch = '{"spec": {"activeDeadlineSeconds": 1}}'
    kubectl("patch", "job", job, "-n", namespace, "--type=merge", "-p", patch)
    failed = wait_for(kubectl, namespace, "late", "Failed")
    assert condition(failed, "Failed")["reason"] == "DeadlineExceeded"
    assert failed["result"]["name"] in condition(failed, "Failed")["message"]
    assert failed["result"]["violations"] == 0


def test_the_api_server_refuses_what_it_can_tell(kubectl: Kubectl, namespace: str) -> None:
    both = request("both", small_league(), leagueFrom={"configMapKeyRef": {"name": "x"}})
    with pytest.raises(AssertionError, match="exactly one of"):
        apply(kubectl, namespace, both)
