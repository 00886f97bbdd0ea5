"""The configuration files of a native cluster. Pure: text from a layout."""

import base64
import json
from pathlib import Path

from devcluster import plan, versions
from devcluster.plan import Layout


def kubeconfig(layout: Layout, identity: str) -> str:
    """A kubeconfig (JSON is YAML) with everything inside, for one of the certificates."""
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "devcluster",
            "clusters": [
                {
                    "name": "devcluster",
                    "cluster": {
                        "server": f"https://127.0.0.1:{plan.API_PORT}",
                        "certificate-authority-data": _data(layout.pki / "ca.crt"),
                    },
                }
            ],
            "users": [
                {
                    "name": identity,
                    "user": {
                        "client-certificate-data": _data(layout.pki / f"{identity}.crt"),
                        "client-key-data": _data(layout.pki / f"{identity}.key"),
                    },
                }
            ],
            "contexts": [
                {"name": "devcluster", "context": {"cluster": "devcluster", "user": identity}}
            ],
        },
        indent=2,
    )


def _data(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def kubelet(layout: Layout) -> str:
    """The kubelet's configuration."""
    threshold = {"memory.available": "100Mi"}
    disks = ("nodefs.available", "nodefs.inodesFree", "imagefs.available", "imagefs.inodesFree")
    return json.dumps(
        {
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "address": plan.NODE_ADDRESS,
            "authentication": {
                "anonymous": {"enabled": False},
                "webhook": {"enabled": True},
                "x509": {"clientCAFile": str(layout.pki / "ca.crt")},
            },
            "authorization": {"mode": "Webhook"},
            "tlsCertFile": str(layout.pki / "kubelet-server.crt"),
            "tlsPrivateKeyFile": str(layout.pki / "kubelet-server.key"),
            "containerRuntimeEndpoint": f"unix://{layout.containerd_socket}",
            "podCIDR": plan.POD_RANGE,
            "podLogsDir": str(layout.state / "pod-logs"),
            "cgroupDriver": "cgroupfs",
            "cgroupRoot": f"/{plan.CGROUP}",
            "failCgroupV1": False,
            "failSwapOn": False,
            "oomScoreAdj": 0,
            "maxOpenFiles": 20000,
            "makeIPTablesUtilChains": False,
            "imageGCHighThresholdPercent": 100,
            "imageGCLowThresholdPercent": 99,
            "evictionHard": threshold | dict.fromkeys(disks, "0%"),
        },
        indent=2,
    )


def containerd(layout: Layout) -> str:
    """containerd's configuration: nothing of it lies outside the state folder.

    ``restrict_oom_score_adj`` lets it run where the process may not lower that score.
    """
    folder = layout.state / "containerd"
    return f"""version = 2
root = "{folder}/root"
state = "{folder}/state"
disabled_plugins = ["io.containerd.internal.v1.opt"]

[grpc]
  address = "{layout.containerd_socket}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{versions.PAUSE_IMAGE}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true

[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = "{layout.config}/cni"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  Root = "{folder}/runc"
"""


def network(layout: Layout) -> str:
    """The network of the pods: a bridge, and no way out of the machine."""
    bridge = {
        "type": "bridge",
        "bridge": plan.BRIDGE,
        "isGateway": True,
        "hairpinMode": True,
        "ipam": {
            "type": "host-local",
            "dataDir": str(layout.state / "ipam"),
            "ranges": [[{"subnet": plan.POD_RANGE}]],
            "routes": [{"dst": "0.0.0.0/0"}],
        },
    }
    ports = {"type": "portmap", "capabilities": {"portMappings": True}}
    return json.dumps(
        {"cniVersion": "0.4.0", "name": plan.NETWORK, "plugins": [bridge, ports]}, indent=2
    )


KUBELET_ACCESS = json.dumps(
    {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "devcluster-kubelet-api"},
        "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io",
            "kind": "ClusterRole",
            "name": "system:kubelet-api-admin",
        },
        "subjects": [
            {
                "apiGroup": "rbac.authorization.k8s.io",
                "kind": "User",
                "name": "kube-apiserver-kubelet-client",
            }
        ],
    }
)
"""Lets the API server read logs and run commands through the kubelet."""


def files(layout: Layout) -> dict[Path, str]:
    """Every configuration file with its content; the certificates must be there."""
    configs = {
        layout.config / "kubelet.json": kubelet(layout),
        layout.config / "containerd.toml": containerd(layout),
        layout.config / "cni/10-devcluster.conflist": network(layout),
        layout.state / "kubeconfig": kubeconfig(layout, "admin"),
    }
    for identity in ("controller-manager", "scheduler", "kubelet"):
        configs[layout.config / f"{identity}.kubeconfig"] = kubeconfig(layout, identity)
    return configs
