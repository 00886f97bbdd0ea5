"""Rule 3 and a part of rule 4: nobody and no court has two games at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby

from matchday_api.checker.timetable import Played, Timetable, violation
from matchday_api.faults import quoted
from matchday_api.schedule import Violation

Clash = Callable[[Played, Played], bool]


def teams_play_one_game_at_a_time(table: Timetable) -> Iterator[Violation]:
    """A team's games of a date do not overlap, and leave time to travel between venues."""
    for name, plays in table.by_team.items():
        yield from _at_one_game(table, table.facts.path("teams", name), quoted(name), plays)


def coaches_are_at_one_game_at_a_time(table: Timetable) -> Iterator[Violation]:
    """So do a coach's, where the rules ask for it; a game of two of his teams is one."""
    if table.league.rules.coach_one_game_at_a_time:
        for name, plays in table.by_coach.items():
            who = f"coach {quoted(name)}"
            yield from _at_one_game(table, "rules.coachOneGameAtATime", who, plays)


def courts_hold_one_game_at_a_time(table: Timetable) -> Iterator[Violation]:
    """The games on a court of a venue do not overlap."""
    for (venue, day), plays in table.by_venue_date.items():
        courts: dict[int, list[Played]] = defaultdict(list)
        for play in plays:
            courts[play.game.court].append(play)
        for court, here in courts.items():
            for one, other in clashes(here, Played.overlaps):
                message = f"{quoted(venue)} has two games at a time on court {court} on {day}"
                rule = f"{table.facts.path('venues', venue)}.courts"
                yield violation(rule, message, [one, other])


def clashes(plays: Iterable[Played], clash: Clash) -> Iterator[tuple[Played, Played]]:
    """Each game that clashes with an earlier one of its date, with one such game.

    Games come in order of time. Of the earlier games at a venue the one that ends last decides.
    Frozen games are not compared with each other: what they break alone is no violation.
    """
    for _, of_date in groupby(plays, key=lambda play: play.date):
        frozen: dict[str, Played] = {}
        free: dict[str, Played] = {}
        for play in of_date:
            others = free.values() if play.frozen else chain(frozen.values(), free.values())
            if (old := next((old for old in others if clash(old, play)), None)) is not None:
                yield old, play
            last = frozen if play.frozen else free
            if play.venue.name not in last or play.end >= last[play.venue.name].end:
                last[play.venue.name] = play


def _at_one_game(
    table: Timetable, rule: str, who: str, plays: Sequence[Played]
) -> Iterator[Violation]:
    travel = table.league.rules.travel_minutes

    def too_close(one: Played, other: Played) -> bool:
        elsewhere = one.venue.name != other.venue.name
        return one.overlaps(other) or (elsewhere and other.start < one.end + travel)

    for one, other in clashes(plays, too_close):
        if one.overlaps(other):
            yield violation(rule, f"{who} has two games at a time on {one.date}", [one, other])
        else:
            message = (
                f"{who} has {other.start - one.end} minutes on {one.date} to get from"
                f" {quoted(one.venue.name)} to {quoted(other.venue.name)}, {travel} needed"
            )
            yield violation("rules.travelMinutes", message, [one, other])
