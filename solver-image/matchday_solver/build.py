"""From a problem to its instance."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from matchday_api.base import minutes
from matchday_api.league import League, PlayAt, Venue, WindowRule
from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_api.schedule import Game
from matchday_solver.build_teams import build_teams, may_meet
from matchday_solver.instance import (
    Calendar,
    Divisions,
    EarlierGames,
    FixedGames,
    Instance,
    Ints,
    Limits,
    Longs,
    Mask,
    Venues,
    Weights,
    Windows,
)
from matchday_solver.names import Names

MIDNIGHT = 24 * 60


def build(problem: Problem) -> Instance:
    """The arrays of a valid problem, one that `matchday_api.validation` finds no fault in."""
    names, league = Names(problem), problem.league
    calendar = _calendar(names)
    return Instance(
        calendar=calendar,
        venues=_venues(names, calendar),
        divisions=_divisions(names, calendar),
        teams=build_teams(names),
        fixed=_fixed(names, calendar),
        earlier=known_games(names, names.earlier_games) if problem.earlier else None,
        rivals=_pairs(names, league.rivals),
        forbidden=_pairs(names, league.forbidden_pairs),
        limits=_limits(league, len(names.dates), problem.completeness),
        weights=_weights(league),
    )


def _ints(values: Iterable[int | None]) -> Ints:
    return np.array([-1 if v is None else v for v in values], np.int32)


def _calendar(names: Names) -> Calendar:
    slots = list(names.slot)
    slot_date, slot_start = _ints(n for n, _ in slots), _ints(start for _, start in slots)
    lengths = _lengths(names)
    closed = set(names.league.season.closed_dates)
    bounds = np.searchsorted(slot_date, np.arange(len(names.dates) + 1)).astype(np.int32)
    weekday = [day.weekday() for day in names.dates]
    return Calendar(
        dates=names.dates,
        weekday=_ints(weekday),
        playable=np.array(
            [n >= names.frozen and day not in closed for n, day in enumerate(names.dates)]
        ),
        frozen=names.frozen,
        slot_date=slot_date,
        slot_start=slot_start,
        slot_unpopular=np.array(
            [names.weekly[weekday[n]].get(start, False) for n, start in slots], np.bool_
        ),
        date_slots=bounds,
        lengths=lengths,
        cover=_cover(slot_start, slot_date, bounds, lengths),
        fits=slot_start[:, None] <= MIDNIGHT - lengths,
    )


def _lengths(names: Names) -> Ints:
    divisions = {_minutes_of(names, d) for d in range(len(names.division))}
    return _ints(sorted(divisions | {played(g) for g in names.frozen_games}))


def _cover(start: Ints, day: Ints, bounds: Ints, lengths: Ints) -> Ints:
    absolute = day.astype(np.int64) * MIDNIGHT + start
    cover = np.empty((len(start), len(lengths)), np.int32)
    for length, minutes_played in enumerate(lengths.tolist()):
        after = np.searchsorted(absolute, absolute + minutes_played)
        cover[:, length] = np.minimum(after, bounds[day + 1])
    return cover


def _minutes_of(names: Names, division: int) -> int:
    return names.league.divisions[division].game_minutes or names.league.game_minutes


def played(game: Game) -> int:
    """Minutes that a game of an earlier schedule lasts; an end of 24:00 is midnight."""
    return minutes(game.end) - minutes(game.start)


def _venues(names: Names, calendar: Calendar) -> Venues:
    venues = names.league.venues
    closed = [names.day[d] for d in names.league.season.closed_dates if d in names.day]
    courts = np.stack([_courts(names, venue) for venue in venues], axis=1)
    courts[closed] = 0
    offered = np.stack([_offered(names, venue) for venue in venues], axis=1)
    usable = (courts > 0)[calendar.slot_date] & calendar.playable[calendar.slot_date][:, None]
    return Venues(
        names=tuple(v.name for v in venues),
        region=_ints(names.region.get(v.region or "") for v in venues),
        courts=courts,
        offered=offered,
        open=offered & usable,
    )


def _courts(names: Names, venue: Venue) -> Ints:
    """Courts of one venue on every date."""
    courts = np.full(len(names.dates), venue.courts, np.int32)
    for day, number in venue.courts_on.items():
        if day in names.day:
            courts[names.day[day]] = number
    if venue.open_dates is not None:
        is_open = np.isin(np.arange(len(courts)), [names.day.get(d, -1) for d in venue.open_dates])
        courts[~is_open] = 0
    courts[[names.day[d] for d in venue.closed_dates if d in names.day]] = 0
    return courts


def _offered(names: Names, venue: Venue) -> Mask:
    own = None if venue.starts is None else {minutes(start) for start in venue.starts}
    weekly = [
        {start for start in row if own is None or start in own} for row in names.weekly.values()
    ]
    return np.array(
        [start in weekly[names.dates[n].weekday()] for n, start in names.slot], np.bool_
    )


def _divisions(names: Names, calendar: Calendar) -> Divisions:
    divisions, league = names.league.divisions, names.league
    members: list[list[int]] = [[] for _ in divisions]
    for t, team in enumerate(league.teams):
        members[names.division[team.division]].append(t)
    teams = tuple(np.array(m, np.int32) for m in members)
    features = [set(v.features) for v in league.venues]
    lengths = [_minutes_of(names, d) for d in range(len(divisions))]
    games_total, odd = _amounts(names)
    return Divisions(
        names=tuple(d.name for d in divisions),
        games=_ints(d.games_per_team for d in divisions),
        games_total=games_total,
        odd=odd,
        length=np.searchsorted(calendar.lengths, lengths).astype(np.int32),
        min_meetings=_ints(d.min_meetings for d in divisions),
        max_meetings=_ints(d.max_meetings for d in divisions),
        home_only=np.array([d.play_at == PlayAt.HOME_VENUE for d in divisions]),
        suitable=np.array([[set(d.venue_features) <= has for has in features] for d in divisions]),
        teams=teams,
        may_meet=tuple(may_meet(names, members) for members in teams),
    )


def _amounts(names: Names) -> tuple[Longs, Mask]:
    """`Divisions.games_total` and `Divisions.odd`.

    A team may have more frozen games than it now has to play, or some against another division.
    """
    played = Counter(team for g in names.frozen_games for team in (g.home, g.away))
    total, left = np.zeros((2, len(names.division)), np.int64)
    division = {team.name: names.division[team.division] for team in names.league.teams}
    for team, d in division.items():
        left[d] += max(0, names.league.divisions[d].games_per_team - played[team])
    for game in names.frozen_games:
        total[division[game.home]] += 1
    return total + left // 2, left % 2 == 1


def _pairs(names: Names, pairs: Sequence[tuple[str, str]]) -> Ints:
    found = {tuple(sorted((names.team[a], names.team[b]))) for a, b in pairs if a != b}
    return np.array(sorted(found), np.int32).reshape(-1, 2)


def _fixed(names: Names, calendar: Calendar) -> FixedGames:
    """Frozen games, then the locked ones that are not among them."""
    rows = [
        (names.team[g.home], names.team[g.away], names.slot[names.day[g.date], minutes(g.start)],
         names.venue[g.venue], int(np.searchsorted(calendar.lengths, played(g))), g.court)
        for g in names.frozen_games
    ]  # fmt: skip
    ids = [g.id for g in names.frozen_games]
    divisions = [g.division for g in names.frozen_games]
    there = {row[:4] for row in rows}
    for g in dict.fromkeys(names.league.locked_games):
        key = (names.team[g.home], names.team[g.away],
               names.slot[names.day[g.date], minutes(g.start)], names.venue[g.venue])  # fmt: skip
        if key not in there and names.day[g.date] >= names.frozen:
            divisions.append(names.league.teams[key[0]].division)
            own = _minutes_of(names, names.division[divisions[-1]])
            length = int(np.searchsorted(calendar.lengths, own))
            rows.append((*key, length, 0))
    table = np.array(rows, np.int32).reshape(-1, 6).T
    return FixedGames(
        home=table[0].copy(),
        away=table[1].copy(),
        slot=table[2].copy(),
        venue=table[3].copy(),
        length=table[4].copy(),
        court=table[5].copy(),
        frozen=np.arange(len(rows)) < len(ids),
        ids=(*ids, *[""] * (len(rows) - len(ids))),
        divisions=tuple(divisions),
    )


def known_games(names: Names, games: Sequence[Game]) -> EarlierGames:
    """Those games of a schedule that can be told in the league's terms."""
    kept = [(g, k) for g in games if names.knows(g) and (k := names.slot_of(g)) is not None]
    lost = [g for g in games if not names.knows(g) or names.slot_of(g) is None]
    return EarlierGames(
        home=_ints(names.team[g.home] for g, _ in kept),
        away=_ints(names.team[g.away] for g, _ in kept),
        slot=_ints(k for _, k in kept),
        venue=_ints(names.venue[g.venue] for g, _ in kept),
        frozen=np.array([names.day[g.date] < names.frozen for g, _ in kept], np.bool_),
        ids=tuple(g.id for g, _ in kept),
        lost=len(lost),
        spare=tuple(
            (names.team[g.home], names.team[g.away], g.id)
            for g in lost
            if g.home in names.team and g.away in names.team
        ),
    )


def _limits(league: League, season: int, completeness: Completeness) -> Limits:
    rules = league.rules
    doubleheaders = rules.doubleheaders
    return Limits(
        windows=Windows(
            max_hard=_windows(rules.max_games, season, True),
            min_hard=_windows(rules.min_games, season, True),
            max_soft=_windows(rules.max_games, season, False),
            min_soft=_windows(rules.min_games, season, False),
        ),
        max_doubleheaders=doubleheaders.max_per_team if doubleheaders else 0,
        min_break=doubleheaders.min_break_minutes if doubleheaders else 0,
        coach_one_game=rules.coach_one_game_at_a_time,
        travel=rules.travel_minutes,
        is_complete=completeness is Completeness.REQUIRED,
    )


def _windows(rules: Sequence[WindowRule], season: int, hard: bool) -> Ints:
    rows = [
        (min(r.days, season), r.games, *(() if r.weight is None else (r.weight,)), entry)
        for entry, r in enumerate(rules)
        if r.is_hard == hard and r.weight != 0
    ]
    return np.array(rows, np.int32).reshape(-1, 3 if hard else 4)


def _weights(league: League) -> Weights:
    p = league.preferences
    return Weights(
        club_days=p.club_days,
        coach_back_to_back=p.coach_back_to_back,
        doubleheaders=p.doubleheaders,
        rivals=p.rivals,
        tier_match=p.tier_match,
        home_venue=p.home_venue,
        region=p.region,
        home_away_balance=p.home_away_balance,
        full_evenings=p.full_evenings,
        rematch_gap=p.rematch_gap.weight,
        start_fairness=p.start_fairness,
        rematch_days=p.rematch_gap.days,
    )
