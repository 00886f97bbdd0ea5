"""Inputs are read again only when something of them changed, also after a restart."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from matchday_operator.decide.model import Invalid, Missing, Resolved
from matchday_operator.errors import Conflict
from matchday_operator.inputs.resolver import SOURCE_CHECK_SECONDS, Resolver
from matchday_operator.kinds import CONFIG_MAP, REQUEST, Kind
from matchday_operator.records import Request, Run
from tests.operator.builders import LEAGUE, body, request, run

FROM_MAP = {"league": None, "leagueFrom": {"configMapKeyRef": {"name": "late"}}}


class Objects:
    """Takes the place of the API server, and counts what is read."""

    def __init__(self) -> None:
        self.held: dict[tuple[Kind, str], dict[str, Any]] = {}
        self.reads: list[str] = []

    async def get(self, kind: Kind, namespace: str, name: str) -> dict[str, Any] | None:
        """An object."""
        assert namespace == "leagues"
        self.reads.append(kind.name)
        return self.held.get((kind, name))

    async def get_metadata(self, kind: Kind, namespace: str, name: str) -> dict[str, Any] | None:
        """An object's metadata."""
        assert namespace == "leagues"
        return self.held.get((kind, name))

    def put_league(self, version: str, text: str) -> None:
        """Have a ConfigMap with a league."""
        meta = {"uid": "map", "resourceVersion": version}
        self.held[CONFIG_MAP, "late"] = {"metadata": meta, "data": {"league.yaml": text}}


class World:
    """A resolver, its objects, and time that moves when told."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self.now = 0.0
        self.objects = Objects()
        self.threads = threads
        self.resolver = self.restarted()

    def restarted(self) -> Resolver:
        """A resolver that knows nothing yet."""
        return Resolver(self.objects, self.threads, lambda: self.now)

    def has(self, spec: dict[str, Any] | None = None) -> Request:
        """A request that is there."""
        self.objects.held[REQUEST, "winter"] = body(spec)
        return request(spec)


@pytest.fixture
def world() -> Iterator[World]:
    """A resolver without any knowledge."""
    with ThreadPoolExecutor(1) as threads:
        yield World(threads)


def run_of(asked: Request, found: Resolved) -> Run:
    """The run that was made for an input."""
    made = run(found.name, made_for=asked)
    return replace(made, digest=found.digest, sources=found.sources)


async def resolved(world: World, asked: Request, *runs: Run) -> Resolved:
    """The input of a request that has an acceptable one."""
    found = await world.resolver.resolve(asked, runs)
    assert isinstance(found, Resolved)
    return found


async def test_an_unchanged_request_is_read_once(world: World) -> None:
    asked = world.has()
    first = await resolved(world, asked)
    assert await resolved(world, asked) == first
    assert world.objects.reads == ["ScheduleRequest"]


async def test_a_changed_request_is_read_again(world: World) -> None:
    first = await resolved(world, world.has())
    second = await resolved(world, world.has({"solver": {"seed": 1}}))
    assert first.digest != second.digest


async def test_after_a_restart_a_run_tells_the_input_and_nothing_is_read(world: World) -> None:
    asked = world.has()
    first = await resolved(world, asked)
    world.resolver, world.objects.reads = world.restarted(), []
    assert await resolved(world, asked, run_of(asked, first)) == first
    assert world.objects.reads == []


async def test_a_run_whose_name_does_not_follow_from_its_digest_is_not_believed(
    world: World,
) -> None:
    asked = world.has()
    first = await resolved(world, asked)
    forged = replace(run_of(asked, first), digest="sha256:" + "e" * 64)
    world.resolver = world.restarted()
    assert await resolved(world, asked, forged) == first
    assert len(world.objects.reads) == 2


async def test_a_missing_config_map_is_named(world: World) -> None:
    found = await world.resolver.resolve(world.has(FROM_MAP), ())
    assert isinstance(found, Missing)
    assert "no ConfigMap late in namespace leagues" in found.message


async def test_a_changed_config_map_is_read_again_after_a_while(world: World) -> None:
    asked = world.has(FROM_MAP)
    world.objects.put_league("1", _yaml())
    first = await resolved(world, asked)
    world.objects.put_league("2", _yaml(gameMinutes=55))
    assert await resolved(world, asked) == first
    world.now += SOURCE_CHECK_SECONDS
    assert (await resolved(world, asked)).digest != first.digest


async def test_a_vanished_config_map_leaves_the_run_that_was_made_from_it(world: World) -> None:
    asked = world.has(FROM_MAP)
    world.objects.put_league("1", _yaml())
    first = await resolved(world, asked)
    del world.objects.held[CONFIG_MAP, "late"]
    world.now += SOURCE_CHECK_SECONDS
    assert await resolved(world, asked, run_of(asked, first)) == first


async def test_a_vanished_key_leaves_the_run_that_was_made_from_it(world: World) -> None:
    asked = world.has(FROM_MAP)
    world.objects.put_league("1", _yaml())
    first = await resolved(world, asked)
    world.objects.held[CONFIG_MAP, "late"] = _without_league("2")
    world.now += SOURCE_CHECK_SECONDS
    assert await resolved(world, asked, run_of(asked, first)) == first
    world.resolver = world.restarted()
    assert await resolved(world, asked, run_of(asked, first)) == first


async def test_a_key_that_comes_back_with_another_league_is_read(world: World) -> None:
    asked = world.has(FROM_MAP)
    world.objects.put_league("1", _yaml())
    first = await resolved(world, asked)
    world.objects.held[CONFIG_MAP, "late"] = _without_league("2")
    world.now += SOURCE_CHECK_SECONDS
    await resolved(world, asked, run_of(asked, first))
    world.objects.put_league("3", _yaml(gameMinutes=55))
    world.now += SOURCE_CHECK_SECONDS
    assert (await resolved(world, asked, run_of(asked, first))).digest != first.digest


async def test_a_vanished_key_of_a_changed_request_is_missing(world: World) -> None:
    asked = world.has(FROM_MAP)
    world.objects.put_league("1", _yaml())
    first = await resolved(world, asked)
    world.objects.held[CONFIG_MAP, "late"] = _without_league("2")
    changed = world.has({**FROM_MAP, "solver": {"seed": 1}})
    found = await world.resolver.resolve(changed, (run_of(asked, first),))
    assert isinstance(found, Missing)
    assert "it has notes" in found.message


async def test_a_vanished_config_map_of_a_changed_request_is_missing(world: World) -> None:
    asked = world.has(FROM_MAP)
    world.objects.put_league("1", _yaml())
    first = await resolved(world, asked)
    del world.objects.held[CONFIG_MAP, "late"]
    changed = world.has({**FROM_MAP, "solver": {"seed": 1}})
    found = await world.resolver.resolve(changed, (run_of(asked, first),))
    assert isinstance(found, Missing)


async def test_faults_are_kept_until_the_input_changes(world: World) -> None:
    asked = world.has({"league": {**LEAGUE, "venues": []}})
    assert isinstance(await world.resolver.resolve(asked, ()), Invalid)
    assert isinstance(await world.resolver.resolve(asked, ()), Invalid)
    assert world.objects.reads == ["ScheduleRequest"]


async def test_a_fault_outside_the_input_goes_once_it_is_corrected(world: World) -> None:
    wrong = world.has({"solver": {"resources": {"limits": {"memory": "64Mi"}}}})
    assert isinstance(await world.resolver.resolve(wrong, ()), Invalid)
    right = world.has({"solver": {"resources": {}}})
    assert isinstance(await world.resolver.resolve(right, ()), Resolved)


async def test_a_request_that_was_replaced_meanwhile_is_tried_again(world: World) -> None:
    asked = replace(world.has(), uid="gone")
    with pytest.raises(Conflict):
        await world.resolver.resolve(asked, ())


async def test_a_request_that_has_changed_since_is_tried_again(world: World) -> None:
    """The watch may lag: what is read then is not what the run would say it was made from."""
    asked = request()
    world.has({"solver": {"seed": 1}})
    with pytest.raises(Conflict):
        await world.resolver.resolve(asked, ())


async def test_the_problem_is_packed_again_when_it_was_forgotten(world: World) -> None:
    asked = world.has()
    found = await resolved(world, asked)
    first = await world.resolver.packed(asked, found)
    world.resolver = world.restarted()
    assert await world.resolver.packed(asked, found) == first


async def test_the_problem_of_an_input_that_is_no_more_is_none(world: World) -> None:
    found = await resolved(world, world.has())
    changed = world.has({"solver": {"seed": 1}})
    world.resolver = world.restarted()
    assert await world.resolver.packed(changed, found) is None


def _without_league(version: str) -> dict[str, Any]:
    """The ConfigMap with another key alone."""
    return {"metadata": {"uid": "map", "resourceVersion": version}, "data": {"notes": "x"}}


def _yaml(**changes: object) -> str:
    return json.dumps({**LEAGUE, **changes})
