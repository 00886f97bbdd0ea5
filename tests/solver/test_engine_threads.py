"""The end of a process waits for the engine."""

import subprocess
import sys

SCRIPT = """
import sys, threading
from matchday_solver.engine_threads import engine_thread
told = threading.Event()
def work():
    told.wait(0.5)
    sys.stdout.write("the engine has ended")
    sys.stdout.flush()
engine_thread("engine", work).start()
"""


def test_a_process_ends_after_its_engine() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "the engine has ended"
