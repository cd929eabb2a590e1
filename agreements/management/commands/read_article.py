"""`manage.py read_article FILE [--json] [--published DATE] [--url ADDRESS]`: which statements an article reports."""

import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.article import Proposal, Reading, read
from agreements.article.source import LONGEST, NotAnArticle, article_of, text_of
from agreements.known import known

FIELDS = (
    "speaker",
    "role",
    "quote",
    "indirect",
    "summary",
    "date",
    "precision",
    "date_words",
    "stance",
    "agreements",
    "status_change",
    "language",
    "countries",
    "confidence",
    "rule",
    "start",
    "end",
)


class Command(BaseCommand):
    help = "Proposes the statements that a news article reports; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the article: plain text, or a saved web page")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
        parser.add_argument(
            "--published", type=_day, metavar="DATE", help="the day of the article, YYYY-MM-DD; tells what “Sunday” is"
        )
        parser.add_argument("--url", default="", metavar="ADDRESS", help="where the article stands")

    def handle(self, *, file: Path, json: bool, published: dt.date | None, url: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                content = opened.read(LONGEST + 1_000_000)
            text, source = article_of(text_of(content), url)
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from None
        except NotAnArticle as reason:
            raise CommandError(f"{file}: {reason}") from None
        reading = read(text, published=published, known=known(), source=source)
        self.stdout.write(_as_json(reading) if json else _as_text(reading))


def _day(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"{written!r} is not a date; expected YYYY-MM-DD") from None


def _as_json(reading: Reading) -> str:
    source = reading.source
    return json.dumps(
        {
            "source": {
                "title": source.title,
                "publisher": source.publisher,
                "published": source.published and source.published.isoformat(),
                "url": source.url,
                "language": source.language,
            },
            "parties": {"sender": reading.parties.sender, "receiver": reading.parties.receiver},
            "statements": [
                {name: _plain(getattr(proposal, name)) for name in FIELDS} for proposal in reading.statements
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else str(value) if isinstance(value, str) else value


def _as_text(reading: Reading) -> str:
    source, parties = reading.source, reading.parties
    head = [
        part
        for part in (source.title, source.publisher, source.published and f"{source.published}", source.url)
        if part
    ]
    lines = [" · ".join(head) or "No title, publisher or date found"]
    lines.append(f"From {parties.sender or 'an unknown sender'} to {parties.receiver or 'an unknown receiver'}")
    lines += [part for proposal in reading.statements for part in ("", *_lines(proposal))]
    if not reading.statements:
        lines += ["", "No statement found."]
    return "\n".join(lines)


def _lines(proposal: Proposal) -> list[str]:
    about = [
        f"{proposal.date} ({proposal.precision})" if proposal.date else "no date",
        proposal.stance or "no stance",
        " ".join(proposal.agreements) or "no agreement",
        f"confidence {proposal.confidence:.2f}",
        str(proposal.rule.label),
        f"characters {proposal.start}–{proposal.end}",
    ]
    speaker = f"{proposal.speaker}, {proposal.role}" if proposal.role else proposal.speaker
    words = proposal.summary if proposal.indirect else f"“{proposal.quote}”"
    return [speaker, f"  {'reported: ' if proposal.indirect else ''}{words}", f"  {' · '.join(about)}"]
