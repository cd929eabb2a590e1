"""The field's words: closed sets as enums, each term with its label, definition, order and colours.

Charts, filters, models, the methodology page and the data dictionary all read the words here. Imports nothing of ours.
"""

from __future__ import annotations

import calendar
import datetime as dt
from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Term(StrEnum):
    """A word of the vocabulary: a string with a label, a definition, and a colour for light and for dark paper.

    Colours are `#rrggbb`, or empty where a term is never drawn. Members are in the order in which they are listed.
    """

    label: Promise | str
    definition: Promise | str
    colour: str
    dark_colour: str

    def __new__(
        cls, value: str, label: Promise | str, definition: Promise | str = "", colour: str = "", dark_colour: str = ""
    ) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        term.definition = definition
        term.colour = colour
        term.dark_colour = dark_colour
        return term

    @property
    def order(self) -> int:
        """Place among its fellows, from 0."""
        return list(type(self)).index(self)

    @property
    def in_sentence(self) -> str:
        """The label as it stands inside a sentence: without its capital, but for an abbreviation."""
        label = str(self.label)
        return label if label[:2].isupper() else label[:1].lower() + label[1:]

    @classmethod
    def values(cls) -> list[str]:
        return [term.value for term in cls]

    @classmethod
    def choices(cls) -> list[tuple[str, Promise | str]]:
        """Pairs of value and label, as Django's fields and forms take them."""
        return [(term.value, term.label) for term in cls]


class State(Term):
    """Where a record stands on its way to the public."""

    DRAFT = "draft", _("Draft"), _("Being written; nobody but the editors sees it.")
    IN_REVIEW = "in-review", _("In review"), _("Submitted; waits for an editor to publish it.")
    PUBLISHED = "published", _("Published"), _("Part of the public record.")
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("Taken out of the public record; its address says when and why.")


class ProposalState(Term):
    """What became of a proposed change to a published record."""

    OPEN = "open", _("Open"), _("Waits for an editor other than its author.")
    ACCEPTED = "accepted", _("Accepted"), _("Became public.")
    DECLINED = "declined", _("Declined"), _("An editor turned it down; the record stayed as it was.")
    TAKEN_BACK = "taken-back", _("Taken back"), _("Its author gave it up.")


class LinkState(Term):
    """What the address of a source answered when it was last asked."""

    WORKS = "works", _("Works"), _("The address gives the document.")
    MOVED = "moved", _("Moved"), _("The address leads on to another one, for good.")
    DEAD = "dead", _("Dead"), _("The document or the site is gone.")
    UNCLEAR = "unclear", _("Unclear"), _("No answer in time, a fault of the site, or it turns programs away.")
    FORBIDDEN = "forbidden", _("Not asked"), _("No public address of the web: it is never asked.")


class ActKind(Term):
    """What kind of act made an edition."""

    PUBLICATION = "publication", _("Publication"), _("Records were added, changed or withdrawn.")
    REDACTION = (
        "redaction",
        _("Redaction"),
        _("Words were taken out of every edition, for the sake of a person or by a court's order."),
    )


class ChangeKind(Term):
    """What an edition did to a record."""

    ADDED = "added", _("Added"), _("The record became public, or public again.")
    CHANGED = "changed", _("Changed"), _("The public record was corrected or brought up to date.")
    WITHDRAWN = "withdrawn", _("Withdrawn"), _("The record was taken out of the public record.")


class Kind(Term):
    """What an agreement does."""

    REMOVAL = (
        "third-country-removal",
        _("Third-country removal"),
        _("Deportees who are not its nationals are sent to the receiver."),
    )
    SAFE_THIRD_COUNTRY = (
        "safe-third-country",
        _("Safe third country"),
        _("Asylum seekers are sent to the receiver to seek asylum there; also called an asylum cooperative agreement."),
    )
    OFFSHORE = (
        "offshore-processing",
        _("Offshore processing"),
        _("Claims for asylum are handled in the receiver by or for the sender."),
    )
    DETENTION = "detention", _("Detention"), _("People are held in the receiver for the sender.")
    RETURN_HUB = "return-hub", _("Return hub"), _("People refused asylum wait in the receiver for their return.")


class Instrument(Term):
    """On what paper an agreement stands."""

    TREATY = "treaty", _("Treaty"), _("A treaty, ratified or meant to be.")
    AGREEMENT = "agreement", _("Agreement"), _("A written agreement between the parties that is not called a treaty.")
    MEMORANDUM = "memorandum", _("Memorandum"), _("A memorandum of understanding, as a rule not binding.")
    EXCHANGE_OF_NOTES = "exchange-of-notes", _("Exchange of notes"), _("Diplomatic notes or letters that agree.")
    JOINT_STATEMENT = "joint-statement", _("Joint statement"), _("A statement published together.")
    LETTER_OF_INTENT = "letter-of-intent", _("Letter of intent"), _("A letter that announces the will to agree.")
    UNWRITTEN = "unwritten", _("Unwritten"), _("Nothing in writing is known, or there is no agreement.")
    UNDISCLOSED = (
        "undisclosed",
        _("Undisclosed"),
        _("An arrangement works or is said to exist, and its form is not known."),
    )


class Status(Term):
    """Where a negotiation stands. The order is that of progress; `height` is that of the chart."""

    REPORTED = (
        "reported",
        _("Reported"),
        _("The press reports contact; no party has confirmed it."),
        "#7890a9",
        "#6f87a0",
    )
    TALKS = "talks", _("In talks"), _("A party confirms talks."), "#5c8cbd", "#6b9ccb"
    AGREED = "agreed", _("Agreed"), _("Announced or agreed in principle, unsigned."), "#437fb6", "#7fb0de"
    SIGNED = "signed", _("Signed"), _("A text is signed."), "#2f6ca8", "#97c3ec"
    IN_FORCE = "in-force", _("In force"), _("It has legal effect."), "#1f5490", "#b3d6f6"
    OPERATING = "operating", _("Operating"), _("A first transfer was made."), "#123a6b", "#d6eaff"
    SUSPENDED = "suspended", _("Suspended"), _("Paused by a party or a court."), "#9a6106", "#e0a53f"
    ENDED = "ended", _("Ended"), _("Terminated, expired, scrapped or struck down."), "#6b6f76", "#9da2aa"
    REJECTED = "rejected", _("Rejected"), _("A party refuses, or the talks collapse."), "#a23b2a", "#ea8a78"

    @property
    def height(self) -> int:
        """Height on a chart, from 0 at the ground: progress rises, setbacks fall."""
        return _HEIGHTS.index(self)

    @classmethod
    def from_the_ground_up(cls) -> list[Status]:
        return list(_HEIGHTS)

    @property
    def can_be_secret(self) -> bool:
        """Whether an agreement at this status whose text is not public counts as secret."""
        return self in (Status.SIGNED, Status.IN_FORCE, Status.OPERATING, Status.SUSPENDED)


_HEIGHTS = (
    Status.REJECTED,
    Status.ENDED,
    Status.REPORTED,
    Status.TALKS,
    Status.AGREED,
    Status.SIGNED,
    Status.SUSPENDED,
    Status.IN_FORCE,
    Status.OPERATING,
)

_AGREE = ("#1b7f5c", "#58c79d")
_DISAGREE = ("#a23b2a", "#ea8a78")
_CONDITION = ("#9a6106", "#e0a53f")
_SILENCE = ("#6b6f76", "#9da2aa")


class Stance(Term):
    """How a statement stands towards the agreement, or towards the account given of it."""

    CONFIRMS = "confirms", _("Confirms"), _("Says that it is so."), *_AGREE
    SUPPORTS = "supports", _("Supports"), _("Speaks for it."), *_AGREE
    DENIES = "denies", _("Denies"), _("Says that it is not so."), *_DISAGREE
    OPPOSES = "opposes", _("Opposes"), _("Speaks against it and would stop it."), *_DISAGREE
    CONDITIONS = "conditions", _("Sets conditions"), _("Accepts it on terms."), *_CONDITION
    DECLINES = "declines-comment", _("Declines to comment"), _("Was asked and does not say."), *_SILENCE
    CRITICISES = "criticises", _("Criticises"), _("Finds fault with it."), *_DISAGREE

    @property
    def says_it_is_so(self) -> bool | None:
        """True where the stance confirms a fact, False where it denies it, None where it says nothing of it."""
        if self in (Stance.CONFIRMS, Stance.SUPPORTS, Stance.CONDITIONS):
            return True
        return False if self is Stance.DENIES else None


class Side(Term):
    """From which side somebody speaks about an agreement."""

    SENDER = "sender", _("Sender"), _("The government of the sender.")
    RECEIVER = "receiver", _("Receiver"), _("The government of the receiver.")
    COURTS = "courts", _("Courts"), _("Courts and judges.")
    OTHERS = "others", _("Others"), _("Parliament, opposition, third governments, organisations, individuals.")


class Confirmation(Term):
    """What a side says of a status change."""

    CONFIRMS = "confirms", _("confirms"), _("Its latest word on whether it is so is yes."), *_AGREE
    DENIES = "denies", _("denies"), _("Its latest word on whether it is so is no."), *_DISAGREE
    DECLINES = "declines-comment", _("declines to comment"), _("It was asked and did not say."), *_SILENCE
    SILENT = (
        "silent",
        _("silent"),
        _("Nothing on record that is tied to the status change says whether it is so. It may have spoken elsewhere."),
        *_SILENCE,
    )


class Rule(Term):
    """How a computed sentence on an agreement is made: its name and when it is said. The most telling come first."""

    CONTRADICTION = (
        "contradiction",
        _("One denies what another confirms"),
        _(
            "Two statements of the parties' governments, one of which says that it is so and one that it is not: of "
            "the same status change, neither of them older than it; or one that denies a press report, and one that "
            "confirms the next step at most three days later. Only the stances “confirms” and “denies” count, not "
            "that of who speaks for it or sets conditions. Within one government the two are of different days; "
            "between two, neither has taken its word back. Steps to rejected and ended are left out, since what is "
            "denied there may be the talks themselves."
        ),
    )
    DENIED_BEFORE = (
        "denied-before",
        _("Denied before it happened"),
        _(
            "Days from the latest denial by a party's government, tied to a status change of the agreement, to the "
            "first transfer; where none was before it, to the first signature, else to the first agreement in "
            "principle, else to the first confirmed talks. Said where the denial is certainly the earlier of the two "
            "and the same government did not say before the step that it is so. Denials of a step to ended, and of "
            "what stood before an earlier end or rejection, are left out."
        ),
    )
    MOVED_BEFORE_SIGNATURE = (
        "moved-before-signature",
        _("People moved before the signature"),
        _(
            "Days from the first group on record, or from the first step to operating where that is earlier, to the "
            "first signature. Said where the people were certainly moved first."
        ),
    )
    COST_A_PERSON = (
        "cost-a-person",
        _("Money paid for each person moved"),
        _(
            "The one amount on record as paid under the agreement, divided by the highest and by the lowest number of "
            "people moved, in three figures. Said only where a single payment is on record as paid and is no part of "
            "another, every group has a count, no cumulative total stands beside them, and the groups on record reach "
            "to within two years of the end of operation. As of an earlier day it is said where the payment and the "
            "groups are certainly not later. Less than one of the currency a person is never said."
        ),
    )
    LIMIT_AND_MOVED = (
        "limit-and-moved",
        _("People moved and the agreed limit"),
        _(
            "The range of people moved beside the limit that the agreement names. Said only where it was agreed at "
            "least once, every group has a count, no cumulative total stands beside them, and the groups on record "
            "reach to within two years of the end of operation."
        ),
    )
    WITHOUT_TEXT = (
        "without-text",
        _("Without a public text"),
        _(
            "Days since the current status began, where it is signed, in force, operating or suspended and the text "
            "is not public, or nothing in writing is known. A later step that repeats the status starts no new count."
        ),
    )
    SIGNED_WITHOUT_TRANSFER = (
        "signed-without-transfer",
        _("Signed, and nobody moved"),
        _("Days since the first signature, where the status is signed or in force and no transfer is on record."),
    )
    ENDED_WITHOUT_TRANSFER = (
        "ended-without-transfer",
        _("Ended without a transfer"),
        _("Days from the first signature to the end, where no transfer is on record."),
    )
    SUSPENDED_AFTER = (
        "suspended-after",
        _("Time until it was suspended"),
        _(
            "Days from the beginning of operation to the first time that it was suspended from there; where it never "
            "was, from the first signature to the first suspension of what was signed or in force. A court is named "
            "where it blocked the agreement or a transfer on the very day."
        ),
    )
    TRANSFER_CONFIRMED = (
        "transfer-confirmed",
        _("How long the receiver took to confirm the first transfer"),
        _(
            "Days from the first step to operating to the first statement by the receiver's government that confirms "
            "it. Said where the statement is certainly the later of the two, and none of the receiver's on the "
            "agreement before it says that it is so, nor has the receiver given a total of people moved by then."
        ),
    )
    SIGNATURE_CONFIRMED = (
        "signature-confirmed",
        _("How long the parties took to confirm the signature"),
        _(
            "Days from the first signature to the first statement by a party's government that says so, tied to the "
            "signature or to a step that repeats it. Said where the statement is certainly the later of the two, and "
            "none of a party on that step before it, or on the agreement between them, says that it is so."
        ),
    )
    SIGNATURE_TO_TRANSFER = (
        "signature-to-transfer",
        _("From the signature to the first transfer under it"),
        _("Days from the first signature to the first step to operating, where that is the later of the two."),
    )
    REPORT_TO_SIGNATURE = (
        "report-to-signature",
        _("From the first report to the signature"),
        _("Days from the first step on record, reported, talks or agreed, to the first signature."),
    )
    PROMISED_UNPAID = (
        "promised-unpaid",
        _("Promised, and no payment on record"),
        _(
            "The largest whole amount promised or obligated, in each currency, and the days since, where the agreement "
            "is neither ended nor rejected, no amount at all is on record as paid and nothing else is noted on money. "
            "Money may have been paid without being reported."
        ),
    )


class Unknown(Term):
    """What is not known of an agreement: a question that its record leaves open."""

    CURRENT_SENDER = (
        "sender-silent",
        _("The sender's word"),
        _("No statement of the sender's government is on record that says whether it stands where it does."),
    )
    CURRENT_RECEIVER = (
        "receiver-silent",
        _("The receiver's word"),
        _("No statement of the receiver's government is on record that says whether it stands where it does."),
    )
    TEXT = (
        "text",
        _("Text"),
        _("The text of what was agreed cannot be read, or not in full; where it was put in writing at all."),
    )
    INSTRUMENT = "instrument", _("On what paper"), _("On what paper it stands was not disclosed.")
    COVERED = "covered", _("Whom it covers"), _("Nothing is known of whom it covers.")
    LIMIT = (
        "limit",
        _("Agreed limit"),
        _("It was agreed or carried out, and no limit to the number of people is known."),
    )
    MONEY = "money", _("Money"), _("Neither an amount nor anything else about money is known.")
    PAID = "paid", _("Whether it was paid"), _("Money was promised, and no payment is on record.")
    MOVED = (
        "moved",
        _("Number moved"),
        _("People were moved, and how many is not known for at least one group, or no group is on record."),
    )
    DATES = (
        "dates",
        _("Exact dates"),
        _("The day of at least one status change, transfer or payment is not known."),
    )


class Precision(Term):
    """How exactly a date is known. A month or a year is written as its first day."""

    DAY = "day", _("Day"), _("The date is exact.")
    MONTH = "month", _("Month"), _("The month is known, the day is not.")
    YEAR = "year", _("Year"), _("The year is known, no more.")

    def last_day(self, first: dt.date) -> dt.date:
        """The last day of the period that begins on `first`; ValueError where `first` does not begin one."""
        if not self.begins(first):
            raise ValueError(f"{first} is not the first day of a {self}")
        if self is Precision.DAY:
            return first
        if self is Precision.YEAR:
            return first.replace(month=12, day=31)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])

    def begins(self, day: dt.date) -> bool:
        """Whether a period of this precision begins on `day`."""
        if self is Precision.YEAR:
            return day.month == 1 and day.day == 1
        return self is Precision.DAY or day.day == 1

    def first_day(self, day: dt.date) -> dt.date:
        """The first day of the period of this precision that `day` falls in."""
        if self is Precision.YEAR:
            return day.replace(month=1, day=1)
        return day if self is Precision.DAY else day.replace(day=1)


class TextPublic(Term):
    """Whether the text of an agreement can be read."""

    YES = "yes", pgettext_lazy("text of an agreement", "Public"), _("The text can be read.")
    PARTLY = "partly", pgettext_lazy("text of an agreement", "Partly public"), _("Parts of it can be read.")
    NO = "no", pgettext_lazy("text of an agreement", "Not public"), _("The text cannot be read.")
    UNKNOWN = (
        "unknown",
        pgettext_lazy("text of an agreement", "Not known"),
        _("Whether there is a text to read is open."),
    )


class CountedBy(Term):
    """Who gives a head count, or the account of a transfer where there is none."""

    SENDER = "sender", _("Sender"), _("The sender's government.")
    RECEIVER = "receiver", _("Receiver"), _("The receiver's government.")
    COURT = "court", _("Court"), _("A court, or papers before it.")
    PRESS = "press", _("Press"), _("News reports.")
    NGO = "ngo", _("NGO"), _("A non-governmental organisation.")
    INTERNATIONAL = "international-organisation", _("International organisation"), _("A body of several states.")
    UNKNOWN = "unknown", _("Not known"), _("Nobody is named.")


class Counting(Term):
    """How a head count may be used."""

    SINGLE = "single", _("Single"), _("One group. Single rows may be added up.")
    CUMULATIVE = (
        "cumulative",
        _("Cumulative"),
        _("A total that includes or overlaps other rows, or runs in the other direction. Never added to anything."),
    )


class Stage(Term):
    """How far an amount of money has come."""

    REQUESTED = "requested", _("Requested"), _("A party asked for it.")
    PROMISED = "promised", _("Promised"), _("Announced or agreed.")
    OBLIGATED = "obligated", _("Obligated"), _("Committed in a binding grant or contract.")
    PAID = "paid", _("Paid"), _("Sent or received.")


class Outcome(Term):
    """How a proceeding ended for the agreement."""

    PENDING = "pending", _("Pending"), _("Not finally decided.")
    ALLOWED = "allowed", _("Allowed"), _("The agreement or the transfer may go on.")
    BLOCKED = "blocked", _("Blocked"), _("The agreement or the transfer may not go on.")
    SETTLED = "settled", _("Settled"), _("The parties agreed.")
    DISMISSED = "dismissed", _("Dismissed"), _("The court turned the case away.")
    OTHER = "other", _("Other"), _("None of these.")


class OfficialKind(Term):
    """What kind of speaker an official is."""

    PERSON = "person", _("Person"), _("A named person in a public role.")
    OFFICE = "office", _("Office"), _("An unnamed spokesperson or an office.")
    ORGANISATION = "organisation", _("Organisation"), _("An organisation that speaks as one.")


class SpeaksFor(Term):
    """In what quality an official speaks."""

    GOVERNMENT = "government", _("Government"), _("For a government.")
    PARLIAMENT = "parliament", _("Parliament"), _("For a parliament or as a member of it.")
    OPPOSITION = "opposition", _("Opposition"), _("For an opposition.")
    JUDICIARY = "judiciary", _("Judiciary"), _("For a court.")
    INTERNATIONAL = "international-organisation", _("International organisation"), _("For a body of several states.")
    CIVIL_SOCIETY = "civil-society", _("Civil society"), _("For an organisation that is not a government's.")
    INDIVIDUAL = "individual", _("Individual"), _("For themselves.")


class SourceKind(Term):
    """What kind of publisher or document a source is."""

    NEWS = "news", _("News"), _("A news report.")
    GOVERNMENT = "government", _("Government"), _("A government's own publication.")
    COURT = "court", _("Court"), _("A court's publication.")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental"), _("A publication of a body of several states.")
    NGO = "ngo", _("NGO"), _("A publication of a non-governmental organisation.")
    ACADEMIC = "academic", _("Academic"), _("Research.")
    REFERENCE = "reference", _("Reference"), _("An encyclopedia, database, law firm's note or the like.")


class Region(Term):
    """A region of the United Nations geoscheme; Antarctica stands alone. Its name keeps its capital in a sentence."""

    AFRICA = "Africa", _("Africa")
    AMERICAS = "Americas", _("Americas")
    ANTARCTICA = "Antarctica", _("Antarctica")
    ASIA = "Asia", _("Asia")
    EUROPE = "Europe", _("Europe")
    OCEANIA = "Oceania", _("Oceania")

    @property
    def in_sentence(self) -> str:
        return str(self.label)


class SearchKind(Term):
    """What a search finds, in the order in which equally good finds are listed. The label is that of several."""

    AGREEMENT = "agreement", _("Agreements")
    COUNTRY = "country", _("Countries")
    OFFICIAL = "official", _("Officials")
    STATEMENT = "statement", _("Statements")
    SOURCE = "source", _("Sources")

    @property
    def one(self) -> str:
        """What one of them is called."""
        return {
            SearchKind.AGREEMENT: _("Agreement"),
            SearchKind.COUNTRY: _("Country"),
            SearchKind.OFFICIAL: _("Official"),
            SearchKind.STATEMENT: _("Statement"),
            SearchKind.SOURCE: _("Source"),
        }[self]


QUOTE_WORDS = 40
"""The most words that a published quotation may have."""

CURRENCIES = tuple(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905
)
"""The codes of ISO 4217 for money in use."""
