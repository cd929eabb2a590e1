"""What a made-up dataset says: negotiations between real countries that never took place, each row marked as made up.

Everything follows from the seed alone, whatever day it is. An agreement's story is told in one go, so that nothing is
kept but the countries, however much is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import product
from random import Random
from string import ascii_lowercase
from typing import TypeVar

from agreements.dataset.rows import Row
from agreements.vocabulary import (
    CountedBy,
    Counting,
    Instrument,
    Kind,
    OfficialKind,
    Outcome,
    Precision,
    Region,
    SourceKind,
    SpeaksFor,
    Stage,
    Stance,
    Status,
    TextPublic,
)

T = TypeVar("T")
Told = Iterator[tuple[str, Row]]
"""Rows with the names of their tables, in the order in which they are thought of."""

FIRST_YEAR, LAST_DAY = 2004, dt.date(2026, 6, 30)
YEARS = range(FIRST_YEAR, LAST_DAY.year)
"""The years in which negotiations begin; what follows ends on the last day."""

SENDERS = {"USA": 12, "GBR": 6, "EUE": 4, "AUS": 4, "CAN": 2, "ISR": 1, "NZL": 1}
"""Who sends besides the states of Europe, and how busily; theirs is 1."""

BEGINNINGS = {Status.REPORTED: 5, Status.TALKS: 3, Status.AGREED: 1, Status.SIGNED: 1}
FOLLOWS: dict[Status, dict[Status, int]] = {
    Status.REPORTED: {Status.REPORTED: 1, Status.TALKS: 6, Status.AGREED: 1, Status.REJECTED: 3},
    Status.TALKS: {Status.TALKS: 1, Status.AGREED: 5, Status.SIGNED: 3, Status.REJECTED: 2},
    Status.AGREED: {Status.SIGNED: 7, Status.REJECTED: 2, Status.ENDED: 1},
    Status.SIGNED: {Status.IN_FORCE: 5, Status.OPERATING: 4, Status.SUSPENDED: 1, Status.ENDED: 1},
    Status.IN_FORCE: {Status.OPERATING: 7, Status.SUSPENDED: 1, Status.ENDED: 2},
    Status.OPERATING: {Status.OPERATING: 2, Status.SUSPENDED: 4, Status.ENDED: 3},
    Status.SUSPENDED: {Status.IN_FORCE: 1, Status.OPERATING: 4, Status.ENDED: 4},
    Status.REJECTED: {Status.TALKS: 1},
    Status.ENDED: {Status.TALKS: 1},
}
"""What may come after a status, and how often; the same again is a confirmation."""

STOPS = {Status.REJECTED: 0.8, Status.ENDED: 0.9}
"""How often nothing follows a status; after the others it is one time in five."""

STANCES = {
    "party": {
        Stance.CONFIRMS: 8,
        Stance.SUPPORTS: 3,
        Stance.CONDITIONS: 2,
        Stance.DENIES: 2,
        Stance.DECLINES: 3,
        Stance.CRITICISES: 1,
    },
    "others": {Stance.CRITICISES: 5, Stance.OPPOSES: 4, Stance.SUPPORTS: 2, Stance.CONDITIONS: 1, Stance.CONFIRMS: 1},
}
ROLES = (
    (SpeaksFor.GOVERNMENT, OfficialKind.OFFICE, "Spokesperson"),
    (SpeaksFor.GOVERNMENT, OfficialKind.PERSON, "Minister"),
    (SpeaksFor.JUDICIARY, OfficialKind.OFFICE, "Court"),
    (SpeaksFor.OPPOSITION, OfficialKind.PERSON, "Leader of the opposition"),
    (SpeaksFor.PARLIAMENT, OfficialKind.PERSON, "Member of parliament"),
    (SpeaksFor.GOVERNMENT, OfficialKind.PERSON, "Envoy"),
)
"""What the officials of a country are, in turn."""

PUBLISHERS = (
    ("Made-up Gazette", "gazette.example", SourceKind.NEWS),
    ("Made-up Herald", "herald.example.com", SourceKind.NEWS),
    ("Made-up Radio", "radio.example.org", SourceKind.NEWS),
    ("Made-up Government Press", "press.example.net", SourceKind.GOVERNMENT),
    ("Made-up Watch", "watch.example.org", SourceKind.NGO),
    ("Made-up Review", "review.example", SourceKind.ACADEMIC),
)
CURRENCIES = ("USD", "USD", "EUR", "GBP", "AUD")
ORGANISATIONS = 24
WORDS = """
    agreement airport asylum border budget cabinet camp charter claim condition court deadline delegation detention
    document envoy figure flight framework guarantee hearing hotel housing island letter limit list memorandum minister
    ministry neighbour note number official parliament partner paper payment people plan police port promise protocol
    question reception refusal region report request return review right rule school schedule shelter signature site
    transfer treaty visit visa year
    """.split()  # noqa: SIM905


class MadeUp:
    """One made-up dataset: `rows` tells it, agreement by agreement.

    `countries` are the rows of the table of countries. ValueError where so many agreements cannot be told apart.
    """

    def __init__(self, countries: Iterable[Row], *, agreements: int, statements: int, seed: int) -> None:
        self.countries = list(countries)
        self.agreements, self.statements, self.seed = agreements, statements, seed
        self.officials_of_each = 6 + round(statements**0.5) // 50
        by_code = sorted(self.countries, key=lambda row: row["alpha2"])
        senders = [row for row in by_code if row["id"] in SENDERS or row["region"] == Region.EUROPE]
        self.receivers = [row for row in by_code if row not in senders and row["region"] != Region.ANTARCTICA]
        random = Random(f"{seed} pairs")
        # Two that deal with each other once may do so again, and many never do.
        self.pairs = [
            (sender, receiver, weight)
            for sender, receiver in product(senders, self.receivers)
            if (weight := SENDERS.get(sender["id"], 1) * random.choice([0, 0, 1, 1, 3]))
        ]
        if agreements > self.most_agreements:
            raise ValueError(f"at most {self.most_agreements} agreements can be told apart by their parties and year")

    @property
    def weight(self) -> int:
        """Of all pairs in all years; the later the year, the more it weighs."""
        return sum(weight for _sender, _receiver, weight in self.pairs) * sum(range(1, len(YEARS) + 1))

    @property
    def most_agreements(self) -> int:
        """So many that the busiest pair has, in the last year, as many as there are letters to tell them apart."""
        return 25 * self.weight // (len(YEARS) * max(weight for _sender, _receiver, weight in self.pairs))

    def rows(self) -> Told:
        """All rows; those of an agreement follow each other, the agreement itself the last of them."""
        yield from (("countries", row) for row in self.countries)
        before: tuple[str, dt.date] | None = None
        shares, receivers, speakers = self._shares(), set(), set()
        for id, sender, receiver in self.parties():
            story = _Story(self, id, sender, receiver, before=before)
            for table, row in story.told(statements=next(shares)):
                if table == "statements":
                    speakers.add(row["official"])
                yield table, row
            before = id, story.began
            receivers.add(receiver["id"])
        for country in self.receivers:
            if country["id"] in receivers:
                yield from self._assessments(country)
        for id, speaker in self._officials():
            if id in speakers:
                yield from self._official(id, **speaker)

    def parties(self) -> Iterator[tuple[str, Row, Row]]:
        """As many agreements as there shall be, spread over pairs and years by their weight."""
        shift, total = Random(f"{self.seed} parties").random(), self.weight
        passed = made = 0
        for (sender, receiver, weight), year in product(self.pairs, YEARS):
            passed += weight * (year - FIRST_YEAR + 1)
            # The last one makes the number full, whatever was rounded on the way.
            wanted = self.agreements if passed == total else int(self.agreements * passed / total + shift)
            parties = f"{sender['alpha2']}-{receiver['alpha2']}-{year}".lower()
            for other in range(wanted - made):
                yield f"{parties}-{ascii_lowercase[other]}" if other else parties, sender, receiver
            made = wanted

    def _shares(self) -> Iterator[int]:
        """How many statements there are on each agreement: on few many, on many few."""
        left, random = self.statements, Random(f"{self.seed} shares")
        for agreements in range(self.agreements, 0, -1):
            share = min(left, int(left / agreements * random.expovariate(1) + random.random()))
            yield left if agreements == 1 else share
            left -= share

    # --- Who speaks -------------------------------------------------------------------------------

    def _officials(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Everybody who may speak."""
        for number in range(1, ORGANISATIONS + 1):
            is_body = number % 4 == 0
            name = f"Made-up {'Commission' if is_body else 'Watch'} {number}"
            yield (
                f"organisation-{number}",
                {
                    "name": name,
                    "kind": OfficialKind.ORGANISATION,
                    "country": "",
                    "speaks_for": SpeaksFor.INTERNATIONAL if is_body else SpeaksFor.CIVIL_SOCIETY,
                    "title": "Made-up spokesperson",
                    "body": name,
                },
            )
        for country in self.countries:
            for number in range(self.officials_of_each):
                speaks_for, kind, title = ROLES[number % len(ROLES)]
                yield (
                    self.official_of(country, number),
                    {
                        "name": f"{title} {number // len(ROLES) + 1} of {country['name']} (made up)",
                        "kind": kind,
                        "country": country["id"],
                        "speaks_for": speaks_for,
                        "title": f"Made-up {title.lower()}",
                        "body": f"{country['name']}: {speaks_for.value}",
                    },
                )

    def official_of(self, country: Row, number: int) -> str:
        return f"{country['id'].lower()}-{number + 1}"

    def _official(self, id: str, *, title: str, body: str, **cells: str) -> Told:
        random = Random(f"{self.seed} {id}")
        yield "officials", {"id": id, **cells}
        began = _day(random, dt.date(FIRST_YEAR, 1, 1), LAST_DAY)
        terms = [("", began), (began, "")] if random.random() < 0.3 else [(random.choice(["", began]), "")]
        for number, (started, ended) in enumerate(terms, start=1):
            yield (
                "positions",
                {
                    "id": f"{id}-position-{number}",
                    "official": id,
                    "title": title if number == 1 else f"Senior {title[0].lower()}{title[1:]}",
                    "body": body,
                    "started": _known(random, started),
                    "ended": _known(random, ended),
                },
            )

    def _assessments(self, country: Row) -> Told:
        random = Random(f"{self.seed} assessments {country['id']}")
        for number in range(1, random.choice([0, 0, 1, 1, 2]) + 1):
            id, published = f"{country['id'].lower()}-assessment-{number}", _day(random)
            yield "sources", _source(random, f"{id}-report", published)
            yield (
                "assessments",
                {
                    "id": id,
                    "country": country["id"],
                    "body": f"Made-up Watch {random.randint(2, 4)}",
                    "title": f"Made-up findings on {country['name']}, {published.year}",
                    "published": "" if random.random() < 0.2 else str(published),
                    "summary": _sentence(random),
                    "sources": f"{id}-report",
                },
            )


class _Story:
    """One negotiation from its first report on: its steps, and all that hangs on them."""

    def __init__(
        self, world: MadeUp, id: str, sender: Row, receiver: Row, *, before: tuple[str, dt.date] | None
    ) -> None:
        self.world, self.id, self.sender, self.receiver, self.before = world, id, sender, receiver, before
        self.random = Random(f"{world.seed} {id}")
        year = int(id.split("-")[2])
        self.began = _day(self.random, dt.date(year, 1, 1), dt.date(year, 12, 31))
        self.report = f"{id}-report"
        """The first source: what has none of its own rests on it."""

    def told(self, *, statements: int) -> Told:
        yield "sources", _source(self.random, self.report, self.began)
        steps = list(self._path())
        for number, (status, day) in enumerate(steps, start=1):
            yield from self._step(number, status, day)
        moved = [day for status, day in steps if status == Status.OPERATING]
        if moved:
            yield from self._transfers(moved[0])
        if self.random.random() < 0.4:
            yield from self._payments()
        if self.random.random() < 0.25:
            yield from self._proceeding()
        for number in range(1, statements + 1):
            yield from self._statement(number, steps)
        yield "agreements", self._agreement()

    def _agreement(self) -> Row:
        random, kind = self.random, self.random.choice(list(Kind))
        parties = f"{self.sender['name']} to {self.receiver['name']}"
        return {
            "id": self.id,
            "sender": self.sender["id"],
            "receiver": self.receiver["id"],
            "title": f"Made up: {parties}, {kind.value} ({self.id})",
            "kind": kind,
            "instrument": random.choice(list(Instrument)),
            "summary": f"This agreement is made up. {_sentence(random)}",
            "people_covered": f"Made-up people with a {random.choice(WORDS)}" if random.random() < 0.4 else "",
            "cap": str(random.randrange(50, 5000, 50)) if random.random() < 0.3 else "",
            "text_public": random.choice(list(TextPublic)),
            "money_note": _sentence(random) if random.random() < 0.2 else "",
            "last_checked": str(LAST_DAY - dt.timedelta(days=random.randrange(300))),
            "sources": self.report,
        }

    def _path(self) -> Iterator[tuple[Status, dt.date]]:
        random, day = self.random, self.began
        status = _one_of(random, BEGINNINGS)
        while day <= LAST_DAY:
            yield status, day
            if random.random() < STOPS.get(status, 0.2):
                return
            status, day = _one_of(random, FOLLOWS[status]), day + dt.timedelta(days=int(random.expovariate(1 / 150)))

    def _step(self, number: int, status: Status, day: dt.date) -> Told:
        id = f"{self.id}-{number}"
        yield from self._fact(
            "status_changes",
            id=id,
            agreement=self.id,
            step=str(number),
            **_dated(self.random, day),
            status=status,
            note=f"Made-up step: {status.label}. {_sentence(self.random)}",
        )

    def _transfers(self, first: dt.date) -> Told:
        random = self.random
        for number in range(1, min(12, 1 + int(random.expovariate(0.4))) + 1):
            fewest = random.randrange(1, 120)
            most = fewest + random.choice([0, 0, 0, random.randrange(40)])
            low, high = (str(fewest), str(most)) if random.random() < 0.9 else ("", "")
            yield from self._fact(
                "transfers",
                id=f"{self.id}-transfer-{number}",
                agreement=self.id,
                **_dated(random, _day(random, first, LAST_DAY)),
                people_low=low,
                people_high=high,
                counted_by=random.choice(list(CountedBy)),
                counting=Counting.CUMULATIVE if random.random() < 0.1 else Counting.SINGLE,
                nationalities=";".join(self._nationalities()),
                note=_sentence(random),
            )

    def _nationalities(self) -> list[str]:
        others = [row["id"] for row in self.world.receivers if row is not self.receiver]
        return self.random.sample(others, self.random.choice([0, 0, 1, 2, 5]))

    def _payments(self) -> Told:
        random, whole, amount = self.random, "", 0
        currency = random.choice(CURRENCIES)
        for number in range(1, random.randint(1, 4) + 1):
            id, is_part = f"{self.id}-payment-{number}", whole and random.random() < 0.5
            own = random.randrange(1, amount) if is_part else random.randrange(100_000, 90_000_000, 100_000)
            when = _dated(random, _day(random, self.began, LAST_DAY))
            yield from self._fact(
                "payments",
                id=id,
                agreement=self.id,
                **when if random.random() < 0.8 else dict.fromkeys(when, ""),
                amount=str(own),
                currency=currency,
                stage=random.choice(list(Stage)),
                part_of=whole if is_part else "",
                note=_sentence(random),
            )
            if not is_part:
                whole, amount = id, own

    def _proceeding(self) -> Told:
        random = self.random
        filed = _day(random, self.began, LAST_DAY)
        outcome = random.choice(list(Outcome))
        yield from self._fact(
            "proceedings",
            id=f"{self.id}-case",
            agreements=";".join(self._about(filed, likely=0.2)),
            name=f"Made-up case on {self.id}",
            court=f"Made-up Court of {random.choice([self.sender, self.receiver])['name']}",
            filed="" if random.random() < 0.1 else str(filed),
            decided="" if outcome == Outcome.PENDING else str(_day(random, filed, LAST_DAY)),
            outcome=outcome,
            summary=_sentence(random),
        )

    def _about(self, day: dt.date, *, likely: float) -> list[str]:
        """This agreement, now and then with the one told before it, if that had begun."""
        id, began = self.before or ("", LAST_DAY)
        return [self.id, id] if began < day and self.random.random() < likely else [self.id]

    def _statement(self, number: int, steps: list[tuple[Status, dt.date]]) -> Told:
        random = self.random
        step = random.randrange(len(steps))
        official, side = self._speaker()
        day = min(steps[step][1] + dt.timedelta(days=int(random.expovariate(1 / 12))), LAST_DAY)
        quote = " ".join(["Made up:", *random.choices(WORDS, k=random.randint(4, 24))]) if random.random() < 0.6 else ""
        yield from self._fact(
            "statements",
            id=f"{self.id}-statement-{number}",
            official=official,
            agreements=";".join(self._about(day, likely=0.05)),
            status_change=f"{self.id}-{step + 1}" if random.random() < 0.6 else "",
            **_dated(random, day),
            stance=_one_of(random, STANCES[side]),
            quote=quote,
            language="en" if quote else "",
            summary=_sentence(random),
            venue=f"Made-up {random.choice(WORDS)}" if random.random() < 0.7 else "",
        )

    def _speaker(self) -> tuple[str, str]:
        """An official, and whether the party's government speaks."""
        random = self.random
        if random.random() < 0.15:
            return f"organisation-{random.randint(1, ORGANISATIONS)}", "others"
        number = random.randrange(self.world.officials_of_each)
        side = "party" if ROLES[number % len(ROLES)][0] == SpeaksFor.GOVERNMENT else "others"
        return self.world.official_of(random.choice([self.sender, self.receiver]), number), side

    def _fact(self, table: str, **cells: str) -> Told:
        """A row with its sources: as a rule one of its own, now and then two, else the first report."""
        random, sources = self.random, []
        for number in range(1, _one_of(random, {0: 2, 1: 6, 2: 1}) + 1):
            day = dt.date.fromisoformat(cells.get("date") or str(self.began))
            sources.append(f"{cells['id']}-report-{number}")
            yield "sources", _source(random, sources[-1], day)
        yield table, {**cells, "sources": ";".join(sources or [self.report])}


def _source(random: Random, id: str, day: dt.date) -> Row:
    """A report of the day, or soon after it."""
    publisher, host, kind = random.choice(PUBLISHERS)
    published = min(day + dt.timedelta(days=random.choice([0, 0, 1, 1, 2, 9])), LAST_DAY)
    return {
        "id": id,
        "url": f"https://{host}/{published:%Y/%m}/{id}" if random.random() < 0.95 else "",
        "archive_url": f"https://archive.example/{id}" if random.random() < 0.3 else "",
        "title": f"Made-up report: {' '.join(random.choices(WORDS, k=5))}",
        "title_is_description": "true" if random.random() < 0.1 else "false",
        "language": _one_of(random, {"en": 7, "fr": 2, "es": 1}),
        "publisher": publisher,
        "published": "" if random.random() < 0.05 else str(published),
        "kind": kind,
    }


def _dated(random: Random, day: dt.date) -> dict[str, str]:
    """A date with its precision; what is known of it less exactly is the first day of the period."""
    precision = _one_of(random, {Precision.DAY: 16, Precision.MONTH: 3, Precision.YEAR: 1})
    return {"date": str(precision.first_day(day)), "precision": precision}


def _day(random: Random, first: dt.date = dt.date(FIRST_YEAR, 1, 1), last: dt.date = LAST_DAY) -> dt.date:
    return first + dt.timedelta(days=random.randint(0, (last - first).days))


def _known(random: Random, day: dt.date | str) -> str:
    """A day as a position has it: to the day, the month or the year."""
    return str(day)[: random.choice([10, 7, 4])] if day else ""


def _sentence(random: Random) -> str:
    return f"Made up: {' '.join(random.choices(WORDS, k=random.randint(5, 14)))}."


def _one_of(random: Random, weights: dict[T, int]) -> T:
    return random.choices(list(weights), list(weights.values()))[0]
