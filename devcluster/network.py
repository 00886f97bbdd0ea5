"""Addresses, the pods' bridge and its rules."""

import json
import re
import shlex
import socket
from collections.abc import Mapping
from pathlib import Path

from devcluster.output import DevclusterError
from devcluster.shell import attempt, run

_SYSCTLS = (
    "net/ipv4/ip_forward",
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
)
"""Kernel settings that the kubelet or the bridge plugin changes."""
_HOST_PORT_CHAINS = ("CNI-HOSTPORT-DNAT", "CNI-HOSTPORT-MASQ", "CNI-HOSTPORT-SETMARK")


def read_sysctls() -> dict[str, str]:
    """The kernel settings that a cluster changes, as they are now."""
    files = {name: Path("/proc/sys") / name for name in _SYSCTLS}
    return {name: file.read_text().strip() for name, file in files.items() if file.exists()}


def restore_sysctls(before: Mapping[str, str]) -> None:
    """Put back the kernel settings that differ."""
    now = read_sysctls()
    for name in _SYSCTLS:
        if name in before and before[name] != now.get(name):
            (Path("/proc/sys") / name).write_text(before[name])


def _loopback_addresses() -> set[str]:
    shown = attempt(["ip", "-json", "address", "show", "dev", "lo"])
    found = json.loads(shown.stdout) if shown.returncode == 0 else []
    return {info["local"] for link in found for info in link["addr_info"]}


def add_addresses(*addresses: str) -> None:
    """Put addresses on the loopback device."""
    for address in set(addresses) - _loopback_addresses():
        run(["ip", "address", "add", f"{address}/32", "dev", "lo"])


def remove_addresses(*addresses: str) -> None:
    """Take addresses from the loopback device."""
    for address in set(addresses) & _loopback_addresses():
        run(["ip", "address", "delete", f"{address}/32", "dev", "lo"])


def remove_bridge(name: str) -> None:
    """Remove the bridge and the ends of the pods' links that hang on it."""
    if attempt(["ip", "link", "show", "dev", name]).returncode != 0:
        return
    links = json.loads(run(["ip", "-json", "link", "show", "master", name]) or "[]")
    for link in [entry["ifname"] for entry in links if entry]:
        attempt(["ip", "link", "delete", "dev", link])
    attempt(["ip", "link", "delete", "dev", name])


def rule_removals(rules: str, network: str) -> list[list[str]]:
    """The iptables arguments that remove what host ports of one network left behind.

    ``rules`` is what ``iptables -t nat -S`` prints. The chains that all networks share go only
    where no other network uses them.
    """
    lines = [line for line in rules.splitlines() if line.startswith("-A ")]
    ours = [line for line in lines if f'\\"{network}\\"' in line]
    chains = [found[1] for line in ours if (found := re.search(r"-j (CNI-DN-\w+)", line))]
    removals = [["-D", *shlex.split(line)[1:]] for line in ours]
    removals += [[action, chain] for chain in chains for action in ("-F", "-X")]
    shared = [line for line in lines if line.startswith("-A CNI-HOSTPORT-DNAT ")]
    if ours and all(line in ours for line in shared):
        jumps = [line for line in lines if re.search(r"-j CNI-HOSTPORT-(DNAT|MASQ)", line)]
        removals += [["-D", *shlex.split(line)[1:]] for line in jumps if line not in ours]
        removals += [[action, chain] for action in ("-F", "-X") for chain in _HOST_PORT_CHAINS]
    return removals


def remove_rules(network: str) -> None:
    """Remove the rules that pods with host ports left."""
    listed = attempt(["iptables", "-w", "-t", "nat", "-S"])
    if listed.returncode == 0:
        for arguments in rule_removals(listed.stdout, network):
            attempt(["iptables", "-w", "-t", "nat", *arguments])


def require_free(ports: Mapping[int, str]) -> None:
    """Raise DevclusterError where another program has one of the ports."""
    taken = []
    for port, user in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                taken.append(f"{port} ({user})")
    if taken:
        raise DevclusterError(
            f"other programs listen on port {', '.join(taken)}, which the cluster needs; "
            "end them (see `ss -ltnp`) and try again"
        )
