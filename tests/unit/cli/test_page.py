"""report.html: complete, escaped, and without anything from elsewhere."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from matchday_api.league import League
from matchday_api.schedule import ScheduleFile, Violation
from matchday_cli.show.page import to_html
from matchday_cli.show.repair import Repair
from tests.builders import game, lacking, league
from tests.unit.cli.builders import a_schedule

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


class Reader(HTMLParser):
    """Collects tags, attributes, and the text of each element's id section."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href"):
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += f"{data}|"


def page(schedule: ScheduleFile, of: League | None = None) -> Reader:
    return Reader(to_html(schedule, of, NOW))


def test_a_game_is_shown_by_division_by_team_and_by_venue() -> None:
    text = page(a_schedule([game("Lions-Bears", division="Under 12")])).text
    by_division, _, rest = text.partition("By team|\n")
    by_team, _, by_venue = rest.partition("By venue and date|\n")
    assert "Lions" in by_division
    assert "Under 12, 1 game, 1 at home" in by_team
    assert "Lions - Bears" in by_venue


def test_what_single_teams_lack_is_half_as_many_games() -> None:
    both = page(a_schedule(missing=[lacking(2, "A"), lacking(2, "B")])).text
    assert "half as many games" in both
    assert "half as many games" not in page(a_schedule(missing=[lacking(1, "A", "B")])).text


def test_half_a_game_that_is_left_over_is_not_called_missing() -> None:
    odd = lacking(1, "A").model_copy(update={"reason": "OddTeamGames: one is left over"})
    full = a_schedule(missing=[odd])
    tiers = full.objective.tiers.model_copy(update={"missing": 0})
    objective = full.objective.model_copy(update={"tiers": tiers})
    text = page(full.model_copy(update={"objective": objective})).text
    assert "Left over|" in text
    assert "half as many games" not in text


def test_games_of_one_start_stand_beside_each_other_by_court() -> None:
    games = [game("A-B", court=1), game("C-D", court=2), game("A-C", start="10:00", court=2)]
    text = page(a_schedule(games)).text
    grid = text[text.index("Court 1|") :]
    assert grid.index("A - B") < grid.index("C - D") < grid.index("10:00") < grid.index("A - C")


def test_two_games_on_one_court_are_both_shown() -> None:
    text = page(a_schedule([game("A-B"), game("C-D")])).text
    assert "A - B" in text
    assert "C - D" in text


def test_nothing_is_loaded_from_elsewhere() -> None:
    found = page(a_schedule(), league("AB"))
    assert not {"link", "img", "iframe"} & set(found.tags)
    assert found.tags.count("script") == 1
    assert all(link.startswith("#") for link in found.links)


def test_every_link_leads_somewhere() -> None:
    found = page(a_schedule(), league("AB"))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)


def test_hostile_names_and_reasons_are_text() -> None:
    schedule = a_schedule(
        [game("A-B", venue=HOSTILE, division=HOSTILE)],
        missing=[lacking(1, "A").model_copy(update={"reason": HOSTILE})],
        violations=[Violation(rule=HOSTILE, message=HOSTILE)],
        request=HOSTILE,
    )
    found = page(schedule)
    assert found.tags.count("script") == 1
    assert found.text.count(HOSTILE) >= 6


def test_missing_games_and_broken_rules_are_told() -> None:
    schedule = a_schedule(
        missing=[lacking(2, "A", "B")],
        violations=[Violation(rule="rules.maxGames[0]", message="too many")],
    )
    text = page(schedule).text
    assert "A - B" in text
    assert "no room" in text
    assert "rules.maxGames[0]" in text


def test_a_terms_cost_is_its_units_times_its_weight() -> None:
    assert "|12|100|1,200|" in page(a_schedule(terms={"clubDays": 12}), league("AB")).text


def test_without_the_league_terms_have_units_only() -> None:
    assert "1,200" not in page(a_schedule(terms={"clubDays": 12})).text


def test_the_season_and_its_time_zone_are_told() -> None:
    assert "Mon 2026-01-05 to Sat 2026-02-28, times of UTC" in page(a_schedule(), league("AB")).text


def test_the_title_is_the_requests_name_else_the_one_that_is_given() -> None:
    named, local = a_schedule(request="winter"), a_schedule()
    assert "winter|" in Reader(to_html(named, None, NOW, "file")).text
    assert "spring-league|" in Reader(to_html(local, None, NOW, "spring-league")).text


def test_staff_are_told_in_words_whether_all_is_well() -> None:
    good = page(a_schedule(terms={})).text
    assert "All games are placed, no rule is broken." in good
    bad = a_schedule(missing=[lacking(2, "A", "B")], violations=[Violation(rule="x", message="y")])
    assert "2 games could not be placed, 1 rule broken." in page(bad).text


def test_what_is_proven_of_a_repair_is_about_as_few_changes() -> None:
    proven = "It is proven that no schedule that changes as few games is"
    assert f"{proven} cheaper." in page(a_schedule(total=40, bound=40, changes=1)).text
    near = page(a_schedule(total=40, bound=30, changes=1)).text
    assert f"{proven} more than 25.0% cheaper." in near
    assert "no schedule is cheaper." in page(a_schedule(total=40, bound=40)).text


def test_rules_that_frozen_games_break_are_told() -> None:
    repair = Repair(frozen=["venues[0].closedDates: closed since (A - B)"])
    text = Reader(to_html(a_schedule(), None, NOW, repair=repair)).text
    assert "but for 1 by games that stay as they were" in text
    assert "closed since (A - B)" in text
