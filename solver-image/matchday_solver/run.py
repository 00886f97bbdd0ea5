"""One Job from start to end: read the problem, claim the run, make an attempt, say why it ended."""

import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue

from matchday_api.faults import size
from matchday_api.problem import Problem, unpack_problem
from matchday_api.status import ExitCode
from matchday_api.validation import league_faults
from matchday_solver.attempt import Attempt, Control, Solve
from matchday_solver.kernel_cache import make_writable
from matchday_solver.report import termination, verdict
from matchday_solver.report.api import Api, RejectedError, UnavailableError
from matchday_solver.report.fence import FenceLostError
from matchday_solver.report.inbox import Signalled
from matchday_solver.report.restore import Earlier
from matchday_solver.report.settings import Settings, SettingsError, from_environment
from matchday_solver.report.store import Store
from matchday_solver.report.verdict import EndedError

MAX_INPUT_BYTES = 8 * 1024 * 1024
"""Largest snapshot that is read, compressed; a ConfigMap holds 1 MiB."""
CLAIM_SECONDS = 60.0
"""How long a pod tries to claim its run: its rights may be on their way, the API server away."""
CLAIM_RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


def main() -> int:
    """The container's entry; the exit code."""
    logging.basicConfig(
        stream=sys.stdout,
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        datefmt="%H:%M:%S",
    )
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return ExitCode.UNEXPECTED
    control = Control(SimpleQueue(), threading.Event(), settings.grace_seconds)
    take_signals(control)
    make_writable(os.environ)
    from matchday_solver.solve import solve

    return run(settings, control, solve)


def take_signals(control: Control) -> None:
    """Have SIGTERM and SIGINT stop the search and wake the main thread.

    A thread waits for them: a handler would run in the main thread, and not before that comes back
    from waiting, if the signal arrives just as it begins to.
    """
    numbers = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)

    def wait() -> None:
        while True:
            number = signal.sigwait(numbers)
            control.stop.set()
            control.inbox.put(Signalled(number))

    threading.Thread(target=wait, name="signals", daemon=True).start()


def run(settings: Settings, control: Control, solve: Solve) -> int:
    """Do the Job, leave the termination message, and give the exit code."""
    earlier = Earlier()
    try:
        problem = read_problem(settings.input)
        if settings.workers is not None:
            problem = problem.model_copy(update={"workers": settings.workers})
        store = _store(settings)
        earlier = claim(store, control)
        ending = Attempt(control, store, problem, earlier).run(solve)
    except EndedError as error:
        ending = error.verdict
    message = ending.termination(attempt=earlier.attempts + 1)
    termination.leave(settings.termination_log, message)
    log.info("%s, exit code %d: %s", ending.reason, ending.code, ending.message)
    return ending.code


def read_problem(path: Path) -> Problem:
    """The problem of a snapshot; raises EndedError where it is none, or no valid one."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_INPUT_BYTES + 1)
        if len(data) > MAX_INPUT_BYTES:
            raise ValueError(f"it is larger than {size(MAX_INPUT_BYTES)}")
        problem = unpack_problem(data)
    except OSError as error:
        raise EndedError(verdict.unavailable(f"The input cannot be read: {error}")) from error
    except ValueError as error:
        raise EndedError(verdict.invalid(f"The input is not a problem: {error}")) from error
    if faults := league_faults(problem.league, problem.completeness):
        raise EndedError(verdict.invalid("\n".join(map(str, faults))))
    return problem


def claim(store: Store, control: Control) -> Earlier:
    """Claim the run, trying for CLAIM_SECONDS; raises EndedError where that fails."""
    deadline = time.monotonic() + CLAIM_SECONDS
    while True:
        try:
            return store.claim()
        except FenceLostError as error:
            raise EndedError(verdict.superseded(f"There is no run to do: {error}.")) from error
        except (UnavailableError, RejectedError) as error:
            if time.monotonic() > deadline:
                raise EndedError(verdict.unavailable(f"The run is not claimed: {error}")) from error
            log.warning("the run is not claimed yet: %s", error)
        if isinstance(control.receive(CLAIM_RETRY_SECONDS), Signalled):
            raise EndedError(verdict.interrupted())


def _store(settings: Settings) -> Store:
    """The run's objects in the cluster; raises EndedError without a service account."""
    try:
        api = Api(settings.api_url, settings.account)
    except OSError as error:
        message = f"The service account in {settings.account} cannot be read: {error}"
        raise EndedError(verdict.unavailable(message)) from error
    return Store(api, settings.namespace, settings.run, settings.pod_uid)
