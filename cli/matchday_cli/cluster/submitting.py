"""`matchday submit` from the file to the applied request."""

from argparse import Namespace
from typing import Any

from matchday_api.read import load_yaml
from matchday_api.status import ExitCode
from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.cluster.connect import connect
from matchday_cli.cluster.errors import AbsentError
from matchday_cli.cluster.hints import command_line
from matchday_cli.cluster.manifest import check_namespace, make_manifest
from matchday_cli.cluster.taken import wait_until_solved_anew
from matchday_cli.cluster.watching import watch_to_end
from matchday_cli.files import parse_spec, read_bytes, source_name


def submit(options: Namespace) -> int:
    """Check the file, apply the request, and watch it where asked; the exit code."""
    data = read_bytes(options.league)
    parse_spec(data, source_name(options.league), options.completeness)
    manifest = make_manifest(load_yaml(data), options.name, _settings(options), options.league)
    check_namespace(manifest, options.namespace)
    options.namespace = options.namespace or manifest["metadata"].get("namespace")
    cluster = connect(options)
    manifest["metadata"]["namespace"] = cluster.namespace
    name = manifest["metadata"]["name"]
    before = _token(cluster, name) if options.wait else ""
    applied = cluster.apply(manifest, force=options.force_conflicts)
    print(f"schedulerequest.matchday.dev/{name} applied in namespace {cluster.namespace}")
    if options.wait and not reading.is_suspended(applied):
        if before != reading.token(applied) and reading.is_observed(applied):
            wait_until_solved_anew(cluster, name, applied)
        return watch_to_end(cluster, name, options)
    _tell_next(options, name, applied)
    return ExitCode.DONE


def _token(cluster: Cluster, name: str) -> str:
    """What asked for the latest fresh solve, before the change; empty where nothing did."""
    try:
        return reading.token(cluster.request(name))
    except AbsentError:
        return ""


def _settings(options: Namespace) -> dict[str, Any]:
    """What the options put into the spec."""
    named = {
        "timeLimitSeconds": options.time_limit,
        "gapLimit": options.gap_limit,
        "seed": options.seed,
        "repeatable": options.repeatable,
        "workers": options.workers,
    }
    solver = {key: value for key, value in named.items() if value is not None}
    settings: dict[str, Any] = {"solver": solver} if solver else {}
    return settings | ({"completeness": options.completeness} if options.completeness else {})


def _tell_next(options: Namespace, name: str, applied: Json) -> None:
    if reading.is_suspended(applied):
        print(f"It is suspended; start it with:\n  {command_line(options, 'resume', name)}")
        return
    print(f"  {command_line(options, 'watch', name)}")
    print(f"  {command_line(options, 'result', name)} -o out")
