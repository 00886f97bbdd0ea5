"""Status records as they are written."""

from matchday_api.status import Progress, ScheduleRequestStatus, SolverRunStatus


def test_progress_tells_games_placed_of_all() -> None:
    progress = Progress(games_placed=742, games_total=800)
    assert progress.to_json()["games"] == "742/800"


def test_progress_is_right_after_a_change() -> None:
    changed = Progress(games_placed=1, games_total=9).model_copy(update={"games_placed": 9})
    assert ScheduleRequestStatus(progress=changed).to_json()["progress"]["games"] == "9/9"


def test_what_was_written_is_read_back() -> None:
    written = SolverRunStatus(games_placed=3, games_total=8, writer="pod").to_json()
    assert SolverRunStatus.model_validate(written).to_json() == written
