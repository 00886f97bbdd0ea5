"""Prometheus metrics; no label ever holds a name, a namespace or an id of a request."""

from collections import Counter as Counted
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from matchday_api.status import Phase, Reason
from matchday_operator.records import Request

_LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_START = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300)
_SOLVE = (1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400)


class Metrics:
    """The operator's metrics in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._of_requests(self.registry)
        self._of_reconciles(self.registry)
        self._of_the_cluster(self.registry)

    def _of_requests(self, registry: CollectorRegistry) -> None:
        """What users see: requests, how long they take and how they end."""
        self.requests = Gauge(
            "matchday_requests", "ScheduleRequests by phase.", ["phase"], registry=registry
        )
        self.job_start_seconds = Histogram(
            "matchday_job_start_seconds",
            "Seconds from seeing a new input to its Job being made.",
            buckets=_START,
            registry=registry,
        )
        self.solve_seconds = Histogram(
            "matchday_solve_seconds",
            "Solving time of requests that succeeded.",
            buckets=_SOLVE,
            registry=registry,
        )
        self.outcomes = Counter(
            "matchday_outcomes", "Requests that ended, by reason.", ["reason"], registry=registry
        )
        # From zero on: an increase is only seen in a series that was there before.
        for reason in Reason:
            self.outcomes.labels(reason.value)
        self.result_checks = Counter(
            "matchday_result_checks", "Schedules that were checked.", ["result"], registry=registry
        )

    def _of_reconciles(self, registry: CollectorRegistry) -> None:
        """The operator's own work."""
        self.reconciles = Counter(
            "matchday_reconcile", "Reconciles by how they ended.", ["result"], registry=registry
        )
        self.reconcile_seconds = Histogram(
            "matchday_reconcile_seconds",
            "Seconds of a reconcile.",
            buckets=_LATENCY,
            registry=registry,
        )
        self.queue_depth = Gauge(
            "matchday_queue_depth", "Requests that wait to be reconciled.", registry=registry
        )

    def _of_the_cluster(self, registry: CollectorRegistry) -> None:
        """The way to the API server and what comes from there."""
        self.api_requests = Counter(
            "matchday_api_requests",
            "Requests to the API server by verb and class of status code.",
            ["verb", "code"],
            registry=registry,
        )
        self.leader = Gauge(
            "matchday_leader", "1 while this replica leads, else 0.", registry=registry
        )
        self.watch_restarts = Counter(
            "matchday_watch_restarts", "Times the watches were started again.", registry=registry
        )
        self.sweep_repairs = Counter(
            "matchday_sweep_repairs",
            "Objects that the sweep found and the watches had missed.",
            registry=registry,
        )

    def count_requests(self, requests: Iterable[Request]) -> None:
        """Count the requests by phase."""
        phases = Counted(str(request.status.get("phase", "Pending")) for request in requests)
        for phase in Phase:
            self.requests.labels(phase.value).set(phases[phase.value])

    def render(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self.registry)
