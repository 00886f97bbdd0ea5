"""The solver's account in a namespace, and its one right."""

from matchday_operator.kinds import MANAGED_BY
from matchday_operator.records import Json

ACCOUNT = "matchday-solver"
"""Name of the ServiceAccount and the RoleBinding in every namespace with requests."""


def service_account(namespace: str) -> Json:
    """The account of the solver's pods; pods mount its token only where they ask for it."""
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": ACCOUNT, "namespace": namespace, "labels": MANAGED_BY},
        "automountServiceAccountToken": False,
    }


def role_binding(namespace: str, cluster_role: str) -> Json:
    """Binds the account to the solver's ClusterRole, in this namespace only."""
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "RoleBinding",
        "metadata": {"name": ACCOUNT, "namespace": namespace, "labels": MANAGED_BY},
        "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io",
            "kind": "ClusterRole",
            "name": cluster_role,
        },
        "subjects": [{"kind": "ServiceAccount", "name": ACCOUNT, "namespace": namespace}],
    }
