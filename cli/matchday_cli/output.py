"""Streams whose reader may go, as in `matchday status | head`."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, TextIO, cast

from matchday_cli.errors import CliError


class Output(io.TextIOBase):
    """Writes to a stream; what nobody reads any more is dropped, so that the command goes on to its
    exit code."""

    def __init__(self, stream: IO[Any], *, is_vital: bool = True) -> None:
        """What is not vital, as progress, is dropped for whatever reason it cannot be written."""
        self._stream, self._is_vital = stream, is_vital

    def write(self, text: Any) -> int:
        """Write, or drop."""
        with self._dropped():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, or drop."""
        with self._dropped():
            self._stream.flush()

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream.isatty()

    @property
    def buffer(self) -> "Output":
        """The same for bytes."""
        return Output(cast(TextIO, self._stream).buffer, is_vital=self._is_vital)

    @contextmanager
    def _dropped(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if self._is_vital and not isinstance(error, BrokenPipeError):
                told = f"the output cannot be written: {error.strerror}"
                raise CliError(told) from error
            if isinstance(error, BrokenPipeError) or error.errno == errno.EIO:
                self._end()

    def _end(self) -> None:
        """Write nowhere from now on: the reader does not come back."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
