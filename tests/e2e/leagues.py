"""Small leagues and requests for the end-to-end tests; only what matters is named."""

from pathlib import Path
from typing import Any

from matchday_api.read import load_yaml

EXAMPLES = Path(__file__).parents[2] / "examples" / "leagues"


def small_league(teams: int = 6, games_per_team: int = 3, **changed: Any) -> dict[str, Any]:
    """One division that plays on Saturdays of eight weeks in one gym; solved within seconds."""
    league: dict[str, Any] = {
        "season": {"start": "2026-01-05", "end": "2026-02-28"},
        "slots": [{"days": ["Sat"], "starts": ["09:00", "10:00", "11:00"]}],
        "divisions": [{"name": "U12", "gamesPerTeam": games_per_team}],
        "clubs": [{"name": f"Club {n}"} for n in range(teams)],
        "teams": [
            {"name": f"Team {n}", "division": "U12", "club": f"Club {n}"} for n in range(teams)
        ],
        "venues": [{"name": "Gym", "courts": 2}],
    }
    return league | changed


def example(name: str) -> dict[str, Any]:
    """A league of the examples, such as `ncsaa-60-s1`."""
    league: dict[str, Any] = load_yaml((EXAMPLES / f"{name}.yaml").read_bytes())
    return league


ROOM = {
    "requests": {"cpu": "100m", "memory": "256Mi"},
    "limits": {"cpu": "2", "memory": "1Gi"},
}
"""Resources with which several tests' pods fit on one small node."""


def request(
    name: str,
    league: dict[str, Any] | None = None,
    solver: dict[str, Any] | None = None,
    **spec: Any,
) -> dict[str, Any]:
    """A ScheduleRequest; the solver has 5 s and one worker unless `solver` says otherwise."""
    settings = {"timeLimitSeconds": 5, "workers": 1, "resources": ROOM} | (solver or {})
    body: dict[str, Any] = {"solver": settings} | spec
    if league is not None:
        body["league"] = league
    elif "leagueFrom" not in spec:
        body["league"] = small_league()
    return {
        "apiVersion": "matchday.dev/v1alpha1",
        "kind": "ScheduleRequest",
        "metadata": {"name": name},
        "spec": body,
    }
