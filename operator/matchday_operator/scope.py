"""Which namespaces are watched: all, or those of the configuration that may be listed."""


class Scope:
    """The watched namespaces, without those that are closed to the operator for now.

    A namespace that was deleted took the operator's rights there with it. It must not stop the
    watches of the others, and may come back.
    """

    def __init__(self, namespaces: tuple[str, ...]) -> None:
        self.namespaces = namespaces
        """As configured; empty for the whole cluster."""
        self._closed: set[str] = set()

    @property
    def open(self) -> tuple[str, ...]:
        """The namespaces that are watched; at least one, unless it is the whole cluster."""
        return tuple(each for each in self.namespaces if each not in self._closed)

    @property
    def closed(self) -> tuple[str, ...]:
        """The namespaces that are left out."""
        return tuple(each for each in self.namespaces if each in self._closed)

    def close(self, namespace: str | None) -> bool:
        """Leave a namespace out; False where nothing would be left to watch."""
        if namespace not in self.open or len(self.open) == 1:
            return False
        self._closed.add(namespace)
        return True

    def reopen(self, namespace: str) -> None:
        """Watch a namespace again."""
        self._closed.discard(namespace)
