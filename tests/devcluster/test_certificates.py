"""The certificates that openssl makes."""

from pathlib import Path

import pytest

from devcluster import certificates, config_files, plan
from devcluster.plan import Layout
from devcluster.shell import run, succeeds


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    layout = Layout(tmp_path_factory.mktemp("state"), Path("/programs"))
    wanted = certificates.identities("node", plan.NODE_ADDRESS, plan.SERVICE_ADDRESS)
    certificates.make(layout.pki, wanted)
    return layout


def verified(layout: Layout, name: str, authority: str, purpose: str) -> bool:
    command = ["openssl", "verify", "-purpose", purpose]
    trust = ["-CAfile", str(layout.pki / f"{authority}.crt")]
    return succeeds([*command, *trust, layout.pki / f"{name}.crt"])


@pytest.mark.parametrize("name", ["apiserver", "kubelet-server"])
def test_servers_are_signed_by_the_clusters_authority(layout: Layout, name: str) -> None:
    assert verified(layout, name, "ca", "sslserver")


@pytest.mark.parametrize("name", ["admin", "kubelet", "scheduler", "controller-manager"])
def test_clients_are_signed_by_the_clusters_authority(layout: Layout, name: str) -> None:
    assert verified(layout, name, "ca", "sslclient")


def test_no_identity_of_the_cluster_opens_the_store(layout: Layout) -> None:
    assert not verified(layout, "admin", "etcd-ca", "sslclient")


def test_a_servers_certificate_identifies_no_client(layout: Layout) -> None:
    assert not verified(layout, "apiserver", "ca", "sslclient")


def test_pods_find_the_address_of_the_api_server_in_its_certificate(layout: Layout) -> None:
    text = run(["openssl", "x509", "-noout", "-text", "-in", layout.pki / "apiserver.crt"])
    assert f"IP Address:{plan.SERVICE_ADDRESS}" in text


def test_keys_are_for_their_owner_only(layout: Layout) -> None:
    modes = {path.name: path.stat().st_mode & 0o077 for path in layout.pki.glob("*.key")}
    assert set(modes.values()) == {0}


def test_every_configuration_file_can_be_written(layout: Layout) -> None:
    written = {path.name for path in config_files.files(layout)}
    assert {"kubeconfig", "kubelet.json", "containerd.toml"} <= written
