"""A league with a single field changed."""

from typing import Any

from matchday_api.league import League


def changed_item(league: League, items: str, number: int, **update: Any) -> League:
    """The league with fields of one list item changed."""
    rows = list(getattr(league, items))
    rows[number] = rows[number].model_copy(update=update)
    return league.model_copy(update={items: tuple(rows)})
