"""Signals reach the process's own handlers while engines are at work in other threads."""

import subprocess
import sys
from signal import SIGINT

WORKS = """
import signal, sys, threading
from ortools.sat.python import cp_model
from matchday_solver.exact.run import Budget, run

stop, numbers = threading.Event(), []
signal.signal(signal.SIGINT, lambda number, _: (numbers.append(number), stop.set()))

def pigeons(holes):
    model = cp_model.CpModel()
    at = [[model.new_bool_var("") for _ in range(holes)] for _ in range(holes + 1)]
    for pigeon in at:
        model.add_bool_or(pigeon)
    for hole in zip(*at):
        for one in range(len(hole)):
            for other in range(one):
                model.add_bool_or([~hole[one], ~hole[other]])
    return model

def work():
    run(pigeons(3), Budget(60.0), stop)
    print("one has ended\\n", end="", flush=True)
    run(pigeons(40), Budget(60.0), stop, presolve=False)

threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(130 if numbers == [signal.SIGINT] else 1)
"""


def test_ctrl_c_is_taken_while_engines_run_after_others_have_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", WORKS], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        for _ in range(2):
            assert process.stdout.readline() == "one has ended\n"
        process.send_signal(SIGINT)
        assert process.wait(30) == 130
