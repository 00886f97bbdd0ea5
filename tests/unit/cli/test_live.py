"""Progress on a terminal and elsewhere."""

import io

from matchday_api.status import Progress
from matchday_cli.show.live import Live, bar, describe


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def at(placed: int, **fields: object) -> Progress:
    return Progress.model_validate({"games_placed": placed, "games_total": 800, **fields})


def test_progress_tells_games_cost_gap_time_and_message() -> None:
    text = describe(
        at(742, objective=39765, bound=9, gap=0.1234, elapsed_seconds=12.4, message="Placing games")
    )
    assert text == "742 of 800 games, cost 39,765, gap 12.3%, 12s: Placing games"


def test_before_a_bound_is_known_no_gap_is_told() -> None:
    assert "gap" not in describe(at(742, objective=39765, bound=0, gap=1.0))


def test_a_half_full_bar_is_half_full() -> None:
    assert bar(at(0, percent=50)) == f"[{'#' * 12}{'-' * 12}]  50%"


def test_control_characters_in_a_message_never_reach_the_terminal() -> None:
    assert "\x1b" not in describe(at(1, message="\x1b[2J\rgone"))


def test_on_a_terminal_the_line_is_redrawn_and_taken_away() -> None:
    stream = Terminal()
    live = Live(stream)
    live.progress(at(1))
    live.progress(at(2))
    live.line("done")
    drawn = stream.getvalue()
    assert drawn.count("\n") == 1
    assert drawn.endswith("\r\x1b[Kdone\n")


def test_elsewhere_plain_lines_come_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    live = Live(stream, clock)
    for second in range(12):
        clock.now = second
        live.progress(at(second))
    lines = stream.getvalue().splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["0", "5", "10"]


def test_what_has_not_changed_is_not_told_twice() -> None:
    stream, clock = io.StringIO(), Clock()
    live = Live(stream, clock)
    live.progress(at(1))
    clock.now = 60.0
    live.progress(at(1))
    assert len(stream.getvalue().splitlines()) == 1
