"""Entry point of the solver's container: ``python -m matchday_solver``."""

import os
import sys

from matchday_solver.run import main

code = main()
sys.stdout.flush()
sys.stderr.flush()
# A search that has not ended yet must not hold up the end of the container.
os._exit(code)
