"""Which namespaces are watched: all, or those of the configuration that may be listed."""

PATIENCE = 10.0
"""Seconds for which a namespace may not be listed until it is left out."""


class Scope:
    """The watched namespaces, without those that are closed to the operator for now.

    A namespace that was deleted took the operator's rights there with it. It must not stop the
    watches of the others, and may come back.
    """

    def __init__(self, namespaces: tuple[str, ...]) -> None:
        self.namespaces = namespaces
        """As configured; empty for the whole cluster."""
        self._closed: set[str] = set()
        self._refused: dict[str, float] = {}
        """Since when a namespace may not be listed."""
        self._unread: set[str] = set()

    @property
    def open(self) -> tuple[str, ...]:
        """The namespaces that are watched; at least one, unless it is the whole cluster."""
        return tuple(each for each in self.namespaces if each not in self._closed)

    @property
    def closed(self) -> tuple[str, ...]:
        """The namespaces that are left out."""
        return tuple(each for each in self.namespaces if each in self._closed)

    def judge(self, namespace: str, allowed: bool, now: float) -> bool:
        """Note whether a namespace may be listed now; returns whether it opens or closes by that.

        The last open one stays, since no namespace at all would mean the whole cluster.
        """
        if allowed:
            self._refused.pop(namespace, None)
            return self._reopen(namespace)
        since = self._refused.setdefault(namespace, now)
        if now - since < PATIENCE or self.open in ((), (namespace,)) or namespace in self._closed:
            return False
        self._closed.add(namespace)
        return True

    def _reopen(self, namespace: str) -> bool:
        if namespace not in self._closed:
            return False
        self._closed.discard(namespace)
        self._unread.add(namespace)
        return True

    def is_unread(self, namespace: str) -> bool:
        """Whether a namespace has been opened again and its objects are not all known yet."""
        return namespace in self._unread

    def read(self) -> None:
        """All objects of the open namespaces are known."""
        self._unread.clear()
