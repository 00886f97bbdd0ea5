"""Entry point of the solver's container: ``python -m matchday_solver``."""

import os
import signal
import sys

TERMINATED = 143
"""`ExitCode.TERMINATED`, known before anything is imported."""


def run() -> int:
    """Do the Job; the exit code.

    The first process of a container ignores signals that it does not handle, so it would wait out
    its grace period if it were told to end while the search is still being imported. Nothing is to
    be saved then.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(TERMINATED))
    from matchday_solver.run import main

    return main()


code = run()
sys.stdout.flush()
sys.stderr.flush()
# A search that has not ended yet must not hold up the end of the container.
os._exit(code)
