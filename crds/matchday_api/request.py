"""A ScheduleRequest's spec: what to schedule, and how the solver may run."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from matchday_api.base import Day, Model
from matchday_api.league import League

REGENERATE_ANNOTATION = "matchday.dev/regenerate"
"""Any new value asks for a fresh solve of an unchanged spec."""

MAX_WORKERS = 64
"""Threads of a search at most."""

QUEUE_LABEL = "kueue.x-k8s.io/queue-name"
"""Label (or annotation) that names a Kueue queue; passed on to the Job."""

DnsName = Annotated[
    str,
    Field(min_length=1, max_length=253, pattern=r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"),
]
"""Name of a Kubernetes object."""

DataKey = Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[-._a-zA-Z0-9]+$")]
"""Key of a ConfigMap."""

LabelValue = Annotated[str, Field(max_length=63)]


def _quantity_text(value: object) -> object:
    """`cpu: 2` is as good as `cpu: "2"`."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_whole else value


Quantity = Annotated[
    str,
    Field(pattern=r"^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$", max_length=32),
    BeforeValidator(_quantity_text),
]
"""A Kubernetes resource quantity."""


class Completeness(StrEnum):
    """Whether a schedule with games missing counts as success."""

    REQUIRED = "Required"
    BEST_EFFORT = "BestEffort"


class ConfigMapKey(Model):
    """One key of a ConfigMap of the request's namespace."""

    name: DnsName
    """Name of the ConfigMap."""
    key: DataKey = "league.yaml"
    """Key under `data` or `binaryData`."""


class ScheduleKey(ConfigMapKey):
    """One key of a ConfigMap of the request's namespace that holds a schedule.json."""

    key: DataKey = "schedule.json"
    """Key under `data` or `binaryData`."""


class LeagueSource(Model):
    """Where the league is, if not in the request."""

    config_map_key_ref: ConfigMapKey
    """YAML or JSON; gzip is accepted under binaryData."""


Quantities = Annotated[dict[Annotated[str, Field(max_length=253)], Quantity], Field(max_length=20)]


class Resources(Model):
    """Resources of the solver's container; give both maps or the defaults fill the other."""

    requests: Quantities = Field(default={"cpu": "2", "memory": "1Gi"})
    """What the pod is promised, by resource."""
    limits: Quantities = Field(default={"cpu": "2", "memory": "2Gi"})
    """What the pod may use at most, by resource."""


class SolverSettings(Model):
    """How the solver may run."""

    time_limit_seconds: Annotated[int, Field(ge=1, le=86_400)] = 600
    """Solving time over all attempts and resumes together."""
    gap_limit: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Stop once the proven relative gap is at most this; a repair not before the fewest changes are
    proven, and with `repeatable` and several workers not at all."""
    seed: Annotated[int, Field(ge=0, le=2_147_483_647)] = 0
    """Start of the random numbers."""
    repeatable: bool = False
    """End after an amount of work instead of by the clock, so that the same league, settings and
    number of workers give the same schedule. It uses part of the time only. One worker gives the
    same schedule in any case, and proves bounds in the rest of the time unless this is set.
    """
    workers: Annotated[int, Field(ge=1, le=MAX_WORKERS)] | None = None
    """Threads of the search; the CPU limit rounded up where absent. From 500 games on each more
    makes schedules cheaper in the same time."""
    max_retries: Annotated[int, Field(ge=0, le=10)] = 3
    """Crashes and pods deleted by hand that are forgiven."""
    start_timeout_seconds: Annotated[int, Field(ge=1, le=604_800)] = 3600
    """How long the Job may wait for room in the cluster."""
    resources: Resources = Resources()
    """Resources of its container."""


class ObjectName(Model):
    """An object of the request's namespace."""

    name: DnsName
    """Name of the object."""


class ChangesFrom(Model):
    """The schedule to repair: exactly one of the two."""

    schedule_ref: ObjectName | None = None
    """An earlier Schedule of the namespace."""
    config_map_key_ref: ScheduleKey | None = None
    """A schedule.json in a ConfigMap."""


class Changes(Model):
    """Repair an earlier schedule instead of starting afresh."""

    from_: Annotated[ChangesFrom, Field(alias="from")]
    """The schedule to repair."""
    frozen_before: Day | None = None
    """Games before this date stay as they are."""


class PodTemplate(Model):
    """What the solver's pod takes over."""

    labels: Annotated[dict[str, LabelValue], Field(max_length=100)] = Field(default_factory=dict)
    """Added to the pod's own."""
    annotations: Annotated[
        dict[str, Annotated[str, Field(max_length=65_536)]], Field(max_length=100)
    ] = Field(default_factory=dict)
    """Added to the pod's own."""
    node_selector: Annotated[dict[str, LabelValue], Field(max_length=100)] = Field(
        default_factory=dict
    )
    """Labels that a node must have."""
    tolerations: Annotated[tuple[dict[str, Any], ...], Field(max_length=50)] = ()
    """As in a pod's spec."""
    affinity: dict[str, Any] | None = None
    """As in a pod's spec."""
    priority_class_name: DnsName | None = None
    """As in a pod's spec."""
    image_pull_secrets: Annotated[tuple[ObjectName, ...], Field(max_length=20)] = ()
    """As in a pod's spec; added to those that the operator has."""


class ScheduleRequestSpec(Model):
    """The spec of a ScheduleRequest; exactly one of `league` and `leagueFrom`."""

    league: League | None = None
    """The league itself."""
    league_from: LeagueSource | None = None
    """Where the league is, if not here."""
    solver: SolverSettings = SolverSettings()
    """How the solver may run."""
    completeness: Completeness = Completeness.REQUIRED
    """Whether a schedule with games missing counts as success."""
    changes: Changes | None = None
    """An earlier schedule to repair instead of starting afresh."""
    history_limit: Annotated[int, Field(ge=1, le=20)] = 3
    """Generations of Schedule and SolverRun that are kept."""
    suspend: bool = False
    """Stops the solver after it has saved its best schedule; false lets it go on from there."""
    ttl_seconds_after_finished: Annotated[int, Field(ge=0, le=2_147_483_647)] = 86_400
    """For the Job and its pods; the result stays."""
    pod_template: PodTemplate = PodTemplate()
    """What the solver's pod takes over."""
