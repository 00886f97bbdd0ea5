"""Objects of any user are decoded, however deeply they are nested."""

import sys

DEPTH = 50_000
"""Nested calls that Python allows; the API server takes objects of up to 10,000 levels."""


def allow_deep_objects() -> None:
    """Have every object that the API server takes decoded.

    With Python's own limit a single object of a thousand levels, such as in `managedFields`, fails
    each list that it is in, and with that the watch of its kind in all namespaces.
    """
    sys.setrecursionlimit(DEPTH)
