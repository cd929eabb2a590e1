"""What PostgreSQL and SQLite are asked in words of their own: full text with weights, and words that are spelt alike.

PostgreSQL keeps a weighted `tsvector` beside each entry and trigrams of each word (pg_trgm); SQLite keeps two FTS5
tables, which triggers hold to the entries and words. Either gives the same entries for the same question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from agreements.search.query import Term
from agreements.vocabulary import SearchKind

ALIKE = 80
"""Words spelt alike that are looked at more closely."""

_ENTRIES, _WORDS = "agreements_searchentry", "agreements_searchword"

_POSTGRES = f"""
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE {_ENTRIES} DROP COLUMN IF EXISTS words;
ALTER TABLE {_ENTRIES} ADD COLUMN words tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple', names), 'A') || setweight(to_tsvector('simple', about), 'B') ||
  setweight(to_tsvector('simple', text), 'C') || setweight(to_tsvector('simple', facts), 'D')
) STORED;
CREATE INDEX {_ENTRIES}_words ON {_ENTRIES} USING gin (words);
DROP INDEX IF EXISTS {_ENTRIES}_names;
CREATE INDEX {_ENTRIES}_names ON {_ENTRIES} USING gin (to_tsvector('simple', names));
DROP INDEX IF EXISTS {_WORDS}_alike;
CREATE INDEX {_WORDS}_alike ON {_WORDS} USING gin (word gin_trgm_ops);
"""

_COLUMNS = ("kind", "names", "about", "text", "facts")


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in ("id", *_COLUMNS))


_FTS, _ALIKE = f"{_ENTRIES}_fts", f"{_WORDS}_alike"
_LEARN = f"INSERT INTO {_FTS}(rowid, {', '.join(_COLUMNS)}) VALUES ({_of('new')});"
_FORGET = f"INSERT INTO {_FTS}({_FTS}, rowid, {', '.join(_COLUMNS)}) VALUES ('delete', {_of('old')});"
# As PostgreSQL does, a word is looked at with spaces around it, so that its beginning counts for more.
_LEARN_WORD = f"INSERT INTO {_ALIKE}(rowid, word) VALUES (new.id, '  ' || new.word || ' ');"
_FORGET_WORD = f"INSERT INTO {_ALIKE}({_ALIKE}, rowid, word) VALUES ('delete', old.id, '  ' || old.word || ' ');"
_FTS5_TABLES = {
    _FTS: f"{', '.join(_COLUMNS)}, content='{_ENTRIES}', content_rowid='id', tokenize='unicode61 remove_diacritics 0'",
    _ALIKE: "word, content='', tokenize='trigram case_sensitive 1'",
}
_TRIGGERS = {
    f"{_ENTRIES}_made": f"INSERT ON {_ENTRIES} BEGIN {_LEARN} END",
    f"{_ENTRIES}_gone": f"DELETE ON {_ENTRIES} BEGIN {_FORGET} END",
    f"{_ENTRIES}_changed": f"UPDATE ON {_ENTRIES} BEGIN {_FORGET} {_LEARN} END",
    f"{_WORDS}_made": f"INSERT ON {_WORDS} BEGIN {_LEARN_WORD} END",
    f"{_WORDS}_gone": f"DELETE ON {_WORDS} BEGIN {_FORGET_WORD} END",
}


def prepare(connection: Any) -> None:
    """Makes what a database needs besides the tables, anew where it is there; fill the index afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES)
            return
        for trigger, made in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            cursor.execute(f"CREATE TRIGGER {trigger} AFTER {made}")
        for table, columns in _FTS5_TABLES.items():
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns})")
        # What is in the tables by now, so that it can be deleted from what was made.
        cursor.execute(f"INSERT INTO {_FTS}({_FTS}) VALUES ('rebuild')")
        cursor.execute(f"INSERT INTO {_ALIKE}(rowid, word) SELECT id, '  ' || word || ' ' FROM {_WORDS}")


def is_prepared(connection: Any) -> bool:
    """Whether all of it is there; a migration that makes a table of SQLite anew takes its triggers away."""
    if connection.vendor == "postgresql":
        wanted, question = (
            (f"{_ENTRIES}_words", f"{_WORDS}_alike"),
            "SELECT count(*) FROM pg_indexes WHERE indexname IN",
        )
    else:
        wanted, question = (*_FTS5_TABLES, *_TRIGGERS), "SELECT count(*) FROM sqlite_master WHERE name IN"
    with connection.cursor() as cursor:
        cursor.execute(f"{question} ({', '.join(['%s'] * len(wanted))})", wanted)
        return cursor.fetchone()[0] == len(wanted)


def purge(connection: Any) -> None:
    """Leaves no trace of deleted words: FTS5 keeps them in its older segments until these are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in _FTS5_TABLES:
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def matching(
    connection: Any,
    terms: Iterable[Term],
    *,
    without: Iterable[Term] = (),
    kinds: Iterable[SearchKind],
    any_of_them: bool = False,
    in_names: bool = False,
    most: int,
) -> dict[SearchKind, list[int]]:
    """The keys by kind of entries that hold all of the terms, or any of them: those indexed last, `most` at most."""
    kinds = list(kinds)
    asked = _postgres if connection.vendor == "postgresql" else _sqlite
    one, values = asked(list(terms), list(without), " OR " if any_of_them else " AND ", in_names)
    found: dict[SearchKind, list[int]] = {kind: [] for kind in kinds}
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([one] * len(kinds)), [each for kind in kinds for each in (*values(kind), most)]
        )
        for kind, id in cursor.fetchall():
            found[SearchKind(kind)].append(id)
    return found


_Asked = tuple[str, Callable[[SearchKind], list[str]]]
"""A question for one kind, without the number of its answers, and its values."""


def _postgres(terms: list[Term], without: list[Term], joined: str, in_names: bool) -> _Asked:
    def written(term: Term, weight: str = "") -> str:
        mark = f":{'*' if term.beginning else ''}{weight}" if term.beginning or weight else ""
        return "(" + " <-> ".join(f"'{word}'{mark}" for word in term.words) + ")"

    def anywhere(term: Term) -> str:
        # A phrase does not begin in one text and end in the next.
        return f"({' | '.join(written(term, weight) for weight in 'ABCD')})" if len(term.words) > 1 else written(term)

    operator = {" AND ": " & ", " OR ": " | "}[joined]
    # The index of all words knows no weights, so that names have one of their own.
    column, form = ("to_tsvector('simple', names)", written) if in_names else ("words", anywhere)
    wanted = operator.join(map(form, terms))
    unwanted = " | ".join(map(anywhere, without))
    question = (
        f"(SELECT %s, id FROM {_ENTRIES} WHERE kind = %s AND {column} @@ to_tsquery('simple', %s)"
        f"{' AND NOT words @@ to_tsquery(%s::regconfig, %s)' if unwanted else ''} ORDER BY id DESC LIMIT %s)"
    )
    return question, lambda kind: [str(kind), str(kind), wanted, *(["simple", unwanted] if unwanted else [])]


def _sqlite(terms: list[Term], without: list[Term], joined: str, in_names: bool) -> _Asked:
    def written(term: Term) -> str:
        return f'"{term}"{" *" if term.beginning else ""}'

    columns = "{names about text facts}"
    wanted = f"{'{names}' if in_names else columns} : ({joined.join(map(written, terms))})"
    unwanted = " OR ".join(map(written, without))
    asked = f"({wanted}) NOT ({columns} : ({unwanted}))" if unwanted else f"({wanted})"
    question = f"SELECT * FROM (SELECT %s, rowid FROM {_FTS} WHERE {_FTS} MATCH %s ORDER BY rowid DESC LIMIT %s)"
    return question, lambda kind: [str(kind), f"kind : {kind} AND {asked}"]


def spelt_alike(connection: Any, word: str) -> list[str]:
    """Known words that share most trigrams with this one, the most alike first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The default of 0.3 would miss two letters that changed places in a short word. Nothing else asks for it.
            cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.15', false)")
            cursor.execute(
                f"SELECT word FROM {_WORDS} WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT %s",
                [word, word, ALIKE],
            )
        else:
            padded = f"  {word} "
            trigrams = " OR ".join(f'"{padded[at : at + 3]}"' for at in range(len(padded) - 2))
            cursor.execute(
                f"SELECT word FROM {_WORDS} WHERE id IN (SELECT rowid FROM {_ALIKE}"
                f" WHERE {_ALIKE} MATCH %s ORDER BY rank LIMIT %s)",
                [trigrams, ALIKE],
            )
        return [each for (each,) in cursor.fetchall()]
