"""A state of the record that an answer is read from, until the last of its body is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from contextvars import copy_context
from typing import Any, Self, TypeVar

from django.http import StreamingHttpResponse

Made = TypeVar("Made")


class Reading:
    """A state of the record as a context manager; where a body is streamed from it, it ends with the body instead.

    Which edition is read is kept in a context variable. So everything runs in a context of its own: between two pieces
    of a body, and where a body is never sent, nothing of it is left behind in the thread.
    """

    def __init__(self, state: AbstractContextManager[Any]) -> None:
        self._context = copy_context()
        self._end = ExitStack()
        self._context.run(self._end.enter_context, state)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._context.run(self._end.close)

    def run(self, make: Callable[..., Made], *arguments: Any) -> Made:
        return self._context.run(make, *arguments)

    def last_as_long_as(self, response: StreamingHttpResponse) -> None:
        """Has the body read here, piece by piece, until it is sent, breaks off, or its reader goes away."""
        until_the_end = self._end.pop_all()
        response.streaming_content = _Pieces(self, iter(response.streaming_content), until_the_end)


class _Pieces:
    """The pieces of a body, each made where it is read; the server closes it, whatever became of the answer."""

    def __init__(self, reading: Reading, pieces: Iterator[bytes], until_the_end: ExitStack) -> None:
        self._reading = reading
        self._pieces = pieces
        self._until_the_end = until_the_end

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return self._reading.run(next, self._pieces)

    def close(self) -> None:
        self._reading.run(self._until_the_end.close)
