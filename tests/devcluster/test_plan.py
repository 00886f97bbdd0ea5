"""The flags and configuration files of a native cluster."""

import json
import tomllib
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from devcluster import config_files, plan, startup
from devcluster.plan import Layout

LAYOUT = Layout(Path("/state"), Path("/programs"))


def flags(name: str) -> list[str]:
    return next(list(c.argv) for c in plan.components(LAYOUT) if c.name == name)


def test_the_store_starts_before_the_api_server_and_the_node_last() -> None:
    names = [component.name for component in plan.components(LAYOUT)]
    assert (names[0], names[1], names[-1]) == ("etcd", "kube-apiserver", "kubelet")


def test_the_api_server_authorizes_by_node_and_role() -> None:
    assert "--authorization-mode=Node,RBAC" in flags("kube-apiserver")


def test_the_store_talks_only_to_holders_of_a_certificate() -> None:
    assert {"--client-cert-auth=true", "--peer-client-cert-auth=true"} <= set(flags("etcd"))


@pytest.mark.parametrize("name", ["kube-controller-manager", "kube-scheduler"])
def test_controllers_listen_on_the_loopback_device_only(name: str) -> None:
    assert "--bind-address=127.0.0.1" in flags(name)


def test_every_file_of_a_component_lies_in_the_state_folder() -> None:
    arguments = [argument for c in plan.components(LAYOUT) for argument in c.argv[1:]]
    paths = [a.partition("=")[2] for a in arguments if a.partition("=")[2].startswith("/")]
    assert paths
    assert all(path.startswith("/state/") for path in paths)


def test_the_service_address_is_the_first_of_the_service_range() -> None:
    services = ip_network(plan.SERVICE_RANGE)
    assert ip_address(plan.SERVICE_ADDRESS) == services.network_address + 1


def test_the_nodes_address_is_never_given_to_a_pod() -> None:
    assert ip_address(plan.NODE_ADDRESS) not in ip_network(plan.POD_RANGE)


def test_the_kubelet_answers_nobody_without_an_identity() -> None:
    settings = json.loads(config_files.kubelet(LAYOUT))
    assert settings["authentication"]["anonymous"] == {"enabled": False}
    assert settings["authorization"] == {"mode": "Webhook"}


def test_pods_live_below_a_control_group_of_the_clusters_own() -> None:
    settings = json.loads(config_files.kubelet(LAYOUT))
    assert settings["cgroupRoot"] == f"/{plan.CGROUP}"


def test_containerd_keeps_everything_in_the_state_folder() -> None:
    settings = tomllib.loads(config_files.containerd(LAYOUT))
    cri = settings["plugins"]["io.containerd.grpc.v1.cri"]
    assert settings["root"].startswith("/state/")
    assert settings["state"].startswith("/state/")
    assert cri["netns_mounts_under_state_dir"] is True


def test_pods_get_addresses_of_the_pod_range() -> None:
    network = json.loads(config_files.network(LAYOUT))
    assert network["plugins"][0]["ipam"]["ranges"] == [[{"subnet": plan.POD_RANGE}]]


def test_pods_are_not_masqueraded_to_the_outside() -> None:
    network = json.loads(config_files.network(LAYOUT))
    assert "ipMasq" not in network["plugins"][0]


def test_the_socket_of_containerd_is_short_enough_for_the_kernel() -> None:
    layout = Layout(Path("/var/lib/matchday-devcluster"), Path("/programs"))
    assert len(str(layout.containerd_socket)) < 108


def test_the_fingerprint_is_stable() -> None:
    assert startup.fingerprint(Path("/state")) == startup.fingerprint(Path("/state"))


def test_the_fingerprint_changes_with_a_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    before = startup.fingerprint(Path("/state"))
    monkeypatch.setattr(plan, "SERVICE_RANGE", "10.97.0.0/16")
    assert startup.fingerprint(Path("/state")) != before
