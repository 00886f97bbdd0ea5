"""Small random leagues that use every rule and term."""

from datetime import date, timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from bench.families import no_preferences
from matchday_api.faults import InvalidInput
from matchday_api.league import League
from matchday_api.problem import Problem
from matchday_api.read import read_league
from matchday_api.request import Completeness

START = date(2026, 1, 7)
"""A Wednesday, so that few dates hold weekdays and a weekend."""


@st.composite
def tiny_leagues(draw: st.DrawFn) -> dict[str, Any]:
    """A document of a league with up to six teams, valid or not."""
    days = draw(st.integers(5, 9))
    teams = draw(st.integers(3, 6))
    clubs = draw(st.integers(1, 3))
    names = [f"T{n}" for n in range(teams)]
    venues = [f"V{n}" for n in range(draw(st.integers(1, 2)))]
    dates = [(START + timedelta(n)).isoformat() for n in range(days)]
    weights = st.sampled_from([0, 3, 10, 100])
    divisions, slots = _divisions(draw), _slots(draw)
    members = [_team(draw, name, clubs, venues, dates) for name in names]
    for n, team in enumerate(members):
        team["division"] = divisions[-1]["name"] if n >= teams - 2 else "D0"
    if divisions[0]["playAt"] == "HomeVenue":
        for team in members:
            team.setdefault("homeVenue", venues[0])
    same = members[0]["division"] == members[1]["division"]
    return {
        "season": {"start": dates[0], "end": dates[-1], "closedDates": _some(draw, dates)},
        "slots": slots,
        "divisions": divisions,
        "clubs": [_club(draw, n, venues, dates) for n in range(clubs)],
        "teams": members,
        "venues": [_venue(draw, name, dates) for name in venues],
        "rivals": [names[:2]] if same and draw(st.booleans()) else [],
        "forbiddenPairs": [names[1:3]] if draw(st.booleans()) else [],
        "lockedGames": _locked(draw, names, dates, slots) if same else [],
        "rules": _rules(draw),
        "preferences": {
            **{term: draw(weights) for term in TERMS},
            "rematchGap": {"days": draw(st.integers(2, 5)), "weight": draw(weights)},
        },
    }


EVENINGS = (["18:00"], ["18:00", "19:00"], ["17:30", "18:00", "19:00"], ["18:00", "23:30"])
"""Starts on weekdays; no game that begins at 23:30 ends before midnight."""

TERMS = tuple(term for term in no_preferences() if term != "rematchGap")


def read(document: dict[str, Any]) -> League:
    """The league of a document; raises InvalidInput where it has faults."""
    return read_league(document, Completeness.BEST_EFFORT)


def problem_of(document: dict[str, Any]) -> Problem:
    """The problem of a document; raises InvalidInput where it has faults."""
    return Problem(league=read(document))


def valid(document: dict[str, Any]) -> Problem:
    """The problem of a document; other documents are not tried."""
    try:
        return problem_of(document)
    except InvalidInput:
        assume(False)
        raise


def _some(draw: st.DrawFn, dates: list[str]) -> list[str]:
    return [dates[1]] if draw(st.integers(0, 3)) == 0 else []


def _slots(draw: st.DrawFn) -> list[dict[str, Any]]:
    evening = draw(st.sampled_from(EVENINGS))
    return [
        {"days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "starts": evening},
        {"days": ["Sat"], "starts": ["09:00", "10:00", "11:30"], "unpopular": draw(st.booleans())},
    ]


def _divisions(draw: st.DrawFn) -> list[dict[str, Any]]:
    divisions: list[dict[str, Any]] = [{"name": "D0", "gamesPerTeam": draw(st.integers(1, 3))}]
    divisions[0]["maxMeetings"] = draw(st.integers(1, 3))
    divisions[0]["minMeetings"] = draw(st.sampled_from([0, 0, 1]))
    divisions[0]["playAt"] = draw(st.sampled_from(["AnyVenue", "AnyVenue", "HomeVenue"]))
    if draw(st.booleans()):
        minutes = draw(st.sampled_from([60, 90]))
        divisions.append({"name": "D1", "gamesPerTeam": 1, "gameMinutes": minutes})
    if draw(st.integers(0, 3)) == 0:
        divisions[-1]["venueFeatures"] = ["hall"]
    return divisions


def _club(draw: st.DrawFn, n: int, venues: list[str], dates: list[str]) -> dict[str, Any]:
    club: dict[str, Any] = {"name": f"C{n}", "region": draw(st.sampled_from(["East", "West"]))}
    club["closedDates"] = _some(draw, dates[2:])
    if draw(st.booleans()):
        club["homeVenue"] = draw(st.sampled_from(venues))
    return club


def _team(
    draw: st.DrawFn, name: str, clubs: int, venues: list[str], dates: list[str]
) -> dict[str, Any]:
    team: dict[str, Any] = {"name": name}
    if draw(st.integers(0, 4)):
        team["club"] = f"C{draw(st.integers(0, clubs - 1))}"
    if draw(st.booleans()):
        team["homeVenue"] = draw(st.sampled_from(venues))
    if draw(st.booleans()):
        team["tier"] = draw(st.integers(1, 2))
    team["coaches"] = draw(st.sampled_from([[], ["Ann"], ["Bob"], ["Ann", "Bob"]]))
    team["closedDates"] = _some(draw, dates[3:])
    team["homeClosedDates"] = _some(draw, dates)
    team["awayClosedDates"] = _some(draw, dates[1:])
    return team


def _venue(draw: st.DrawFn, name: str, dates: list[str]) -> dict[str, Any]:
    venue: dict[str, Any] = {"name": name, "courts": draw(st.integers(1, 2))}
    if draw(st.booleans()):
        venue["region"] = draw(st.sampled_from(["East", "West"]))
    if draw(st.booleans()):
        venue["courtsOn"] = {dates[2]: draw(st.integers(0, 2))}
    if draw(st.integers(0, 3)) == 0:
        venue["starts"] = ["18:00", "09:00"]
    venue["closedDates"] = _some(draw, dates)
    if name == "V0":
        venue["features"] = ["hall"]
    return venue


def _locked(
    draw: st.DrawFn, names: list[str], dates: list[str], slots: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Mostly none, else one of the first two teams; the league may not allow it."""
    if draw(st.integers(0, 4)):
        return []
    day = draw(st.sampled_from(dates))
    is_saturday = date.fromisoformat(day).weekday() == 5
    start = slots[is_saturday]["starts"][0]
    return [{"home": names[0], "away": names[1], "date": day, "start": start, "venue": "V0"}]


def _rules(draw: st.DrawFn) -> dict[str, Any]:
    most = draw(st.sampled_from([(4, 3), (4, 3), (4, 2), (3, 1)]))
    dear = draw(st.sampled_from([(2, 1), (2, 1), (4, 2)]))
    least = draw(st.sampled_from([(4, 1), (4, 1), (4, 2)]))
    rules: dict[str, Any] = {
        "maxGames": [_window(*most), _window(*dear, weight=20)],
        "minGames": [_window(*least, weight=draw(st.sampled_from([0, 7])))],
        "sameClubMeets": draw(st.booleans()),
        "coachOneGameAtATime": draw(st.booleans()),
        "travelMinutes": draw(st.sampled_from([0, 0, 30])),
    }
    if draw(st.integers(0, 5)) == 0:
        rules["minGames"].append(_window(5, 1))
    if draw(st.booleans()):
        break_minutes, most_doubles = draw(st.sampled_from([0, 60])), draw(st.integers(1, 2))
        rules["doubleheaders"] = {"maxPerTeam": most_doubles, "minBreakMinutes": break_minutes}
    return rules


def _window(days: int, games: int, **weight: int) -> dict[str, int]:
    return {"days": days, "games": games, **weight}
