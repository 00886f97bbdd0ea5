"""Faults of a request's spec outside its league."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from matchday_api.faults import Fault, quoted
from matchday_api.request import ScheduleRequestSpec

_UNITS = {
    "": Decimal(1),
    "m": Decimal("0.001"),
    "k": Decimal(1000),
    "M": Decimal(1000) ** 2,
    "G": Decimal(1000) ** 3,
    "T": Decimal(1000) ** 4,
    "Ki": Decimal(1024),
    "Mi": Decimal(1024) ** 2,
    "Gi": Decimal(1024) ** 3,
    "Ti": Decimal(1024) ** 4,
}
_LABEL_KEY = re.compile(
    r"([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
)
_LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")


def faults(spec: ScheduleRequestSpec) -> Iterator[Fault]:
    """Faults of the spec, its league apart; paths begin in the spec."""
    if (spec.league is None) == (spec.league_from is None):
        given = "none" if spec.league is None else "both"
        yield Fault("", f"must have exactly one of league and leagueFrom, and has {given}")
    yield from _changes(spec)
    yield from _resources(spec)
    template = spec.pod_template
    yield from _labels("podTemplate.labels", template.labels)
    yield from _labels("podTemplate.nodeSelector", template.node_selector)


def quantity(text: str) -> Decimal:
    """The number that a Kubernetes resource quantity stands for."""
    number = text.rstrip("mkKMGTi")
    return Decimal(number) * _UNITS[text[len(number) :]]


def _changes(spec: ScheduleRequestSpec) -> Iterator[Fault]:
    if spec.changes is None:
        return
    source = spec.changes.from_
    if (source.schedule_ref is None) == (source.config_map_key_ref is None):
        given = "none" if source.schedule_ref is None else "both"
        message = f"must have exactly one of scheduleRef and configMapKeyRef, and has {given}"
        yield Fault("changes.from", message)


def _resources(spec: ScheduleRequestSpec) -> Iterator[Fault]:
    resources = spec.solver.resources
    for name, request in resources.requests.items():
        limit = resources.limits.get(name)
        if limit is not None and quantity(request) > quantity(limit):
            message = f"{request} is above the limit, {limit}; lower it or raise the limit"
            yield Fault(f"solver.resources.requests.{name}", message)


def _labels(path: str, labels: Mapping[str, str]) -> Iterator[Fault]:
    for key, value in labels.items():
        if not _LABEL_KEY.fullmatch(key):
            yield Fault(path, f"{quoted(key)} cannot be the key of a label")
        if not _LABEL_VALUE.fullmatch(value):
            yield Fault(f"{path}[{key}]", f"{quoted(value)} cannot be the value of a label")
