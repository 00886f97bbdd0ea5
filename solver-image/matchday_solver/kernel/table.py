"""A named tuple of arrays as the table of addresses that compiled functions get."""

from typing import Any

import numpy as np

from matchday_solver.instance import Longs

WIDTH = 4
"""Words of the table for an array: its address and up to three dimensions."""


def table(record: tuple[Any, ...]) -> Longs:
    """Addresses and shapes of a named tuple's arrays, which must outlive it and be contiguous."""
    rows = np.zeros((len(record), WIDTH), np.int64)
    for row, array in zip(rows, record, strict=True):
        row[0] = array.ctypes.data
        row[1 : 1 + array.ndim] = array.shape
    return rows.ravel()
