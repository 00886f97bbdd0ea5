"""How an earlier cluster is recognised."""

from pathlib import Path

import pytest

from devcluster import record
from devcluster.output import DevclusterError
from devcluster.record import Condition, ProcessId, Record

EXPECTED = {"etcd", "kubelet"}


def a_record(*, boot: str = "now", complete: bool = True) -> Record:
    return Record("native", "/checkout", boot, complete=complete)


def condition(known: Record | None, alive: set[str] = EXPECTED, leftovers: int = 0) -> Condition:
    finding = record.judge(known, alive=alive, expected=EXPECTED, leftovers=leftovers, boot="now")
    return finding.condition


def test_no_record_and_no_traces_is_no_cluster() -> None:
    assert condition(None) is Condition.ABSENT


def test_traces_without_a_record_are_a_broken_cluster() -> None:
    assert condition(None, leftovers=1) is Condition.BROKEN


def test_a_cluster_of_an_earlier_boot_is_broken() -> None:
    assert condition(a_record(boot="yesterday")) is Condition.BROKEN


def test_a_half_started_cluster_is_broken() -> None:
    assert condition(a_record(complete=False)) is Condition.BROKEN


def test_a_dead_process_makes_the_cluster_degraded() -> None:
    assert condition(a_record(), alive={"etcd"}) is Condition.DEGRADED


def test_the_dead_process_is_named() -> None:
    found = record.judge(a_record(), alive={"etcd"}, expected=EXPECTED, leftovers=0, boot="now")
    assert found.reason == "not running: kubelet"


def test_a_cluster_with_all_its_processes_runs() -> None:
    assert condition(a_record()) is Condition.RUNNING


def test_a_saved_record_is_read_back_as_it_was(tmp_path: Path) -> None:
    known = record.remember(a_record(), "etcd", ProcessId(12, 345))
    record.save(tmp_path / "state", known)
    assert record.load(tmp_path / "state") == known


def test_the_state_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    record.save(tmp_path / "state", a_record())
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_missing_record_is_none(tmp_path: Path) -> None:
    assert record.load(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"processes": {}}', '{"processes": 7}'])
def test_a_damaged_record_is_refused(text: str) -> None:
    with pytest.raises(DevclusterError, match="cannot be read"):
        record.parse(text)


def test_a_component_stopped_on_purpose_is_noted() -> None:
    known = record.forget(record.remember(a_record(), "kubelet", ProcessId(1, 2)), "kubelet")
    assert (known.processes, known.stopped) == ({}, ("kubelet",))


def test_starting_a_component_again_clears_the_note() -> None:
    known = record.remember(record.forget(a_record(), "kubelet"), "kubelet", ProcessId(1, 2))
    assert known.stopped == ()
