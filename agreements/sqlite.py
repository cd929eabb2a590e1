"""What SQLite is taught when it is opened, so that a search finds the same on both engines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any


def teach(connection: Any, **_signal: Any) -> None:
    """Makes LIKE fold case in every script, as PostgreSQL does; SQLite's own folds A to Z only."""
    if connection.vendor == "sqlite":
        for arguments in (2, 3):
            connection.connection.create_function("like", arguments, _like, deterministic=True)


def _like(pattern: str | None, text: object, escape: str = "") -> bool | None:
    if pattern is None or text is None:
        return None
    return _compiled(pattern, escape).fullmatch(str(text)) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str, escape: str) -> re.Pattern[str]:
    found, letters = [], iter(pattern)
    for letter in letters:
        if letter == escape:
            found.append(re.escape(next(letters, "")))
        else:
            found.append({"%": ".*", "_": "."}.get(letter, re.escape(letter)))
    return re.compile("".join(found), re.IGNORECASE | re.DOTALL)
