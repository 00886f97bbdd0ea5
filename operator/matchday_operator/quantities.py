"""Kubernetes resource quantities as numbers."""

import math
from decimal import Decimal

_FACTORS = {
    "m": Decimal("0.001"),
    "k": Decimal(10**3),
    "M": Decimal(10**6),
    "G": Decimal(10**9),
    "T": Decimal(10**12),
    "Ki": Decimal(2**10),
    "Mi": Decimal(2**20),
    "Gi": Decimal(2**30),
    "Ti": Decimal(2**40),
}


def amount(quantity: str) -> Decimal:
    """The number that a quantity such as 500m or 2Gi stands for.

    Raises decimal.InvalidOperation where it is none.
    """
    for suffix in (quantity[-2:], quantity[-1:]):
        if suffix in _FACTORS:
            return Decimal(quantity[: -len(suffix)]) * _FACTORS[suffix]
    return Decimal(quantity)


def doubled(memory: str) -> str:
    """Twice a quantity of memory, in whole Gi or Mi."""
    twice = amount(memory) * 2
    unit = "Gi" if twice % _FACTORS["Gi"] == 0 else "Mi"
    return f"{math.ceil(twice / _FACTORS[unit])}{unit}"


def whole_cpus(cpu: str) -> int:
    """A quantity of CPUs, rounded up to a whole number from 1 on."""
    return max(1, math.ceil(amount(cpu)))
