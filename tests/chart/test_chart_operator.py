"""The operator's Deployment: two replicas, restricted pods, and its environment."""

from collections.abc import Mapping
from typing import Any

import pytest

from matchday_operator.config import from_env
from tests.chart.rendered import HelmError, Manifest, environment, of_kind, one, render

DIGEST = "sha256:" + "0123456789abcdef" * 4


def pod(objects: list[Manifest]) -> Manifest:
    """The pod of the Deployment."""
    spec: Manifest = one(objects, "Deployment")["spec"]["template"]["spec"]
    return spec


def test_two_replicas_share_one_lease() -> None:
    objects = render()
    assert one(objects, "Deployment")["spec"]["replicas"] == 2
    assert environment(objects)["MATCHDAY_LEASE_NAME"] == "matchday-operator"


def test_every_container_keeps_the_restricted_standard() -> None:
    spec = pod(render())
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in spec["containers"] + spec.get("initContainers", []):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_the_pod_shares_nothing_of_its_node() -> None:
    spec = pod(render())
    assert not {"hostNetwork", "hostPID", "hostIPC", "volumes"} & set(spec)


def test_the_operator_reads_the_environment_that_the_chart_sets() -> None:
    values = {
        "watchNamespaces": ["north", "south"],
        "operator": {"workers": 7, "logFormat": "text", "logLevel": "debug"},
        "solver": {
            "image": {"repository": "registry.example/solver", "digest": DIGEST},
            "imagePullSecrets": [{"name": "one"}, {"name": "two"}],
            "dnsPolicy": "Default",
        },
    }
    config = from_env({**environment(render(values)), "POD_NAME": "a"})
    assert (config.namespaces, config.workers) == (("north", "south"), 7)
    assert (config.log_format, config.log_level) == ("text", "DEBUG")
    assert config.solver.image == f"registry.example/solver@{DIGEST}"
    assert config.solver.pull_secrets == ("one", "two")
    assert config.solver.dns_policy == "Default"


def test_the_operator_binds_the_role_that_the_chart_makes() -> None:
    objects = render(release="north-league")
    name = environment(objects)["MATCHDAY_SOLVER_CLUSTER_ROLE"]
    assert one(objects, "ClusterRole", name)["rules"][0]["verbs"] == ["patch"]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ({}, "matchday-operator:0.1.0"),
        ({"tag": "7"}, "matchday-operator:7"),
        ({"tag": "7", "digest": DIGEST}, f"matchday-operator@{DIGEST}"),
    ],
    ids=["version", "tag", "digest"],
)
def test_images_are_named_by_digest_tag_or_version(image: Manifest, expected: str) -> None:
    assert pod(render({"operator": {"image": image}}))["containers"][0]["image"] == expected


def test_probes_ask_the_ports_of_the_container() -> None:
    (container,) = pod(render())["containers"]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert ports == {"health": 8080, "metrics": 9090}
    assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "health"}
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "health"}


def test_replicas_prefer_different_nodes_and_need_none() -> None:
    affinity = pod(render())["affinity"]["podAntiAffinity"]
    assert list(affinity) == ["preferredDuringSchedulingIgnoredDuringExecution"]


def test_one_replica_at_a_time_may_be_taken_away() -> None:
    budget = one(render(), "PodDisruptionBudget")["spec"]
    assert budget["maxUnavailable"] == 1
    assert budget["selector"]["matchLabels"]["app.kubernetes.io/component"] == "operator"


def test_the_selector_matches_the_pods_and_survives_an_upgrade() -> None:
    deployment = one(render(), "Deployment")["spec"]
    selector: Mapping[str, Any] = deployment["selector"]["matchLabels"]
    assert selector.items() <= deployment["template"]["metadata"]["labels"].items()
    assert "app.kubernetes.io/version" not in selector


def test_scheduling_options_reach_the_pod() -> None:
    chosen = {
        "priorityClassName": "high",
        "nodeSelector": {"disk": "ssd"},
        "tolerations": [{"key": "special", "operator": "Exists"}],
        "dnsPolicy": "Default",
    }
    spec = pod(render({"operator": chosen, "imagePullSecrets": [{"name": "registry"}]}))
    assert {key: spec[key] for key in chosen} == chosen
    assert spec["imagePullSecrets"] == [{"name": "registry"}]


def test_the_release_has_no_secrets() -> None:
    assert not of_kind(render(), "Secret")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"replicas": 3}, "replicas"),
        ({"operator": {"image": {"digest": "latest"}}}, "digest"),
        ({"operator": {"logFormat": "xml"}}, "logFormat"),
        ({"watchNamespaces": ["Not A Name"]}, "watchNamespaces"),
        ({"networkPolicy": {"apiServerPorts": []}}, "apiServerPorts"),
    ],
)
def test_values_that_make_no_sense_are_refused_by_name(values: Manifest, told: str) -> None:
    with pytest.raises(HelmError, match=told):
        render(values)
