"""What the solver gets: one parsed, validated input, in a cluster as an immutable snapshot."""

import gzip
import io
import zlib
from typing import Annotated

from pydantic import Field

from matchday_api.base import Day, Model
from matchday_api.bounded import require_few_values
from matchday_api.faults import size
from matchday_api.league import League
from matchday_api.request import MAX_WORKERS, Completeness
from matchday_api.schedule import Game, RequestReference

MAX_PROBLEM_BYTES = 64 * 1024 * 1024
"""Largest snapshot that is read after decompression."""


class EarlierSchedule(Model):
    """A schedule to repair with as few changes as possible."""

    games: tuple[Game, ...]
    frozen_before: Day | None = None
    """Games before this date stay as they are."""


class Problem(Model):
    """A league and how to solve it; everything of it counts in the input digest."""

    request: RequestReference = RequestReference()
    league: League
    completeness: Completeness = Completeness.REQUIRED
    earlier: EarlierSchedule | None = None
    time_limit_seconds: Annotated[float, Field(gt=0, le=86_400)] = 600.0
    """Solving time over all attempts together."""
    gap_limit: Annotated[float, Field(ge=0, le=1)] = 0.0
    seed: Annotated[int, Field(ge=0, le=2_147_483_647)] = 0
    repeatable: bool = False
    """Whether the search ends after an amount of work, so that it gives the same schedule again."""
    workers: Annotated[int, Field(ge=1, le=MAX_WORKERS)] | None = None
    """Threads of the search; the CPUs that the process may use where absent."""

    def pack(self) -> bytes:
        """The problem as gzipped JSON, the same bytes for the same problem."""
        return gzip.compress(self.model_dump_json(by_alias=True).encode(), mtime=0)


def unpack_problem(data: bytes) -> Problem:
    """The problem of a snapshot.

    Raises ValueError where it is larger than MAX_PROBLEM_BYTES or not a problem.
    """
    text = gunzip_bounded(data, MAX_PROBLEM_BYTES)
    require_few_values(text)
    return Problem.model_validate_json(text)


def gunzip_bounded(data: bytes, limit: int) -> bytes:
    """Decompress gzip to at most `limit` bytes.

    Raises ValueError where there would be more or the data is not gzip.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            text = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"is not gzip: {error}") from error
    if len(text) > limit:
        raise ValueError(f"is larger than {size(limit)} after decompression")
    return text
