"""Who may do what: exactly the rights that are needed, and where."""

import pytest

from tests.chart.rendered import Manifest, of_kind, one, render

SERVED = {
    ("matchday.dev", "schedulerequests", "get list watch"),
    ("matchday.dev", "schedulerequests/status", "patch"),
    ("matchday.dev", "solverruns", "create delete get list patch watch"),
    ("matchday.dev", "schedules", "create delete get list"),
    ("batch", "jobs", "create delete get list patch watch"),
    ("", "pods", "delete get list watch"),
    ("", "pods/status", "patch"),
    ("", "configmaps", "create delete get"),
    ("", "events", "create list"),
    ("", "serviceaccounts", "create"),
    ("", "serviceaccounts matchday-solver", "get"),
    ("rbac.authorization.k8s.io", "rolebindings", "create"),
    ("rbac.authorization.k8s.io", "rolebindings matchday-solver", "get"),
    ("rbac.authorization.k8s.io", "clusterroles matchday-solver", "bind"),
}
"""All rights of the operator in a namespace that it serves: group, resource and names, verbs."""


def rights(role: Manifest) -> set[tuple[str, str, str]]:
    """The rights of a role, one entry a resource."""
    return {
        (
            group,
            " ".join([resource, *rule.get("resourceNames", [])]),
            verbs_of(rule),
        )
        for rule in role["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
    }


def verbs_of(rule: Manifest) -> str:
    """The verbs of a rule in alphabetical order."""
    return " ".join(sorted(rule["verbs"]))


def namespaces(objects: list[Manifest], kind: str, name: str) -> set[str]:
    """Namespaces in which there is an object of that kind and name."""
    found = of_kind(objects, kind)
    return {each["metadata"]["namespace"] for each in found if each["metadata"]["name"] == name}


def test_the_operator_has_exactly_these_rights_in_all_namespaces() -> None:
    assert rights(one(render(), "ClusterRole", "matchday-operator")) == SERVED


def test_with_namespaces_it_has_the_same_rights_in_those_only() -> None:
    objects = render({"watchNamespaces": ["north", "south"]})
    assert namespaces(objects, "Role", "matchday-operator") == {"north", "south"}
    assert namespaces(objects, "RoleBinding", "matchday-operator") == {"north", "south"}
    for role in of_kind(objects, "Role"):
        if role["metadata"]["name"] == "matchday-operator":
            assert rights(role) == SERVED


def test_with_namespaces_nothing_is_granted_in_the_whole_cluster() -> None:
    assert not of_kind(render({"watchNamespaces": ["north"]}), "ClusterRoleBinding")


def test_its_lease_is_the_only_one_that_it_may_change() -> None:
    assert rights(one(render(), "Role", "matchday-operator-lease")) == {
        ("coordination.k8s.io", "leases", "create"),
        ("coordination.k8s.io", "leases matchday-operator", "get update"),
    }


def test_the_lease_s_name_is_the_one_that_the_operator_uses() -> None:
    objects = render(release="north-league")
    role = one(objects, "Role", "north-league-matchday-operator-lease")
    assert role["rules"][1]["resourceNames"] == ["north-league-matchday-operator"]


def test_the_solver_may_patch_two_kinds_of_status_and_nothing_else() -> None:
    assert rights(one(render(), "ClusterRole", "matchday-solver")) == {
        ("matchday.dev", "solverruns/status", "patch"),
        ("matchday.dev", "schedules/status", "patch"),
    }


def test_nobody_is_bound_to_the_solver_s_rights_by_the_chart() -> None:
    objects = render()
    bindings = of_kind(objects, "RoleBinding") + of_kind(objects, "ClusterRoleBinding")
    assert "matchday-solver" not in {binding["roleRef"]["name"] for binding in bindings}


@pytest.mark.parametrize("values", [{}, {"watchNamespaces": ["north"]}])
def test_no_role_has_a_wildcard_or_a_right_on_secrets(values: Manifest) -> None:
    objects = render(values)
    for role in of_kind(objects, "Role") + of_kind(objects, "ClusterRole"):
        for rule in role["rules"]:
            words = rule["apiGroups"] + rule["resources"] + rule["verbs"]
            assert "*" not in words
            assert not {"secrets", "impersonate", "escalate"} & set(words)


def test_every_binding_is_for_the_operator_s_own_account() -> None:
    objects = render({"watchNamespaces": ["north"]})
    account = {
        "kind": "ServiceAccount",
        "name": "matchday-operator",
        "namespace": "matchday-system",
    }
    assert all(binding["subjects"] == [account] for binding in of_kind(objects, "RoleBinding"))


def test_people_may_write_requests_and_only_read_results() -> None:
    objects = render()
    assert rights(one(objects, "ClusterRole", "matchday-edit")) == {
        ("matchday.dev", "schedulerequests", "create delete deletecollection patch update")
    }
    assert {verbs for _, _, verbs in rights(one(objects, "ClusterRole", "matchday-view"))} == {
        "get list watch",
        "get",
    }


def test_people_s_roles_are_added_to_those_of_kubernetes() -> None:
    objects = render()
    prefix = "rbac.authorization.k8s.io/aggregate-to-"
    edit = one(objects, "ClusterRole", "matchday-edit")["metadata"]["labels"]
    view = one(objects, "ClusterRole", "matchday-view")["metadata"]["labels"]
    assert {key for key in edit if key.startswith(prefix)} == {prefix + "edit", prefix + "admin"}
    assert prefix + "view" in view


def test_the_policy_matches_the_solver_s_account_of_the_object_s_namespace() -> None:
    policy = one(render(), "ValidatingAdmissionPolicy")["spec"]
    assert [condition["expression"] for condition in policy["matchConditions"]] == [
        "request.userInfo.username == 'system:serviceaccount:' + request.namespace "
        "+ ':matchday-solver'"
    ]


def test_the_policy_covers_every_write_to_every_kind_of_ours() -> None:
    policy = one(render(), "ValidatingAdmissionPolicy")["spec"]
    (rule,) = policy["matchConstraints"]["resourceRules"]
    assert set(rule["operations"]) == {"CREATE", "UPDATE", "DELETE"}
    assert (rule["apiGroups"], rule["resources"]) == (["matchday.dev"], ["*/*"])


def test_the_policy_asks_for_the_pod_of_the_object_s_job() -> None:
    policy = one(render(), "ValidatingAdmissionPolicy")["spec"]
    (validation,) = policy["validations"]
    assert validation["expression"] == (
        "variables.job != '' && variables.pod.startsWith(variables.job + '-') "
        "&& variables.pod.size() == variables.job.size() + 6"
    )


def test_the_policy_is_in_force_and_fails_closed() -> None:
    objects = render()
    binding = one(objects, "ValidatingAdmissionPolicyBinding")["spec"]
    policy = one(objects, "ValidatingAdmissionPolicy")
    assert binding == {
        "policyName": policy["metadata"]["name"],
        "validationActions": ["Deny"],
    }
    assert policy["spec"]["failurePolicy"] == "Fail"
