"""The certificates of a native cluster, made with openssl."""

from dataclasses import dataclass
from pathlib import Path

from devcluster.shell import Command, run

_DAYS = "3650"


@dataclass(frozen=True)
class Identity:
    """One certificate to issue."""

    name: str
    """The file name without suffix."""
    subject: str
    """The subject as openssl writes it: /O=group/CN=user."""
    authority: str = "ca"
    """The file name of the authority that signs."""
    addresses: tuple[str, ...] = ()
    """Alternative names as openssl writes them: DNS:name, IP:address."""
    client: bool = True
    """Whether it may identify a client."""

    def extensions(self) -> str:
        """The extension section of the certificate."""
        usages = (["serverAuth"] if self.addresses else []) + (["clientAuth"] * self.client)
        lines = [
            "basicConstraints=CA:FALSE",
            "keyUsage=critical,digitalSignature",
            f"extendedKeyUsage={','.join(usages)}",
        ]
        names = [f"subjectAltName={','.join(self.addresses)}"] if self.addresses else []
        return "\n".join([*lines, *names]) + "\n"


def identities(node: str, node_address: str, service_address: str) -> list[Identity]:
    """Every certificate that a cluster with one node needs."""
    server = (
        *(f"DNS:kubernetes{rest}" for rest in ("", ".default", ".default.svc")),
        *("DNS:kubernetes.default.svc.cluster.local", "DNS:localhost"),
        *(f"IP:{address}" for address in ("127.0.0.1", service_address, node_address)),
    )
    etcd = ("DNS:localhost", "IP:127.0.0.1")
    kubelet = (f"DNS:{node}", f"IP:{node_address}")
    return [
        Identity("etcd", "/CN=etcd", "etcd-ca", etcd),
        Identity("etcd-client", "/CN=kube-apiserver", "etcd-ca"),
        Identity("apiserver", "/CN=kube-apiserver", addresses=server, client=False),
        Identity("apiserver-kubelet", "/CN=kube-apiserver-kubelet-client"),
        Identity("kubelet", f"/O=system:nodes/CN=system:node:{node}"),
        Identity("kubelet-server", f"/CN=system:node:{node}", addresses=kubelet, client=False),
        Identity("controller-manager", "/CN=system:kube-controller-manager"),
        Identity("scheduler", "/CN=system:kube-scheduler"),
        Identity("admin", "/O=system:masters/CN=kubernetes-admin"),
    ]


def _key(path: Path) -> None:
    run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path])
    path.chmod(0o600)


def _authority(folder: Path, name: str) -> None:
    key, certificate = folder / f"{name}.key", folder / f"{name}.crt"
    _key(key)
    request: Command = ["openssl", "req", "-x509", "-new", "-key", key, "-days", _DAYS]
    usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign,digitalSignature"]
    run([*request, "-subj", f"/CN=devcluster-{name}", *usage, "-out", certificate])


def _issue(folder: Path, identity: Identity) -> None:
    key = folder / f"{identity.name}.key"
    _key(key)
    subject = ["-subj", identity.subject]
    request = run(["openssl", "req", "-new", "-key", key, *subject])
    extensions = folder / f"{identity.name}.ext"
    extensions.write_text(identity.extensions())
    authority = folder / identity.authority
    sign: Command = ["openssl", "x509", "-req", "-days", _DAYS, "-extfile", extensions]
    signer = ["-CA", f"{authority}.crt", "-CAkey", f"{authority}.key"]
    serial = ["-CAserial", f"{authority}.srl", "-CAcreateserial"]
    run([*sign, *signer, *serial, "-out", folder / f"{identity.name}.crt"], stdin=request)


def make(folder: Path, wanted: list[Identity]) -> None:
    """Make the authorities, the service account key and all certificates into a folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for authority in dict.fromkeys(identity.authority for identity in wanted):
        _authority(folder, authority)
    for identity in wanted:
        _issue(folder, identity)
    service_account = folder / "service-account.key"
    run(["openssl", "genrsa", "-out", service_account, "2048"])
    run(
        [
            "openssl",
            "rsa",
            "-in",
            service_account,
            "-pubout",
            "-out",
            service_account.with_suffix(".pub"),
        ]
    )
