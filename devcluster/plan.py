"""What a native cluster runs, with every flag. Pure: nothing here touches the machine."""

from dataclasses import dataclass
from pathlib import Path

NODE = "devcluster"
SERVICE_ADDRESS = "10.96.0.1"
NODE_ADDRESS = "10.247.255.1"
"""On the loopback device, so that no change of the machine's own address breaks the cluster."""
SERVICE_RANGE = "10.96.0.0/16"
POD_RANGE = "10.247.0.0/24"
BRIDGE = "matchday0"
NETWORK = "matchday-devcluster"
CGROUP = "matchday-devcluster"
API_PORT = 443
PORTS = {443: "kube-apiserver", 2379: "etcd", 2380: "etcd", 10250: "kubelet"}
"""What must be free on the machine, and for whom."""
ISSUER = "https://kubernetes.default.svc"


@dataclass(frozen=True)
class Layout:
    """The files of a cluster below its state folder."""

    state: Path
    programs: Path
    """The folder with the Kubernetes programs."""

    @property
    def pki(self) -> Path:
        """Keys and certificates."""
        return self.state / "pki"

    @property
    def config(self) -> Path:
        """Configuration files and the kubeconfigs of the components."""
        return self.state / "config"

    @property
    def logs(self) -> Path:
        """One log a component."""
        return self.state / "logs"

    @property
    def containerd_socket(self) -> Path:
        """Where containerd listens."""
        return self.state / "containerd/containerd.sock"


@dataclass(frozen=True)
class Component:
    """A process of the cluster."""

    name: str
    argv: tuple[str, ...]


def _pair(layout: Layout, name: str) -> tuple[str, str]:
    return (str(layout.pki / f"{name}.crt"), str(layout.pki / f"{name}.key"))


def etcd(layout: Layout) -> Component:
    """The store. Nothing is forced to the disk: the data is disposable."""
    certificate, key = _pair(layout, "etcd")
    authority = layout.pki / "etcd-ca.crt"
    secure = [
        f"--{peer}{flag}"
        for peer in ("", "peer-")
        for flag in (
            f"cert-file={certificate}",
            f"key-file={key}",
            f"trusted-ca-file={authority}",
            "client-cert-auth=true",
        )
    ]
    return Component(
        "etcd",
        (
            str(layout.programs / "etcd"),
            f"--data-dir={layout.state / 'etcd'}",
            "--name=devcluster",
            "--listen-client-urls=https://127.0.0.1:2379",
            "--advertise-client-urls=https://127.0.0.1:2379",
            "--listen-peer-urls=https://127.0.0.1:2380",
            "--initial-advertise-peer-urls=https://127.0.0.1:2380",
            "--initial-cluster=devcluster=https://127.0.0.1:2380",
            "--unsafe-no-fsync",
            *secure,
        ),
    )


def _apiserver_storage(layout: Layout) -> list[str]:
    certificate, key = _pair(layout, "etcd-client")
    return [
        "--etcd-servers=https://127.0.0.1:2379",
        f"--etcd-cafile={layout.pki / 'etcd-ca.crt'}",
        f"--etcd-certfile={certificate}",
        f"--etcd-keyfile={key}",
    ]


def _apiserver_identity(layout: Layout) -> list[str]:
    certificate, key = _pair(layout, "apiserver")
    kubelet_certificate, kubelet_key = _pair(layout, "apiserver-kubelet")
    return [
        f"--client-ca-file={layout.pki / 'ca.crt'}",
        f"--tls-cert-file={certificate}",
        f"--tls-private-key-file={key}",
        f"--kubelet-client-certificate={kubelet_certificate}",
        f"--kubelet-client-key={kubelet_key}",
        f"--kubelet-certificate-authority={layout.pki / 'ca.crt'}",
        "--kubelet-preferred-address-types=InternalIP",
        f"--service-account-issuer={ISSUER}",
        f"--service-account-key-file={layout.pki / 'service-account.pub'}",
        f"--service-account-signing-key-file={layout.pki / 'service-account.key'}",
    ]


def apiserver(layout: Layout) -> Component:
    """The API server; on the service address itself, so that pods need no kube-proxy."""
    network = [
        f"--advertise-address={NODE_ADDRESS}",
        "--bind-address=0.0.0.0",
        f"--secure-port={API_PORT}",
        f"--service-cluster-ip-range={SERVICE_RANGE}",
    ]
    policy = [
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--allow-privileged=true",
    ]
    program = str(layout.programs / "kube-apiserver")
    flags = [*network, *policy, *_apiserver_storage(layout), *_apiserver_identity(layout)]
    return Component("kube-apiserver", (program, *flags))


def controller_manager(layout: Layout) -> Component:
    """All controllers."""
    kubeconfig = layout.config / "controller-manager.kubeconfig"
    return Component(
        "kube-controller-manager",
        (
            str(layout.programs / "kube-controller-manager"),
            f"--kubeconfig={kubeconfig}",
            f"--authentication-kubeconfig={kubeconfig}",
            f"--authorization-kubeconfig={kubeconfig}",
            "--bind-address=127.0.0.1",
            "--leader-elect=false",
            "--use-service-account-credentials=true",
            f"--root-ca-file={layout.pki / 'ca.crt'}",
            f"--service-account-private-key-file={layout.pki / 'service-account.key'}",
            "--kube-api-qps=200",
            "--kube-api-burst=400",
            "--controllers=*",
        ),
    )


def scheduler(layout: Layout) -> Component:
    """The scheduler."""
    kubeconfig = layout.config / "scheduler.kubeconfig"
    return Component(
        "kube-scheduler",
        (
            str(layout.programs / "kube-scheduler"),
            f"--kubeconfig={kubeconfig}",
            f"--authentication-kubeconfig={kubeconfig}",
            f"--authorization-kubeconfig={kubeconfig}",
            "--bind-address=127.0.0.1",
            "--leader-elect=false",
        ),
    )


def containerd(layout: Layout) -> Component:
    """The container runtime: Debian's, with its own folders and socket."""
    return Component("containerd", ("containerd", f"--config={layout.config / 'containerd.toml'}"))


def kubelet(layout: Layout) -> Component:
    """The node."""
    return Component(
        "kubelet",
        (
            str(layout.programs / "kubelet"),
            f"--config={layout.config / 'kubelet.json'}",
            f"--kubeconfig={layout.config / 'kubelet.kubeconfig'}",
            f"--root-dir={layout.state / 'kubelet'}",
            f"--hostname-override={NODE}",
            f"--node-ip={NODE_ADDRESS}",
        ),
    )


def components(layout: Layout) -> list[Component]:
    """All processes in the order of their start."""
    makers = (etcd, apiserver, controller_manager, scheduler, containerd, kubelet)
    return [make(layout) for make in makers]
