"""Which namespaces are watched."""

from matchday_operator.scope import Scope


def test_a_closed_namespace_is_left_out_until_it_opens_again() -> None:
    scope = Scope(("a", "b"))
    assert scope.close("a")
    assert (scope.open, scope.closed) == (("b",), ("a",))
    scope.reopen("a")
    assert (scope.open, scope.closed) == (("a", "b"), ())


def test_the_last_namespace_stays_so_that_the_whole_cluster_is_never_watched_instead() -> None:
    scope = Scope(("a", "b"))
    assert scope.close("a")
    assert not scope.close("b")
    assert scope.open == ("b",)


def test_the_whole_cluster_is_never_left_out() -> None:
    scope = Scope(())
    assert not scope.close(None)
    assert (scope.open, scope.closed) == ((), ())
