"""The faults of a league by their paths."""

from typing import Any

from matchday_api.faults import InvalidInput
from matchday_api.read import read_league
from matchday_api.request import Completeness


def faults(
    document: dict[str, Any], completeness: Completeness = Completeness.REQUIRED
) -> dict[str, str]:
    """Messages of a league's faults by their paths; empty for a valid one."""
    try:
        read_league(document, completeness)
    except InvalidInput as error:
        return {fault.path: fault.message for fault in error.faults}
    return {}
