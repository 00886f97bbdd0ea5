"""A command that is told to end removes what it keeps for a while, such as files with keys."""

import subprocess
import sys
from signal import SIGHUP, SIGTERM, Signals

import pytest

WAITS = """
import atexit, signal
from matchday_cli.leaving import leaving
atexit.register(print, "removed")
# Tests that run under `nohup` have it ignored.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
with leaving():
    print("waits", flush=True)
    while True:
        signal.pause()
"""


@pytest.mark.parametrize("number", [SIGTERM, SIGHUP])
def test_signals_end_a_command_as_an_exit_does(number: Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        process.send_signal(number)
        told, _ = process.communicate(timeout=30)
        assert (process.returncode, told) == (143, "removed\n")
    finally:
        process.kill()
