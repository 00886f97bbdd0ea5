"""Families of leagues to measure on: each a document as a user writes it, the same for a seed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from matchday_api.league import Preferences

Document = dict[str, Any]

START, END = date(2026, 1, 5), date(2026, 2, 28)
HOLIDAYS = (date(2026, 1, 19), date(2026, 2, 16))
EVENING = ["17:00", "18:00", "19:00"]
SATURDAY = [f"{hour:02d}:00" for hour in range(8, 18)]
REGIONS = ["East", "West", "North", "South"]
DIVISIONS = ("K-1 REC", "2-3 REC", "BOYS COMP", "GIRLS COMP", "BOYS JV", "GIRLS JV")
GAMES = 8


@dataclass(frozen=True)
class Family:
    """What sets a league apart from the plain one; see `league`."""

    teams: int
    seed: int = 1
    court_use: float | None = None
    """Part of all court starts that the games need; None leaves the venues' dates as drawn."""
    mixed: bool = False
    """Games of two lengths, starts that overlap, and travel."""
    home_venues: bool = False
    """Every division a double round robin at home venues."""
    shared_coaches: float = 0.05
    """Part of the teams whose coach has another team of the club."""
    doubleheaders: int = 1
    preferences: dict[str, Any] | None = None
    away_dates: bool = False
    """Some teams have dates on which they are not at home, or not away."""
    locked: int = 0
    """Games that are locked."""
    changed: Document = field(default_factory=dict)
    """Keys of the league that are replaced."""


def league(family: Family) -> Document:
    """A league like the first user's: clubs with teams in most divisions, few gyms, eight weeks."""
    rng = Random(f"{family.seed} {family.teams}")
    gyms = max(2, round(family.teams * 0.06))
    clubs = [_club(rng, n, gyms) for n in range(max(3, round(family.teams * 0.225)))]
    teams = _teams(rng, family, clubs)
    document: Document = {
        "season": {"start": f"{START}", "end": f"{END}", "closedDates": [f"{d}" for d in HOLIDAYS]},
        "gameMinutes": 60,
        "slots": _slots(family),
        "divisions": _divisions(family, teams),
        "clubs": clubs,
        "teams": teams,
        "venues": _venues(rng, family, gyms),
        "rules": _rules(family),
        "preferences": family.preferences or {"startFairness": 20 if family.mixed else 0},
    }
    document["rivals"] = _pairs(rng, teams, ())
    document["forbiddenPairs"] = _pairs(rng, teams, document["rivals"])
    document["lockedGames"] = _locked(rng, document, family.locked)
    return document | family.changed


def families() -> dict[str, Family]:
    """All that `make bench` measures, by name."""
    return {
        "small-10": Family(10),
        "ncsaa-60": Family(60),
        "ncsaa-200": Family(200),
        "ncsaa-400": Family(400),
        "ncsaa-1000": Family(1000),
        "ncsaa-2000": Family(2000),
        "tight-80": Family(80, seed=74706, court_use=0.80),
        "tight-200-80": Family(200, court_use=0.80),
        "tight-200-90": Family(200, court_use=0.90),
        "tight-200-95": Family(200, court_use=0.95),
        "mixed-60": Family(60, mixed=True),
        "home-60": Family(60, home_venues=True),
        "coaches-200": Family(200, shared_coaches=0.5),
        "plain-200": Family(200, preferences=no_preferences()),
        "double-200-0": Family(200, doubleheaders=0),
        "double-200-2": Family(200, doubleheaders=2),
        "dates-200": Family(200, away_dates=True),
        "locked-200": Family(200, locked=40),
    }


def no_preferences() -> Document:
    """All terms switched off."""
    weights = Preferences().model_dump(by_alias=True)
    return {
        term: weight | {"weight": 0} if isinstance(weight, dict) else 0
        for term, weight in weights.items()
    }


def _club(rng: Random, n: int, gyms: int) -> Document:
    club: Document = {"name": f"School {n:03d}", "region": REGIONS[n % len(REGIONS)]}
    if rng.random() < 0.75:
        club["homeVenue"] = f"Gym {rng.randrange(gyms):03d}"
    if rng.random() < 0.3:
        club["closedDates"] = [f"{day}" for day in rng.sample(_dates(), 2)]
    return club


def _teams(rng: Random, family: Family, clubs: list[Document]) -> list[Document]:
    """As many teams as asked for, an even number in every division."""
    sizes = [2 * round(family.teams * share / 2) for share in (0.2, 0.2, 0.18, 0.12, 0.18)]
    sizes.append(family.teams - sum(sizes))
    teams = []
    for division, size in zip(DIVISIONS, sizes, strict=True):
        order = rng.sample(clubs, len(clubs))
        for n in range(size):
            teams.append(_team(rng, family, order[n % len(order)], division, n // len(order)))
    return teams


def _team(rng: Random, family: Family, club: Document, division: str, number: int) -> Document:
    name = f"{club['name']} {division} {number + 1}"
    team: Document = {"name": name, "division": division, "club": club["name"]}
    shared = rng.random() < family.shared_coaches
    team["coaches"] = [f"{club['name']} coach" if shared else f"{name} coach"]
    if "REC" not in division:
        team["tier"] = rng.randint(1, 4)
    if family.home_venues:
        team["homeVenue"] = club.get("homeVenue", "Gym 000")
    if family.away_dates and rng.random() < 0.3:
        team["homeClosedDates"] = [f"{day}" for day in rng.sample(_dates(), 4)]
        team["awayClosedDates"] = [f"{day}" for day in rng.sample(_dates(), 4)]
    return team


def _divisions(family: Family, teams: list[Document]) -> list[Document]:
    return [_division(family, name, teams) for name in DIVISIONS if _size(name, teams)]


def _size(division: str, teams: list[Document]) -> int:
    return sum(team["division"] == division for team in teams)


def _division(family: Family, name: str, teams: list[Document]) -> Document:
    size = _size(name, teams)
    most = max(2, -(-GAMES // (size - 1)))
    division: Document = {"name": name, "gamesPerTeam": GAMES, "maxMeetings": most}
    if "K-1" in name:
        division["venueFeatures"] = ["low-rim"]
    if family.mixed and "JV" in name:
        division["gameMinutes"] = 90
    if family.home_venues:
        division |= {"playAt": "HomeVenue", "venueFeatures": []}
    return division


def _dates() -> list[date]:
    """Dates of the season but Sundays and holidays."""
    days = [START + timedelta(n) for n in range((END - START).days + 1)]
    return [day for day in days if day.weekday() < 6 and day not in HOLIDAYS]


def _venues(rng: Random, family: Family, gyms: int) -> list[Document]:
    venues = []
    for n in range(gyms):
        venue: Document = {"name": f"Gym {n:03d}", "courts": rng.choice([2, 2, 3, 3, 4])}
        venue["region"] = REGIONS[n % len(REGIONS)]
        if n % 3 == 0:
            venue["features"] = ["low-rim"]
        venue["openDates"] = [f"{day}" for day in _dates() if rng.random() < _openness(day)]
        venues.append(venue)
    if family.court_use:
        _narrow(rng, venues, family.teams * GAMES / 2 / family.court_use)
    return venues


def _locked(rng: Random, document: Document, number: int) -> list[Document]:
    """Games of different teams, each alone at its venue and date; the host is where it is home."""
    venues = [v for v in document["venues"] if "low-rim" not in v.get("features", [])]
    clubs = {club["name"]: club for club in document["clubs"]}
    shut = [tuple(sorted(pair)) for pair in document["forbiddenPairs"]]
    free = [team for team in document["teams"] if "K-1" not in team["division"]]
    games: list[Document] = []
    for n in range(number):
        venue = venues[n % len(venues)]
        day = venue["openDates"][n // len(venues) * 3 % len(venue["openDates"])]
        able = [t for t in free if day not in clubs[t["club"]].get("closedDates", [])]
        home = rng.choice([t for t in able if _home(clubs, t) == venue["name"]] or able)
        away = rng.choice(
            [
                team
                for team in able
                if team["division"] == home["division"]
                and team["club"] != home["club"]
                and tuple(sorted((team["name"], home["name"]))) not in shut
                and (_home(clubs, team) != venue["name"] or _home(clubs, home) == venue["name"])
            ]
        )
        free = [team for team in free if team["name"] not in (home["name"], away["name"])]
        start = "17:00" if date.fromisoformat(day).weekday() < 5 else "10:00"
        names = {"home": home["name"], "away": away["name"]}
        games.append(names | {"date": day, "start": start, "venue": venue["name"]})
    return games


def _home(clubs: dict[str, Document], team: Document) -> str | None:
    home: str | None = clubs[team["club"]].get("homeVenue")
    return home


def _openness(day: date) -> float:
    return 0.6 if day.weekday() < 5 else 0.85


def _narrow(rng: Random, venues: list[Document], starts: float) -> None:
    """Close venues on single dates while enough court starts are left."""
    days = [(n, day) for n, venue in enumerate(venues) for day in venue["openDates"]]
    left = sum(_starts(venues[n], day) for n, day in days)
    for n, day in rng.sample(days, len(days)):
        if left - _starts(venues[n], day) >= starts:
            left -= _starts(venues[n], day)
            venues[n]["openDates"].remove(day)


def _starts(venue: Document, day: str) -> int:
    offered = EVENING if date.fromisoformat(day).weekday() < 5 else SATURDAY
    return int(venue["courts"]) * len(offered)


def _slots(family: Family) -> list[Document]:
    evening = ["17:00", "17:30", "18:30", "19:00"] if family.mixed else EVENING
    saturday = [f"{h:02d}:{m}" for h in range(8, 18) for m in ("00", "30")]
    return [
        {"days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "starts": evening},
        {"days": ["Sat"], "starts": saturday if family.mixed else SATURDAY, "unpopular": True},
    ]


def _rules(family: Family) -> Document:
    return {
        "maxGames": [
            {"days": 7, "games": 2},
            {"days": 14, "games": 3},
            {"days": 2, "games": 1, "weight": 40},
        ],
        "minGames": [{"days": 14, "games": 1, "weight": 30}],
        "doubleheaders": {"maxPerTeam": family.doubleheaders, "minBreakMinutes": 60},
        "travelMinutes": 30 if family.mixed else 0,
    }


def _pairs(rng: Random, teams: list[Document], taken: Any) -> list[list[str]]:
    """One pair of teams of different clubs in every division."""
    found = []
    for division in DIVISIONS:
        mine = [team for team in teams if team["division"] == division]
        pairs = [
            [one["name"], other["name"]]
            for one in mine
            for other in mine
            if one["name"] < other["name"] and one["club"] != other["club"]
        ]
        free = [pair for pair in pairs if pair not in list(taken)]
        if len(mine) > 4 and free:
            found.append(rng.choice(free))
    return found
