"""What can be switched on and off, names, CRDs, and helm's own checks."""

import json

import pytest
import yaml

from tests.chart.rendered import CHART, HelmError, Manifest, of_kind, one, render, run_helm

EVERYTHING: Manifest = {
    "metrics": {
        "serviceMonitor": {"enabled": True},
        "prometheusRule": {"enabled": True},
        "dashboard": {"enabled": True},
    },
    "networkPolicy": {"enabled": True},
    "watchNamespaces": ["a-namespace-with-a-long-name-" + "x" * 30],
}


def test_helm_lint_has_nothing_to_say() -> None:
    report = run_helm("lint", "--strict", CHART, values=EVERYTHING)
    assert "0 chart(s) failed" in report
    assert "[WARNING]" not in report


@pytest.mark.parametrize(
    ("kind", "switch"),
    [
        ("ServiceMonitor", {"metrics": {"serviceMonitor": {"enabled": True}}}),
        ("PrometheusRule", {"metrics": {"prometheusRule": {"enabled": True}}}),
        ("ConfigMap", {"metrics": {"dashboard": {"enabled": True}}}),
        ("NetworkPolicy", {"networkPolicy": {"enabled": True}}),
    ],
)
def test_what_is_off_by_default_can_be_switched_on(kind: str, switch: Manifest) -> None:
    assert not of_kind(render(), kind)
    assert len(of_kind(render(switch), kind)) == 1


@pytest.mark.parametrize(
    ("kind", "switch"),
    [
        ("PodDisruptionBudget", {"podDisruptionBudget": {"enabled": False}}),
        ("Service", {"metrics": {"service": {"enabled": False}}}),
    ],
)
def test_what_is_on_by_default_can_be_switched_off(kind: str, switch: Manifest) -> None:
    assert len(of_kind(render(), kind)) == 1
    assert not of_kind(render(switch), kind)


def test_roles_for_people_can_be_switched_off() -> None:
    names = {role["metadata"]["name"] for role in of_kind(render(), "ClusterRole")}
    left = render({"userRoles": {"create": False}})
    assert names - {role["metadata"]["name"] for role in of_kind(left, "ClusterRole")} == {
        "matchday-view",
        "matchday-edit",
    }


def test_a_service_monitor_without_its_service_is_refused() -> None:
    metrics = {"service": {"enabled": False}, "serviceMonitor": {"enabled": True}}
    with pytest.raises(HelmError, match=r"needs metrics\.service\.enabled"):
        render({"metrics": metrics})


@pytest.mark.parametrize("release", ["matchday", "m", "r" * 53, "a-matchday-" + "b" * 42])
def test_all_names_fit_with_every_release_name(release: str) -> None:
    for made in render(EVERYTHING, release=release):
        if made["kind"] != "CustomResourceDefinition":
            assert len(made["metadata"]["name"]) <= 63


@pytest.mark.parametrize("release", ["matchday", "r" * 53])
def test_no_two_objects_share_a_name(release: str) -> None:
    keys = [
        (made["kind"], made["metadata"].get("namespace"), made["metadata"]["name"])
        for made in render(EVERYTHING, release=release)
    ]
    assert len(keys) == len(set(keys))


def test_two_releases_share_no_object_of_the_cluster() -> None:
    def of_cluster(release: str) -> set[tuple[str, str]]:
        return {
            (made["kind"], made["metadata"]["name"])
            for made in render(release=release)
            if "namespace" not in made["metadata"] and made["kind"] != "CustomResourceDefinition"
        }

    assert of_cluster("north")
    assert not of_cluster("north") & of_cluster("south")


def test_an_upgrade_brings_the_crds_and_a_deletion_keeps_them() -> None:
    definitions = of_kind(render(), "CustomResourceDefinition")
    assert {each["metadata"]["name"] for each in definitions} == {
        "schedulerequests.matchday.dev",
        "schedules.matchday.dev",
        "solverruns.matchday.dev",
    }
    for each in definitions:
        assert each["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"


def test_the_crds_can_be_left_to_somebody_else() -> None:
    everything, without = render(), render({"crds": {"install": False}})
    left = [each for each in everything if each["kind"] != "CustomResourceDefinition"]
    assert without == left


def test_the_network_policy_lets_the_operator_reach_only_names_and_the_api_server() -> None:
    policy = one(render({"networkPolicy": {"enabled": True}}), "NetworkPolicy")["spec"]
    ports = {entry["port"] for rule in policy["egress"] for entry in rule["ports"]}
    assert ports == {53, 443, 6443}
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}


def test_alerts_and_dashboard_are_well_formed() -> None:
    objects = render(EVERYTHING)
    rules = one(objects, "PrometheusRule")["spec"]["groups"][0]["rules"]
    assert all({"alert", "expr", "labels", "annotations"} <= rule.keys() for rule in rules)
    dashboard = json.loads(one(objects, "ConfigMap")["data"]["matchday.json"])
    assert all(panel["targets"][0]["expr"] for panel in dashboard["panels"])


def test_the_default_values_are_all_in_the_schema() -> None:
    schema = json.loads((CHART / "values.schema.json").read_text())
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    assert set(values) == set(schema["properties"]) - {"global"}


def test_a_service_monitor_finds_the_operator_s_metrics() -> None:
    objects = render({"metrics": {"serviceMonitor": {"enabled": True}}})
    monitor, service = one(objects, "ServiceMonitor")["spec"], one(objects, "Service")
    assert monitor["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
    (port,) = service["spec"]["ports"]
    assert [endpoint["port"] for endpoint in monitor["endpoints"]] == [port["name"]]
    template = one(objects, "Deployment")["spec"]["template"]
    assert service["spec"]["selector"].items() <= template["metadata"]["labels"].items()
    (container,) = template["spec"]["containers"]
    assert {"name": port["targetPort"], "containerPort": 9090, "protocol": "TCP"} in container[
        "ports"
    ]


def test_names_that_yaml_takes_for_numbers_stay_names() -> None:
    values: Manifest = {"watchNamespaces": ["123", "true"], "operator": {"priorityClassName": "1"}}
    text = run_helm("template", "2026", CHART, "--namespace", "1e3", values=values)
    objects = [each for each in yaml.safe_load_all(text) if each]
    spaces = {each["metadata"].get("namespace", "1e3") for each in objects}
    assert spaces == {"1e3", "123", "true"}
    deployment = one(objects, "Deployment")
    assert deployment["metadata"]["labels"]["app.kubernetes.io/instance"] == "2026"
    assert deployment["spec"]["template"]["spec"]["priorityClassName"] == "1"
