"""The one place that knows the compiler."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])


def entry(function: F) -> F:
    """Compile a function at its first call, or load it from the cache; it runs without the GIL."""
    compiled: F = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return compiled


def kernel(function: F) -> F:
    """Like `entry`, for a function that only compiled functions call: quicker to compile."""
    compiled: F = numba.njit(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled
