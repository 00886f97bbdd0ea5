"""Which tests may run side by side: those of one cluster or of one control plane may not."""

from pathlib import Path

import pytest

ALONE = {"e2e": "cluster", "operator": "control-plane"}
"""Folders whose tests share one cluster or one control plane, and the name of their group."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each group on one worker, and begin with them: they take longest."""
    for item in items:
        if group := _group(item.path):
            item.add_marker(pytest.mark.xdist_group(group))
    order = [*ALONE.values(), ""]
    items.sort(key=lambda item: order.index(_group(item.path)))


def _group(path: Path) -> str:
    return ALONE.get(path.relative_to(Path(__file__).parent).parts[0], "")
