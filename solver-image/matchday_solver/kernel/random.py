"""Random numbers of the kernels: a linear congruential generator, its state in `State.random`."""

import numpy as np

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State

MULTIPLIER = np.uint64(6364136223846793005)
INCREMENT = np.uint64(1442695040888963407)
HIGH_BITS = np.uint64(33)

STEPS = 4096
LOGARITHMS = -np.log((np.arange(STEPS) + 0.5) / STEPS)
"""Exponentially distributed numbers, by equal chances."""


@kernel
def below(state: State, bound: int) -> int:
    """A random integer from 0 to bound - 1."""
    state.random[0] = state.random[0] * MULTIPLIER + INCREMENT
    return int(np.int64(state.random[0] >> HIGH_BITS) * bound) >> 31


@kernel
def threshold(state: State, temperature: float) -> int:
    """The dearest worsening that annealing accepts this time: exponential with that mean."""
    return int(temperature * LOGARITHMS[below(state, STEPS)])
