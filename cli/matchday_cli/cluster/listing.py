"""`matchday status`: tables of requests, and one in detail."""

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from matchday_api.schedule import GROUP_VERSION
from matchday_api.status import ExitCode
from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.show.live import describe
from matchday_cli.show.table import table
from matchday_cli.show.text import duration, one_line, percent, printable


def show_all(cluster: Cluster, options: Namespace) -> int:
    """List requests; the exit code."""
    everywhere = options.all_namespaces
    if options.output == "json":
        _print_list(cluster.requests(everywhere=everywhere))
        return ExitCode.DONE
    pages = list(cluster.tables(everywhere=everywhere))
    lines = table_lines(pages, namespaces=everywhere, wide=options.output == "wide")
    if not lines:
        where = "any namespace" if everywhere else f"namespace {cluster.namespace}"
        print(f"There are no requests in {where}.")
    print("\n".join(lines), end="\n" if lines else "")
    return ExitCode.DONE


def show_one(cluster: Cluster, options: Namespace) -> int:
    """Show one request; the exit code."""
    request = cluster.request(options.name)
    if options.output == "json":
        request["metadata"].pop("managedFields", None)
        print(json.dumps(request, indent=1))
        return ExitCode.DONE
    pages = list(cluster.tables(options.name))
    lines = table_lines(pages, namespaces=False, wide=options.output == "wide")
    print("\n".join([*lines, "", *details(request, datetime.now(UTC))]))
    return ExitCode.DONE


def table_lines(pages: list[Json], *, namespaces: bool, wide: bool) -> list[str]:
    """The server's tables as lines; empty where they have no rows."""
    rows = [row for page in pages for row in page.get("rows") or ()]
    if not rows:
        return []
    columns = next(page["columnDefinitions"] for page in pages if page.get("columnDefinitions"))
    shown = [n for n, column in enumerate(columns) if wide or not column.get("priority")]
    header = ["NAMESPACE"] * namespaces + [columns[n]["name"].upper() for n in shown]
    cells = [
        [row["object"]["metadata"]["namespace"]] * namespaces
        + [_cell(row["cells"][n]) for n in shown]
        for row in rows
    ]
    return table([header, *cells])


def details(request: Json, now: datetime) -> list[str]:
    """Message, progress, result and conditions of a request."""
    lines = []
    if message := reading.message(request):
        lines += ["Message:", *(f"  {line}" for line in printable(message).splitlines())]
    if progress := reading.progress(request):
        lines.append(f"Progress:  {describe(progress)}, attempt {progress.attempt}")
    if result := reading.part(request, "result"):
        lines.append(f"Result:    {_result(result)}")
    header = ("CONDITION", "STATUS", "REASON", "AGE")
    rows = [_condition(condition, now) for condition in reading.conditions(request)]
    return [*lines, "", *table([header, *rows])] if rows else [*lines, "No conditions yet."]


def _result(result: dict[str, Any]) -> str:
    parts = [f"Schedule {one_line(str(result.get('name')))}", f"{result.get('games')} games"]
    if result.get("unplaced"):
        parts.append(f"{result['unplaced']} missing")
    parts.append(f"cost {result.get('objective')}")
    gap = result.get("gap")
    parts += [f"gap {percent(gap)}"] if isinstance(gap, int | float) else []
    return ", ".join([*parts, str(result.get("quality", ""))])


def _condition(condition: dict[str, Any], now: datetime) -> tuple[str, ...]:
    values = (one_line(str(condition.get(key, ""))) for key in ("type", "status", "reason"))
    return (*values, _age(condition.get("lastTransitionTime"), now))


def _age(text: object, now: datetime) -> str:
    try:
        return duration((now - datetime.fromisoformat(str(text))).total_seconds())
    except (ValueError, TypeError):
        return "unknown"


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else one_line(str(value))


def _print_list(requests: Iterable[Json]) -> None:
    """Print a List object, one request after the other, so that memory stays bounded."""
    print(f'{{"apiVersion": "{GROUP_VERSION}", "kind": "ScheduleRequestList", "items": [')
    print(",\n".join(_texts(requests)))
    print("]}")


def _texts(requests: Iterable[Json]) -> Iterator[str]:
    for request in requests:
        request["metadata"].pop("managedFields", None)
        yield json.dumps(request)
