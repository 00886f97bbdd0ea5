"""Which namespaces are watched."""

from matchday_operator.scope import PATIENCE, Scope


def closed(scope: Scope, namespace: str) -> bool:
    """Refuse a namespace for as long as it takes; whether it is left out."""
    scope.judge(namespace, allowed=False, now=0.0)
    return scope.judge(namespace, allowed=False, now=PATIENCE)


def test_a_closed_namespace_is_left_out_until_it_opens_again() -> None:
    scope = Scope(("a", "b"))
    assert closed(scope, "a")
    assert (scope.open, scope.closed) == (("b",), ("a",))
    assert scope.judge("a", allowed=True, now=99.0)
    assert (scope.open, scope.closed) == (("a", "b"), ())


def test_a_refusal_that_passes_closes_nothing() -> None:
    scope = Scope(("a", "b"))
    scope.judge("a", allowed=False, now=0.0)
    scope.judge("a", allowed=True, now=5.0)
    assert not scope.judge("a", allowed=False, now=PATIENCE)
    assert scope.open == ("a", "b")


def test_the_last_namespace_stays_so_that_the_whole_cluster_is_never_watched_instead() -> None:
    scope = Scope(("a", "b"))
    assert closed(scope, "a")
    assert not closed(scope, "b")
    assert scope.open == ("b",)


def test_a_namespace_that_opens_again_is_unread_until_all_objects_are_known() -> None:
    scope = Scope(("a", "b"))
    closed(scope, "a")
    scope.judge("a", allowed=True, now=99.0)
    assert (scope.is_unread("a"), scope.is_unread("b")) == (True, False)
    scope.read()
    assert not scope.is_unread("a")
