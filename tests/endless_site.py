"""The site as a server runs it, but for its list of statements, which never ends; TEST_BREAKS=1: it breaks off."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tracker.wsgi import application

# It sets Django up, which the others need.
# isort: split
from agreements import editions
from agreements.exports.rows import rows_of
from agreements.views import files

__all__ = ["application"]
ROWS = 20_000


def _endless(*arguments: Any, **more: Any) -> Iterator[dict[str, Any]]:
    found = cycle(list(rows_of(*arguments, **more)))
    if os.environ.get("TEST_BREAKS") == "1":
        yield from islice(found, ROWS)
        raise RuntimeError("The database went away.")
    yield from found


@contextmanager
def _watched(asked: Any) -> Iterator[None]:
    with _standing(asked):
        yield
    # Only once it has ended is anything there.
    Path(os.environ["TEST_ENDED"]).touch()


_standing = editions.standing
editions.standing = _watched
files.rows_of = _endless
