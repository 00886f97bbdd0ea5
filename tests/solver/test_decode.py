"""Courts, ids and what is missing."""

from matchday_api.problem import EarlierSchedule
from matchday_solver.build import build
from matchday_solver.decode import Placed, missing, to_games
from matchday_solver.instance import Instance
from tests.builders import division
from tests.solver.solving import no_room, problem


def placed(slot: int, pair: str, instance: Instance, length: int = 0) -> Placed:
    """A game at the only venue."""
    home, away = (instance.teams.names.index(name) for name in pair)
    return Placed(slot=slot, venue=0, home=home, away=away, length=length)


def test_games_at_one_time_are_on_courts_from_one_up() -> None:
    instance = build(problem("ABCD"))
    games = to_games(instance, [placed(0, "AB", instance), placed(0, "CD", instance)])
    assert [game.court for game in games] == [1, 2]


def test_a_court_is_used_again_once_its_game_is_over() -> None:
    of = problem("ABCDEF", divisions=[division(gameMinutes=90)])
    instance = build(of)
    rows = [placed(0, "AB", instance), placed(1, "CD", instance), placed(2, "EF", instance)]
    assert [game.court for game in to_games(instance, rows)] == [1, 2, 1]


def test_a_game_ends_after_its_length() -> None:
    instance = build(problem("ABCD", divisions=[division(gameMinutes=75)]))
    game = to_games(instance, [placed(0, "AB", instance)])[0]
    assert (game.start, game.end) == ("09:00", "10:15")


def test_games_come_in_order_of_time() -> None:
    instance = build(problem("ABCD"))
    games = to_games(instance, [placed(5, "AB", instance), placed(0, "CD", instance)])
    assert [game.home for game in games] == ["C", "A"]


def test_meetings_of_a_pair_have_different_ids() -> None:
    instance = build(problem("ABCD"))
    games = to_games(instance, [placed(0, "AB", instance), placed(20, "BA", instance)])
    assert len({game.id for game in games}) == 2


def test_a_pairing_has_the_same_id_wherever_it_is() -> None:
    instance = build(problem("ABCD"))
    one, other = (to_games(instance, [placed(slot, "AB", instance)])[0] for slot in (0, 9))
    assert one.id == other.id


def test_pairs_whose_games_wait_are_told_before_single_teams() -> None:
    instance = build(problem("AB", divisions=[division(gamesPerTeam=2)]))
    entries = missing(instance, [placed(0, "AB", instance)], [(0, 1)], no_room)
    assert [(e.teams, e.missing, e.reason) for e in entries] == [(("A", "B"), 1, "no room")]


def test_what_no_pair_explains_is_told_by_team() -> None:
    instance = build(problem("AB", divisions=[division(gamesPerTeam=2)]))
    entries = missing(instance, [placed(0, "AB", instance)], [], no_room)
    told = [(e.teams, e.missing, e.reason) for e in entries]
    assert told == [(("A",), 1, "no room"), (("B",), 1, "no room")]


def test_a_game_that_stays_keeps_its_id_where_the_pair_gets_an_earlier_one() -> None:
    of = problem("AB", divisions=[division(gamesPerTeam=2)])
    before = to_games(build(of), [placed(5, "AB", build(of))])[0].model_copy(update={"id": "old"})
    instance = build(of.model_copy(update={"earlier": EarlierSchedule(games=(before,))}))
    games = to_games(instance, [placed(0, "AB", instance), placed(5, "AB", instance)])
    assert (games[1].date, games[1].start) == (before.date, before.start)
    assert [game.id == "old" for game in games] == [False, True]


def test_a_game_that_moves_has_the_id_that_the_pair_had() -> None:
    of = problem("AB", divisions=[division(gamesPerTeam=1)])
    before = to_games(build(of), [placed(5, "AB", build(of))])[0].model_copy(update={"id": "old"})
    instance = build(of.model_copy(update={"earlier": EarlierSchedule(games=(before,))}))
    assert to_games(instance, [placed(0, "BA", instance)])[0].id == "old"
