"""The rules by which a proposal is found, each with what it says and how far it may be trusted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.vocabulary import Term


class Rule(Term):
    """How a statement was told from its article."""

    AFTER = (
        "speaker-after",
        _("Speaker after the words"),
        _("The words are followed by who said them and a verb of saying: “…,” the minister said."),
    )
    VERB_FIRST = (
        "verb-first",
        _("Verb, then speaker"),
        _("The words are followed by a verb of saying and who said them: “…,” said the minister."),
    )
    BEFORE = (
        "speaker-before",
        _("Speaker before the words"),
        _("A sentence names who speaks, has a verb of saying, and leads to the words: The minister said: “…”."),
    )
    WITHIN = (
        "speaker-within",
        _("Speaker between the words"),
        _("The quotation is split by its attribution: “We are,” he said, “in talks.”"),
    )
    PART = (
        "part-of-a-sentence",
        _("Words within a reported sentence"),
        _("A sentence reports what somebody said and quotes part of it: He said that the talks were “…”."),
    )
    NAMED_AS = (
        "judgement",
        _("A judgement quoted"),
        _("A verb of judging leads to the words: She called the deal “…”."),
    )
    QUOTED_AS = (
        "quoted-as-saying",
        _("Quoted by others"),
        _("Somebody is quoted, cited or reported as having said the words."),
    )
    ACCORDING = (
        "according-to",
        _("According to"),
        _("The words stand in a sentence that says according to whom, or in whose words."),
    )
    COLON = ("colon", _("Name and colon"), _("A name or an office with a colon stands before the words."))
    DASH = ("dash", _("Dash and name"), _("A dash and a name stand after the words, as below a pull quote."), 0.85)
    DOCUMENT = (
        "document",
        _("A document says so"),
        _("A letter, report, post or ruling says the words; its author counts as the speaker."),
    )
    SENTENCE_BEFORE = (
        "sentence-before",
        _("The sentence before names the speaker"),
        _("The words stand alone, and the sentence before them says who was speaking."),
    )
    SENTENCE_AFTER = (
        "sentence-after",
        _("The sentence after names the speaker"),
        _("The words stand alone, nobody spoke before, and the sentence after them is about somebody."),
    )
    GOES_ON = (
        "same-speaker",
        _("The same speaker goes on"),
        _("The words stand alone, and whoever was quoted last goes on."),
    )
    REPORTED = (
        "reported",
        _("Reported without marks"),
        _("A sentence says what somebody said, in the reporter’s own words. Never a quotation."),
    )
    REPORTED_ACCORDING = (
        "reported-according-to",
        _("Reported, according to"),
        _("A sentence without marks says according to whom it is so. Never a quotation."),
    )
    DECLINED = (
        "declined",
        _("Declined to comment"),
        _("A sentence says that somebody would not comment. Never a quotation."),
    )

    @property
    def certainty(self) -> float:
        """How far it may be trusted, from 0 to 1, before anything speaks against it."""
        return _CERTAINTY[self]


_CERTAINTY = {
    Rule.AFTER: 0.95,
    Rule.VERB_FIRST: 0.95,
    Rule.BEFORE: 0.93,
    Rule.WITHIN: 0.95,
    Rule.PART: 0.85,
    Rule.NAMED_AS: 0.85,
    Rule.QUOTED_AS: 0.85,
    Rule.ACCORDING: 0.9,
    Rule.COLON: 0.9,
    Rule.DASH: 0.85,
    Rule.DOCUMENT: 0.85,
    Rule.SENTENCE_BEFORE: 0.75,
    Rule.SENTENCE_AFTER: 0.6,
    Rule.GOES_ON: 0.7,
    Rule.REPORTED: 0.5,
    Rule.REPORTED_ACCORDING: 0.45,
    Rule.DECLINED: 0.5,
}
