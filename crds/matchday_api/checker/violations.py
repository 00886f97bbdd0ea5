"""What a timetable breaks."""

from itertools import chain, islice

from matchday_api.checker.rules import RULES
from matchday_api.checker.timetable import Timetable
from matchday_api.schedule import Violation

MOST_VIOLATIONS = 1000
"""Violations of one schedule that are worked out."""


def violations(table: Timetable) -> tuple[Violation, ...]:
    """The violations of every rule in turn; of very many the first."""
    every = chain.from_iterable(rule(table) for rule in RULES)
    return tuple(islice(every, MOST_VIOLATIONS))
