"""Storages for kopf that keep nothing: its handlers here have no state and compare no objects.

They save the copies of whole leagues that kopf's own storages make for every event, and make sure
that nothing is ever written into an object.
"""

from typing import Any

import kopf


class NoProgress(kopf.ProgressStorage):
    """No handler has progress."""

    def fetch(self, **_: Any) -> None:
        """Nothing is known."""

    def store(self, **_: Any) -> None:
        """Nothing is kept."""

    def purge(self, **_: Any) -> None:
        """Nothing is there to remove."""

    def touch(self, **_: Any) -> None:
        """No object is written to."""

    def clear(self, *, essence: kopf.BodyEssence) -> kopf.BodyEssence:
        """The essence holds nothing of ours."""
        return essence


class NoDiffBase(kopf.DiffBaseStorage):
    """No object is compared with its earlier state."""

    def build(self, **_: Any) -> kopf.BodyEssence:
        """Nothing of an object matters."""
        return kopf.BodyEssence()

    def fetch(self, **_: Any) -> None:
        """No earlier state is known."""

    def store(self, **_: Any) -> None:
        """No state is kept."""
