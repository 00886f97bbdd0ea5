"""The decorator of compiled functions."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Mark a function that only compiled functions call; `compile.py` compiles it, for one type.

    The function stays callable from Python, on named tuples, with NUMBA_DISABLE_JIT=1.
    """
    compiled: F = numba.njit(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled
