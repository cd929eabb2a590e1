"""Which agreement an article, and each of its statements, is about: the pair of countries between which people move."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreements.article.known import Known, KnownAgreement, KnownChange
from agreements.article.lines import Line
from agreements.article.lists import listed
from agreements.article.places import Countries, Place
from agreements.vocabulary import Status
from agreements.words import fold


@dataclass(frozen=True)
class Parties:
    """Alpha-3 codes, each empty where the article does not tell."""

    sender: str = ""
    receiver: str = ""


_SENDING = listed(
    """
    deport deports deported deporting send sends sent sending expel expels expelled expelling transfer transfers
    transferred transferring remove removes removed removing relocate relocates relocated relocating fly flies flown
    flying outsource outsources outsourcing offload offloading ship shipped shipping dump dumping deportation
    deportations removal removals relocation transfer return returns
    """
)
_TAKING = listed(
    """
    accept accepts accepted accepting receive receives received receiving host hosts hosted hosting house houses
    housed housing take takes taking took taken admit admits admitted admitting hold holds holding jail jails detain
    welcome welcomes
    """
)
_ASKING = listed(
    """
    request requests asked asks ask offer offers pay pays paid paying pressed pressure
    """
)
_NEAR = 10


def parties_of(lines: Sequence[Line], countries: Countries, known: Known) -> Parties:
    """Sender and receiver of the agreement that a whole article is about."""
    count: Counter[str] = Counter()
    sends: Counter[str] = Counter()
    takes: Counter[str] = Counter()
    for number, line in enumerate(lines):
        weight = 3.0 if number == 0 else 1.6 if number < 3 else 1.0
        for place in line.places:
            line.steps.add()
            country = countries.of(place)
            count[country] += weight * (0.7 if place.seat else 1.0)
            _count_direction(line, place, country, sends, takes, weight)
    best, best_score = None, 0.0
    for agreement in known.agreements:
        one, other = count[agreement.sender], count[agreement.receiver]
        if one and other:
            score = (
                min(one, other)
                + 0.2 * max(one, other)
                + 0.5
                * (
                    sends[agreement.sender]
                    + takes[agreement.receiver]
                    - sends[agreement.receiver]
                    - takes[agreement.sender]
                )
            )
            if score > best_score:
                best, best_score = agreement, score
    if best is not None and (best_score >= 1.2 or len(count) <= 2):
        return Parties(best.sender, best.receiver)
    return _guessed(count, sends, takes, known)


def _count_direction(
    line: Line, place: Place, country: str, sends: Counter[str], takes: Counter[str], weight: float
) -> None:
    """What the words beside a country say of who sends and who takes."""
    before = [token.low for token in line.tokens[max(0, place.first - _NEAR) : place.first]]
    after = [token.low for token in line.tokens[place.last : place.last + 7]]
    line.steps.add(len(before) + len(after))
    link = before[-1] if before and before[-1] != "the" else before[-2] if len(before) > 1 else ""
    if link in ("to", "in") and not place.adjective and any(word in _SENDING for word in before):
        takes[country] += 1.5 * weight if link == "to" else 0.3 * weight
    if link in ("from", "by") and any(word in _SENDING | frozenset(["deportees"]) for word in before):
        sends[country] += weight
    for position, word in enumerate(after):
        if word in (".", ";"):
            break
        if word in _SENDING:
            sends[country] += weight * (1.0 if position < 4 else 0.4)
            break
        if word in _TAKING:
            takes[country] += weight * (1.0 if position < 4 else 0.4)
            break
        if word in _ASKING and position < 3:
            sends[country] += 0.5 * weight
            break
    if any(word in _TAKING for word in before[-4:]) and link in ("from", "by"):
        sends[country] += weight


def _guessed(count: Counter[str], sends: Counter[str], takes: Counter[str], known: Known) -> Parties:
    """Without an agreement on record: the likeliest by what is said of each, then by how often each is named."""
    if not count:
        return Parties()
    senders = Counter(agreement.sender for agreement in known.agreements)
    receivers = Counter(agreement.receiver for agreement in known.agreements)
    frequent = [country for country, _number in sorted(count.items(), key=lambda each: (-each[1], each[0]))[:4]]

    def way(country: str) -> float:
        return (
            sends[country] - takes[country]
            + 0.5 * (min(senders[country], 3) - min(receivers[country], 3)) + 0.05 * count[country]
        )  # fmt: skip

    if len(frequent) == 1:
        only = frequent[0]
        others = {agreement.sender for agreement in known.agreements if agreement.receiver == only}
        if len(others) == 1:
            return Parties(others.pop(), only)
        return Parties(sender=only) if way(only) > 0 else Parties(receiver=only)
    pair = sorted(frequent[:3], key=lambda country: -count[country])[:2]
    sender, receiver = sorted(pair, key=lambda country: -way(country))
    return Parties(sender, receiver)


def agreements_of(
    around: Iterable[str], main: Parties, known: Known, *, words: str, day: dt.date | None
) -> tuple[str, ...]:
    """The agreements on record that a statement is about, from the countries named beside it and the article's pair."""
    near = set(around)
    pairs = [
        agreement for agreement in known.agreements
        if {agreement.sender, agreement.receiver} <= near | {main.sender, main.receiver}
        and (agreement.sender in near or agreement.receiver in near or _is_pair(agreement, main))
    ]  # fmt: skip
    if not pairs:
        return ()
    both = [agreement for agreement in pairs if {agreement.sender, agreement.receiver} <= near]
    about = [agreement for agreement in pairs if _is_pair(agreement, main)]
    if about and (not both or any(_is_pair(agreement, main) for agreement in both)):
        chosen = about
    elif both:
        chosen = both
    else:
        return ()
    pair = chosen[0].sender, chosen[0].receiver
    fellows = [agreement for agreement in chosen if (agreement.sender, agreement.receiver) == pair]
    return (_right_one(fellows, words, day).id,)


def _is_pair(agreement: KnownAgreement, parties: Parties) -> bool:
    return (agreement.sender, agreement.receiver) == (parties.sender, parties.receiver)


def _right_one(fellows: Sequence[KnownAgreement], words: str, day: dt.date | None) -> KnownAgreement:
    """Of several between two countries: the one whose form the words name, then the latest that had begun."""
    begun = [agreement for agreement in fellows if day is None or agreement.year <= day.year] or list(fellows)
    low = words.lower()
    named = [agreement for agreement in begun if agreement.instrument and agreement.instrument in low]
    return max(named or begun, key=lambda agreement: (agreement.year, agreement.id))


_SIGNS = {
    Status.REPORTED: ("reported", "reports"),
    Status.TALKS: ("talks", "discussions", "negotiations", "negotiating", "in contact", "conversation"),
    Status.AGREED: ("agreed", "agreement in principle", "announced", "accept", "deal"),
    Status.SIGNED: ("signed", "signing", "signature"),
    Status.IN_FORCE: ("in force", "took effect", "ratified", "came into effect"),
    Status.OPERATING: ("arrived", "landed", "first flight", "first group", "transferred", "received"),
    Status.SUSPENDED: ("suspended", "paused", "halted", "blocked", "injunction"),
    Status.ENDED: ("scrapped", "ended", "terminated", "cancelled", "expired", "dead and buried"),
    Status.REJECTED: ("rejected", "refused", "turned down", "declined", "will not accept", "not accept"),
}


def change_of(agreements: Sequence[str], known: Known, *, words: str, date: dt.date | None, precision: str) -> str:
    """The status change that a statement made or confirmed: of the same day, and of a status that its words name."""
    if date is None or precision != "day" or len(agreements) != 1:
        return ""
    low = fold(words)
    fits: list[KnownChange] = []
    for agreement in known.agreements:
        if agreement.id == agreements[0]:
            fits += [
                change for change in agreement.changes
                if _same_time(change, date)
                and any(re.search(rf"\b{re.escape(sign)}\b", low) for sign in _SIGNS.get(Status(change.status), ()))
            ]  # fmt: skip
    return fits[-1].id if len(fits) == 1 or (fits and fits[-1].date == date) else ""


def _same_time(change: KnownChange, date: dt.date) -> bool:
    if change.precision == "day":
        return change.date == date
    return change.precision == "month" and (change.date.year, change.date.month) == (date.year, date.month)
