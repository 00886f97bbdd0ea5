"""Which tests may run side by side: those that share a cluster or the like may not."""

from pathlib import Path

import pytest

ALONE = {"e2e": "cluster", "operator": "control-plane", "browser": "browser"}
"""Folders whose tests share a cluster, a control plane or a browser, and the name of their group.
"""


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
