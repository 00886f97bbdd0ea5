"""The operator's settings, read once from the environment."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass


class ConfigError(ValueError):
    """A setting is missing or wrong; the message says which and what would be right."""


@dataclass(frozen=True)
class SolverPod:
    """What all solver pods share."""

    image: str
    pull_policy: str = "IfNotPresent"
    pull_secrets: tuple[str, ...] = ()
    cluster_role: str = "matchday-solver"
    """ClusterRole bound to the solver's ServiceAccount in each namespace with requests."""
    dns_policy: str = "ClusterFirst"


@dataclass(frozen=True)
class Config:
    """Settings of one operator process."""

    solver: SolverPod
    identity: str
    """Holder of the Lease: the pod's name."""
    lease_namespace: str = "default"
    lease_name: str = "matchday-operator"
    namespaces: tuple[str, ...] = ()
    """Namespaces that are watched; all where empty."""
    workers: int = 16
    """Requests that are reconciled at once."""
    log_format: str = "json"
    log_level: str = "INFO"
    health_port: int = 8080
    metrics_port: int = 9090
    sweep_seconds: float = 20.0
    image_pull_patience: float = 180.0
    """Seconds of failing image pulls after which a request fails."""


_PULL_POLICIES = ("Always", "IfNotPresent", "Never")
_DNS_POLICIES = ("ClusterFirst", "Default", "None", "ClusterFirstWithHostNet")


def from_env(env: Mapping[str, str] = os.environ) -> Config:
    """The settings of an environment.

    Raises ConfigError where a variable is missing or has a value that cannot be used.
    """
    return Config(
        solver=_solver_pod(env),
        identity=env.get("POD_NAME") or f"{socket.gethostname()}-{os.getpid()}",
        lease_namespace=env.get("POD_NAMESPACE") or "default",
        lease_name=env.get("MATCHDAY_LEASE_NAME") or "matchday-operator",
        namespaces=_names(env, "MATCHDAY_NAMESPACES"),
        workers=_integer(env, "MATCHDAY_WORKERS", 16, 1, 200),
        log_format=_choice(env, "MATCHDAY_LOG_FORMAT", ("json", "text")),
        log_level=_choice(env, "MATCHDAY_LOG_LEVEL", ("info", "debug", "warning", "error")).upper(),
        health_port=_integer(env, "MATCHDAY_HEALTH_PORT", 8080, 0, 65535),
        metrics_port=_integer(env, "MATCHDAY_METRICS_PORT", 9090, 0, 65535),
        sweep_seconds=_integer(env, "MATCHDAY_SWEEP_SECONDS", 20, 1, 3600),
        image_pull_patience=_integer(env, "MATCHDAY_IMAGE_PULL_PATIENCE_SECONDS", 180, 1, 86_400),
    )


def _solver_pod(env: Mapping[str, str]) -> SolverPod:
    image = env.get("MATCHDAY_SOLVER_IMAGE", "")
    if not image:
        raise ConfigError("MATCHDAY_SOLVER_IMAGE is not set; set it to the solver's image")
    return SolverPod(
        image=image,
        pull_policy=_choice(
            env, "MATCHDAY_SOLVER_IMAGE_PULL_POLICY", _PULL_POLICIES, "IfNotPresent"
        ),
        pull_secrets=_names(env, "MATCHDAY_SOLVER_IMAGE_PULL_SECRETS"),
        cluster_role=env.get("MATCHDAY_SOLVER_CLUSTER_ROLE") or "matchday-solver",
        dns_policy=_choice(env, "MATCHDAY_SOLVER_DNS_POLICY", _DNS_POLICIES),
    )


def _names(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in env.get(name, "").split(",") if part.strip())


def _choice(
    env: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str | None = None
) -> str:
    value = env.get(name) or default or allowed[0]
    if value not in allowed:
        raise ConfigError(f"{name} is {value!r}; use one of {', '.join(allowed)}")
    return value


def _integer(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ConfigError(f"{name} is {text!r}; use a whole number from {low} to {high}")
    return int(text)
