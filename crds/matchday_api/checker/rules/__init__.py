"""The hard rules, one function each: a timetable in, its violations out."""

from collections.abc import Callable, Iterator

from matchday_api.checker.rules import (
    amounts,
    dates,
    doubleheaders,
    fixed,
    identity,
    opponents,
    overlaps,
    venues,
    windows,
)
from matchday_api.checker.timetable import Timetable
from matchday_api.schedule import Violation

Rule = Callable[[Timetable], Iterator[Violation]]

RULES: tuple[Rule, ...] = (
    identity.names_are_known,
    identity.ids_are_unique,
    identity.games_have_their_division,
    identity.games_have_their_length,
    amounts.reports_are_sound,
    amounts.teams_play_their_games,
    opponents.opponents_are_two_teams_of_one_division,
    opponents.forbidden_pairs_do_not_meet,
    opponents.clubs_do_not_meet_themselves,
    opponents.meetings_are_at_most_the_maximum,
    opponents.meetings_are_at_least_the_minimum,
    overlaps.teams_play_one_game_at_a_time,
    overlaps.coaches_are_at_one_game_at_a_time,
    overlaps.courts_hold_one_game_at_a_time,
    venues.courts_exist,
    venues.venues_are_open,
    venues.starts_are_offered,
    venues.games_end_by_midnight,
    venues.venues_have_the_features,
    venues.games_are_at_the_home_venue,
    venues.home_games_of_a_pair_are_balanced,
    venues.hosts_are_at_home,
    dates.games_are_in_the_season,
    dates.nobody_plays_on_closed_dates,
    windows.windows_hold_at_most,
    windows.windows_hold_at_least,
    doubleheaders.dates_hold_at_most_two_games,
    doubleheaders.doubleheaders_are_few,
    doubleheaders.doubleheaders_are_at_one_venue,
    doubleheaders.doubleheaders_are_against_two_opponents,
    doubleheaders.doubleheaders_have_a_break,
    fixed.locked_games_are_there,
    fixed.frozen_games_stay,
    fixed.no_game_is_added_to_frozen_dates,
)
