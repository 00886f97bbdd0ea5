"""The termination message, and what decides it."""

import json
import logging
from pathlib import Path

import pytest

from matchday_api.status import Termination
from matchday_solver.report import verdict
from matchday_solver.report.settings import SettingsError, from_environment
from matchday_solver.report.termination import encode, leave

POD = {
    "MATCHDAY_NAMESPACE": "leagues",
    "MATCHDAY_RUN": "winter-0a1b2c3d",
    "MATCHDAY_POD_UID": "pod-1",
    "KUBERNETES_SERVICE_HOST": "10.96.0.1",
    "KUBERNETES_SERVICE_PORT": "443",
}


def test_the_message_is_json_with_reason_and_advice(tmp_path: Path) -> None:
    leave(tmp_path / "log", Termination(reason="Infeasible", message="Add a gym."))
    assert json.loads((tmp_path / "log").read_text()) == {
        "reason": "Infeasible",
        "message": "Add a gym.",
    }


@pytest.mark.parametrize(
    "message", ["x" * 3000, "ü" * 3000, "\N{GRINNING FACE}" * 3000, '"' * 3000]
)
def test_every_message_fits_into_four_kilobytes(message: str) -> None:
    encoded = encode(Termination(reason="SolverCrashed", message=message))
    assert len(encoded) <= 4096
    assert json.loads(encoded)["message"].startswith(message[:500])


def test_details_give_way_to_the_message() -> None:
    encoded = encode(Termination(reason="Done", message="m", details={"big": "x" * 5000}))
    assert json.loads(encoded) == {"reason": "Done", "message": "m"}


def test_a_file_that_cannot_be_written_is_only_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        leave(tmp_path / "absent" / "log", Termination(reason="Done"))
    assert "could not be written" in caplog.text


def test_running_out_of_memory_is_final_and_names_the_limit_to_raise() -> None:
    judged = verdict.crashed(MemoryError())
    assert (judged.code, judged.reason) == (4, "OutOfMemory")
    assert "resources.limits.memory" in judged.message


def test_a_crash_names_the_error_and_its_place() -> None:
    try:
        raise KeyError("court")
    except KeyError as error:
        judged = verdict.crashed(error)
    assert (judged.code, judged.reason) == (1, "SolverCrashed")
    assert "KeyError: 'court' (test_a_crash_names_the_error_and_its_place" in judged.message


def test_a_result_that_fits_nowhere_is_not_tried_again() -> None:
    assert verdict.not_saved("too large", too_large=True).code == 2
    assert verdict.not_saved("down", too_large=False).code == 1


def test_the_api_server_is_found_from_the_environment() -> None:
    assert from_environment(POD).api_url == "https://10.96.0.1:443"


def test_an_ipv6_api_server_is_put_into_brackets() -> None:
    settings = from_environment({**POD, "KUBERNETES_SERVICE_HOST": "fd00::1"})
    assert settings.api_url == "https://[fd00::1]:443"


def test_outside_a_cluster_every_missing_variable_and_the_other_way_are_named() -> None:
    with pytest.raises(SettingsError, match=r"MATCHDAY_NAMESPACE, .*matchday solve") as caught:
        from_environment({})
    assert "MATCHDAY_POD_UID" in str(caught.value)


def test_workers_are_as_the_pod_is_told_else_as_the_problem_says() -> None:
    assert from_environment(POD).workers is None
    assert from_environment({**POD, "MATCHDAY_WORKERS": "3"}).workers == 3


@pytest.mark.parametrize("text", ["many", "0", "65", "-1"])
def test_workers_that_are_no_number_of_threads_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="MATCHDAY_WORKERS"):
        from_environment({**POD, "MATCHDAY_WORKERS": text})


def test_a_grace_period_that_is_no_number_is_refused() -> None:
    with pytest.raises(SettingsError, match="MATCHDAY_GRACE_SECONDS: 'soon'"):
        from_environment({**POD, "MATCHDAY_GRACE_SECONDS": "soon"})
