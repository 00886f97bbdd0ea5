"""What is read from the machine: mounts, firewall rules, versions, packages."""

import socket
from pathlib import Path

import pytest

from devcluster import debian, golang, mounts, network
from devcluster.output import DevclusterError

RULES = r"""
-P PREROUTING ACCEPT
-N CNI-DN-aaa
-N CNI-HOSTPORT-DNAT
-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
-A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ
-A CNI-DN-aaa -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.247.0.4:80
-A CNI-HOSTPORT-DNAT -m comment --comment "dnat name: \"ours\" id: \"1\"" -j CNI-DN-aaa
"""
FOREIGN = r"""
-A CNI-HOSTPORT-DNAT -m comment --comment "dnat name: \"theirs\" id: \"2\"" -j CNI-DN-bbb
"""


def test_the_rules_of_our_host_ports_are_removed_with_their_chain() -> None:
    removals = network.rule_removals(RULES, "ours")
    comment = 'dnat name: "ours" id: "1"'
    jump = ["-m", "comment", "--comment", comment, "-j", "CNI-DN-aaa"]
    assert removals[:3] == [
        ["-D", "CNI-HOSTPORT-DNAT", *jump],
        ["-F", "CNI-DN-aaa"],
        ["-X", "CNI-DN-aaa"],
    ]


def test_the_shared_chains_go_with_the_last_network() -> None:
    assert ["-X", "CNI-HOSTPORT-DNAT"] in network.rule_removals(RULES, "ours")


def test_the_shared_chains_stay_while_another_network_uses_them() -> None:
    assert ["-X", "CNI-HOSTPORT-DNAT"] not in network.rule_removals(RULES + FOREIGN, "ours")


def test_the_rules_of_other_networks_stay() -> None:
    removals = network.rule_removals(RULES + FOREIGN, "ours")
    assert not any("CNI-DN-bbb" in argument for removal in removals for argument in removal)


def test_without_rules_of_ours_nothing_is_removed() -> None:
    assert network.rule_removals(FOREIGN, "ours") == []


def test_a_taken_port_is_named_with_its_user() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DevclusterError, match=rf"{port} \(etcd\)"):
            network.require_free({port: "etcd"})


def test_mounts_below_a_folder_come_latest_first() -> None:
    lines = [f"1 2 8:1 / {point} rw - ext4 /dev/a rw" for point in ("/s", "/s/a", "/sx", "/s/a/b")]
    assert mounts.parse("\n".join(lines), Path("/s")) == ["/s/a/b", "/s/a", "/s"]


def test_a_mount_point_with_a_space_is_read_as_it_is() -> None:
    line = r"1 2 8:1 / /s/a\040b rw - ext4 /dev/a rw"
    assert mounts.parse(line, Path("/s")) == ["/s/a b"]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("go version go1.26.8 linux/amd64", (1, 26, 8)),
        ("go version go1.27 linux/amd64", (1, 27, 0)),
        ("no such command", (0, 0, 0)),
    ],
)
def test_the_release_of_go_is_read(text: str, version: tuple[int, int, int]) -> None:
    assert golang.parse_version(text) == version


def test_only_missing_packages_are_installed(tmp_path: Path) -> None:
    needed = {"sh": "dash", "/": "base", f"{tmp_path}/none": "lacking", "no-such-program": "other"}
    assert debian.missing(needed) == ["lacking", "other"]
