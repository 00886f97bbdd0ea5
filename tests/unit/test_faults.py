"""Faults as users read them."""

from matchday_api.faults import Fault, InvalidInput, join, quoted, suggestion


def test_a_fault_reads_as_its_path_and_message() -> None:
    assert str(Fault("teams[0].name", "is missing")) == "teams[0].name: is missing"
    assert str(Fault("", "is not YAML")) == "is not YAML"


def test_paths_are_joined() -> None:
    assert join("spec", "league.teams[0]") == "spec.league.teams[0]"
    assert join("rivals", "[0]") == "rivals[0]"
    assert (join("", "a"), join("a", "")) == ("a", "a")


def test_an_error_is_moved_with_all_its_faults() -> None:
    error = InvalidInput([Fault("league", "is wrong")], more=3).under("spec")
    assert str(error) == "spec.league: is wrong\nand 3 more faults"


def test_quoted_values_are_short_and_on_one_line() -> None:
    assert quoted("a\nb") == '"a�b"'
    assert len(quoted("x" * 1000)) < 130


def test_a_near_name_is_suggested() -> None:
    assert suggestion("U12", ["U-12", "U-8"]) == '; did you mean "U-12"?'
    assert suggestion("Zebra", ["U-12"]) == ""


def test_two_names_that_are_as_near_are_both_suggested() -> None:
    assert suggestion("U1O", ["U10", "U12", "U8"]) == '; did you mean "U12" or "U10"?'
