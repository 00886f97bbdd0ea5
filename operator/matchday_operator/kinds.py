"""The kinds of objects that the operator handles, and where the API serves them."""

from dataclasses import dataclass

JOB_LABEL = "matchday.dev/job"
"""Label of a run's objects and pods: the name that they share."""

REQUEST_LABEL = "matchday.dev/request"
"""Label of a run's objects and pods: the name of their ScheduleRequest."""

MANAGED_BY = {"app.kubernetes.io/managed-by": "matchday"}


@dataclass(frozen=True)
class Kind:
    """A kind of namespaced object."""

    group: str
    """Empty for the core group."""
    version: str
    plural: str
    name: str
    selector: str = ""
    """Label selector with which it is listed and watched."""

    @property
    def api_version(self) -> str:
        """apiVersion as manifests have it."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def path(self, namespace: str | None, name: str = "", subresource: str = "") -> str:
        """URL path of an object, or of the collection where `name` is empty.

        No namespace means the collection over all namespaces.
        """
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        parts = [root]
        if namespace is not None:
            parts += ["namespaces", namespace]
        parts.append(self.plural)
        return "/".join([*parts, *filter(None, (name, subresource))])


OURS = "matchday.dev"
REQUEST = Kind(OURS, "v1alpha1", "schedulerequests", "ScheduleRequest")
RUN = Kind(OURS, "v1alpha1", "solverruns", "SolverRun", JOB_LABEL)
SCHEDULE = Kind(OURS, "v1alpha1", "schedules", "Schedule", JOB_LABEL)
JOB = Kind("batch", "v1", "jobs", "Job", JOB_LABEL)
POD = Kind("", "v1", "pods", "Pod", JOB_LABEL)
CONFIG_MAP = Kind("", "v1", "configmaps", "ConfigMap", JOB_LABEL)
EVENT = Kind("", "v1", "events", "Event")
SERVICE_ACCOUNT = Kind("", "v1", "serviceaccounts", "ServiceAccount")
ROLE_BINDING = Kind("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding")
LEASE = Kind("coordination.k8s.io", "v1", "leases", "Lease")

WATCHED = (REQUEST, RUN, JOB, POD)
"""Kinds whose events feed the store; the sweep compares them too."""
