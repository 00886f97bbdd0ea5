"""The Lease that says which replica leads."""

from datetime import datetime

from matchday_operator.kinds import MANAGED_BY
from matchday_operator.records import Json


def lease(namespace: str, name: str, spec: Json, resource_version: str = "") -> Json:
    """A Lease; with a resource version it replaces exactly that state of it."""
    metadata: Json = {"name": name, "namespace": namespace, "labels": MANAGED_BY}
    if resource_version:
        metadata["resourceVersion"] = resource_version
    return {
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": metadata,
        "spec": spec,
    }


def lease_spec(
    holder: str, seconds: int, acquired: str, renewed: datetime, transitions: int
) -> Json:
    """The content of a Lease; an empty holder gives it back."""
    return {
        "holderIdentity": holder,
        "leaseDurationSeconds": seconds,
        "acquireTime": acquired,
        "renewTime": micro_time(renewed),
        "leaseTransitions": transitions,
    }


def micro_time(moment: datetime) -> str:
    """A time as Leases have it, with microseconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
