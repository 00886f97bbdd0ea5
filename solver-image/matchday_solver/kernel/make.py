"""From an instance and its games to the kernels' arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchday_solver.instance import Instance, Ints, Longs
from matchday_solver.kernel.layout import (
    IMPOSSIBLE,
    KEPT,
    SHORT,
    Bytes,
    State,
    Static,
)


def make_static(instance: Instance) -> Static:
    """What stays the same during a search."""
    rival_start, rival = _ragged(_partners(instance.rivals, len(instance.teams.names)))
    return Static(
        **_of_calendar(instance),
        **_of_venues(instance),
        **_of_divisions(instance),
        **_of_teams(instance),
        **_of_groups(instance),
        rival_start=rival_start,
        rival=rival,
        windows=_windows(instance),
        weight=_weights(instance),
        rule=_rules(instance),
    )


def _of_calendar(instance: Instance) -> dict[str, Any]:
    cal = instance.calendar
    return {
        "date_slots": cal.date_slots,
        "slot_date": cal.slot_date,
        "slot_start": cal.slot_start,
        "cover": cal.cover,
        "fits": _flags(cal.fits),
        "lengths": cal.lengths,
        "unpopular": _flags(cal.slot_unpopular),
        "play_dates": _ints(np.flatnonzero(cal.playable)),
    }


def _of_venues(instance: Instance) -> dict[str, Any]:
    cal, venues = instance.calendar, instance.venues
    evening = venues.offered & (cal.weekday[cal.slot_date] < 5)[:, None]
    evening_starts = np.zeros((len(cal.dates), len(venues.names)), np.int32)
    np.add.at(evening_starts, cal.slot_date, evening.astype(np.int32))
    return {
        "open": _flags(venues.open),
        "courts": venues.courts,
        "evening": _flags(evening),
        "evening_starts": evening_starts,
        "venue_rank": _ints(np.argsort(np.argsort(np.array(venues.names)))),
        "venue_region": venues.region,
    }


def _of_divisions(instance: Instance) -> dict[str, Any]:
    divisions = instance.divisions
    suit_start, suit = _ragged([np.flatnonzero(row) for row in divisions.suitable])
    division_start, division_team = _ragged(divisions.teams)
    sizes = _ints([len(t) for t in divisions.teams])
    return {
        "suit_start": suit_start,
        "suit": suit,
        "home_only": _flags(divisions.home_only),
        "max_meetings": divisions.max_meetings,
        "min_meetings": divisions.min_meetings,
        "may_start": np.concatenate([[0], np.cumsum(sizes.astype(np.int64) ** 2)]),
        "may": _flags(np.concatenate([m.ravel() for m in divisions.may_meet])),
        "division_size": sizes,
        "division_start": division_start,
        "division_team": division_team,
    }


def _of_teams(instance: Instance) -> dict[str, Any]:
    teams = instance.teams
    return {
        "team_division": teams.division,
        "team_place": teams.place,
        "club": teams.club,
        "region": teams.region,
        "home": teams.home,
        "tier": teams.tier,
        "shut": _flags(teams.closed | ~instance.calendar.playable[None, :]),
        "home_closed": _flags(teams.home_closed),
        "away_closed": _flags(teams.away_closed),
    }


def _of_groups(instance: Instance) -> dict[str, Any]:
    """Who belongs to whom: coaches and clubs of teams, and the other way round."""
    teams = instance.teams
    named = {"coach": teams.coaches, "coach_team": teams.coach_teams, "club_team": teams.club_teams}
    starts = {"coach": "coach_start", "coach_team": "coach_team_start", "club_team": "club_start"}
    found: dict[str, Any] = {}
    for name, rows in named.items():
        found[starts[name]], found[name] = _ragged(rows)
    return found


def _ints(values: Any) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int32)


def _flags(values: NDArray[np.bool_]) -> Bytes:
    return np.ascontiguousarray(values, dtype=np.int8)


def _ragged(rows: Sequence[NDArray[Any]]) -> tuple[Ints, Ints]:
    """Rows of different lengths as (starts, values)."""
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return _ints(starts), _ints(np.concatenate([*rows, np.empty(0)]))


def _partners(pairs: Ints, teams: int) -> list[NDArray[Any]]:
    rows: list[list[int]] = [[] for _ in range(teams)]
    for x, y in pairs.tolist():
        rows[x].append(y)
        rows[y].append(x)
    return [np.array(row) for row in rows]


def _windows(instance: Instance) -> Longs:
    windows, short = instance.limits.windows, short_cost(instance)
    rows = [(d, g, 0, 0) for d, g, _ in windows.max_hard.tolist()]
    rows += [(d, g, short, 1) for d, g, _ in windows.min_hard.tolist()]
    rows += [(d, g, w, 0) for d, g, w, _ in windows.max_soft.tolist()]
    rows += [(d, g, w, 1) for d, g, w, _ in windows.min_soft.tolist()]
    return np.array(rows, np.int64).reshape(-1, 4)


def short_cost(instance: Instance) -> int:
    """Cost of one game that a hard minGames window lacks.

    It is never so high that all that can be lacking is more than a number holds, or that what a
    date gains in its windows makes good what a rule forbids.
    """
    if instance.limits.is_complete:
        return SHORT
    teams, dates = instance.teams.closed.shape
    rows = instance.limits.windows.min_hard.tolist()
    lacking = teams * sum(games * (dates - days + 1) for days, games, _ in rows)
    held = sum(days for days, _, _ in rows)
    return min(KEPT, (1 << 61) // max(1, lacking), IMPOSSIBLE // 8 // max(1, held))


def _weights(instance: Instance) -> Longs:
    w = instance.weights
    return np.array(
        [
            w.club_days,
            w.coach_back_to_back,
            w.doubleheaders,
            w.rivals,
            w.tier_match,
            w.home_venue,
            w.region,
            w.home_away_balance,
            w.full_evenings,
            w.rematch_gap,
            w.start_fairness,
        ],
        np.int64,
    )


def _rules(instance: Instance) -> Longs:
    limits, cal = instance.limits, instance.calendar
    span = (cal.cover - np.arange(len(cal.slot_date))[:, None]).max(initial=1)
    return np.array(
        [
            limits.max_doubleheaders,
            limits.min_break,
            limits.coach_one_game,
            limits.travel,
            instance.weights.rematch_days,
            span,
        ],
        np.int64,
    )


def make_state(instance: Instance, pairs: Ints, lengths: Ints, seed: int) -> State:
    """Nothing placed yet; `pairs` (G, 2) are the two teams of each game."""
    dates, venues = instance.venues.courts.shape
    slots, teams, games = len(instance.calendar.slot_date), len(instance.teams.names), len(pairs)
    games_of = _games_of(pairs, teams)
    most = games_of.shape[1] - 1
    return State(
        a=pairs[:, 0].copy(),
        b=pairs[:, 1].copy(),
        length=lengths.copy(),
        fixed=np.zeros(games, np.int8),
        slot=np.full(games, -1, np.int32),
        venue=np.full(games, -1, np.int32),
        host=np.zeros(games, np.int8),
        anchor=np.full((games, 3), -1, np.int32),
        games_of=games_of,
        head=np.full((dates, venues), -1, np.int32),
        after=np.full(games, -1, np.int32),
        before=np.full(games, -1, np.int32),
        busy=np.zeros((slots, venues), np.int16),
        club_at=np.zeros((len(instance.teams.club_names), dates, venues), np.int16),
        club_venues=np.zeros((len(instance.teams.club_names), dates), np.int16),
        games_on=np.zeros((teams, dates), np.int8),
        on_date=np.full((teams, dates, 2), -1, np.int32),
        doubles=np.zeros(teams, np.int32),
        date_cost=np.zeros((teams, dates), np.int64),
        forbidden=np.zeros((teams, dates), np.int32),
        balance=np.zeros(teams, np.int32),
        unpopular=np.zeros(teams, np.int32),
        at_least=np.zeros((len(instance.divisions.names), most + 3), np.int32),
        cost=np.zeros(1, np.int64),
        random=np.array([seed * 2 + 1], np.uint64),
        packing=np.zeros(1, np.int64),
        **_scratch(instance, most),
    )


def _scratch(instance: Instance, most: int) -> dict[str, Any]:
    """Memory of the evaluation of one game; `most` is the most games of a team."""
    dates, venues = instance.venues.courts.shape
    held = max((len(t) for t in instance.teams.coach_teams), default=0)
    coaches = 2 * max((len(c) for c in instance.teams.coaches), default=0)
    return {
        "venue_cost": np.zeros(venues, np.int64),
        "venue_order": np.zeros(venues, np.int32),
        "dates": np.zeros((3, dates), np.int32),
        "date_count": np.zeros(3, np.int32),
        "fair": np.zeros(1, np.int64),
        "meets": np.zeros(most + 1, np.int32),
        "coach_row": np.zeros((coaches * held * 2 + 1, 4), np.int32),
        "coach_end": np.zeros(coaches + 1, np.int32),
        "coach_of": np.zeros(coaches + 1, np.int32),
        "steps": np.zeros(dates + 1, np.int32),
    }


def _games_of(pairs: Ints, teams: int) -> Ints:
    """(T, M+1) the games of each team, then -1."""
    rows: list[list[int]] = [[] for _ in range(teams)]
    for g, (x, y) in enumerate(pairs.tolist()):
        rows[x].append(g)
        rows[y].append(g)
    most = max((len(row) for row in rows), default=0)
    games_of = np.full((teams, most + 1), -1, np.int32)
    for t, row in enumerate(rows):
        games_of[t, : len(row)] = row
    return games_of
