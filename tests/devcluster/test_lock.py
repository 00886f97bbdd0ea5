"""One call at a time."""

import subprocess
import sys
from pathlib import Path

from devcluster import lock

HOLD = "import sys; from pathlib import Path; from devcluster import lock\n"
HOLD += "with lock.held(Path(sys.argv[1])): print('held', flush=True)\n"


def test_the_lock_leaves_no_file(tmp_path: Path) -> None:
    with lock.held(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()
    assert not (tmp_path / "lock").exists()


def test_a_second_call_waits_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    pipe = subprocess.PIPE
    with lock.held(path):
        second = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)
        assert second.stderr is not None
        assert "another devcluster call" in second.stderr.readline()
        assert second.poll() is None
    assert second.communicate(timeout=30)[0] == "held\n"
