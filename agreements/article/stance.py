"""The stance that a statement's verbs and words propose."""

from __future__ import annotations

import re

from agreements.article import verbs
from agreements.article.lists import listed
from agreements.vocabulary import Stance

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_VERBS = {
    Stance.DENIES: frozenset(["deny", "refute", "dispute", "rebut"]),
    Stance.OPPOSES: frozenset(["reject", "refuse", "oppose", "object"]),
    Stance.CRITICISES: listed(
        """
    condemn criticise criticize denounce slam blast decry deplore lambast lambaste warn fume lament accuse mock
    attack brand savage slate protest
    """
    ),
    Stance.SUPPORTS: listed("welcome praise hail laud defend boast enthuse thank justify back applaud"),
    Stance.CONFIRMS: listed("confirm announce acknowledge admit reveal disclose reaffirm"),
}

_PHRASES: tuple[tuple[Stance, float, str], ...] = (
    (
        Stance.DECLINES,
        3.0,
        """
        no comment, not comment, declined to, decline to, won't comment, cannot comment, can't comment, do not
        discuss, don't discuss, not discuss, not in a position to comment, nothing to add, refused to comment,
        refuse to comment, not be drawn, inform you when, nothing to announce, do not comment, does not comment, did
        not comment, not going to comment, not go into, don't go into, nothing further to, refer you to, would not
        say, neither confirm nor deny, not speculate, due course, don't go through the details, not at liberty,
        premature to comment, would not confirm
        """,
    ),
    (
        Stance.DENIES,
        2.5,
        """
        no agreement, no such agreement, no deal, no such deal, not true, untrue, false, fake, never signed, not
        signed, no talks, no discussion, no discussions, no negotiations, not been approached, never been
        approached, no request, not received any, has not received, have not received, baseless, unfounded,
        fabricated, fabrication, no truth, rumour, rumours, rumor, rumors, misleading, nothing of the sort, there is
        no such, not in talks, not negotiating, never agreed, not agreed, no decision has been, nobody has asked, no
        one has asked, no formal request, no commitment, lies, not a party to, pure invention, not the case, never
        discussed, did not discuss, nor have we
        """,
    ),
    (
        Stance.OPPOSES,
        2.2,
        """
        will not accept, not accept, won't accept, cannot accept, can't accept, will not take, won't take, not take,
        we reject, reject, rejects, rejected, we refuse, refuse to, not a dumping ground, dumping ground, say no,
        said no, not willing, not agree to, we oppose, oppose, must be stopped, should be scrapped, scrap, unlawful,
        illegal, unconstitutional, not in a position to, do not want, don't want, not welcome, stop this, withdraw
        from, will fight, challenge it in court, void, must not, no way, not receive, will not receive, not be
        accepting, no obligation, invalid, will never, not allow, not permit, end this deal, be halted, must stop,
        vote against
        """,
    ),
    (
        Stance.CONDITIONS,
        2.0,
        """
        provided that, on condition, as long as, only if, only those, conditional, subject to, if they, no criminal
        record, not criminals, case by case, case-by-case, prefer, preference, unless, condition, conditions, as
        many as we can, must first, would need to, we would need, in return, in exchange, only accept, would accept
        only, not with a criminal, without a criminal, provided, guarantee, guarantees, will only, would only,
        depends on, no unaccompanied, on our terms, you need to
        """,
    ),
    (
        Stance.CRITICISES,
        1.8,
        """
        human rights, violation, violates, violate, breach, breaches, concern, concerned, concerns, alarm, alarming,
        shame, shameful, cruel, inhumane, dangerous, danger, stain, betrayal, torture, unsafe, not safe,
        non-refoulement, refoulement, secret, secrecy, in the dark, transparency, without consulting, not consulted,
        outsourcing, outsource, outrage, outrageous, disgrace, immoral, appalling, reckless, wrong, failed, failure,
        waste, abuse, abuses, ill-treatment, risk, risks, blow to, gamble, blackmail, bribe, human trafficking,
        trafficking, commodities, cargo, harm, kept from, nobody asked us, blind, expensive, mistake,
        accountability, undermines, undermine, lives at risk, disappeared, not a solution, colonial, sold, selling,
        trade in, prison camp, vulnerable, worrying, worried, fear, afraid, unacceptable, questions to answer, no
        basis
        """,
    ),
    (
        Stance.SUPPORTS,
        1.6,
        """
        welcome, proud, pleased, grateful, thank, thanks, great deal, good deal, good for, partnership, ready to,
        stand ready, committed, commitment, benefit, benefits, deterrent, deterrence, humane, success, successful,
        historic, landmark, opportunity, opportunities, help, support, supports, safe country, secure our borders,
        securing our borders, safe haven, solidarity, innovative, right thing, necessary, vital, will go on, will
        not stop, dignity, actively searching, not the first time, values, duty, generous, fair, works, important
        step, second chance, deliver, keep our promise, strong, stronger, rock solid, completely agree, cooperation
        """,
    ),
    (
        Stance.CONFIRMS,
        1.5,
        """
        in talks, in discussions, talks are, discussions are, negotiations are, ongoing, under way, underway, have
        agreed, has agreed, we agreed, agreed to, signed, have signed, arrived, will arrive, landed, received, have
        accepted, has accepted, will accept, will receive, will take, will house, will host, early stage, early
        stages, continuing, finalised, finalized, concluded, in force, took effect, we can confirm, is true, have
        been approached, asked us, asked for, have asked, requested, first group, first flight, in contact, in
        negotiations, considering, ratified, approved, has been transferred, memorandum
        """,
    ),
)
"""What is said, by stance, with its weight; phrases are separated by commas."""

_CRITICS = listed(
    """
    opposition shadow lawyer lawyers attorney attorneys barrister solicitor activist activists campaigner
    campaigners rights amnesty researcher rapporteur bishop archbishop pastor union resident residents critic
    critics protester protesters refugee refugees advocate advocates charity coalition watch litigation defender
    defenders law caritas oxfam judge justice backbencher democratic exile students trader farmer imam priest chief
    chiefs council
    """
)
"""Words of a speaker's name or role who mostly finds fault; they decide only where the words themselves do not."""


def _by_first_word() -> dict[str, list[tuple[Stance, float, str]]]:
    """The phrases by their first word, since most words of a text begin none."""
    table: dict[str, list[tuple[Stance, float, str]]] = {}
    for stance, weight, phrases in _PHRASES:
        for phrase in " ".join(phrases.split()).split(", "):
            table.setdefault(phrase.split(" ")[0], []).append((stance, weight, f" {phrase} "))
    return table


_PHRASE = _by_first_word()


def _found(words: list[str], most: int) -> dict[Stance, float]:
    """The weight of the phrases that some words hold, at most so many of each stance."""
    whole = f" {' '.join(words)} "
    count: dict[Stance, int] = {}
    score: dict[Stance, float] = {}
    for word in set(words):
        for stance, weight, phrase in _PHRASE.get(word, ()):
            if phrase in whole and count.get(stance, 0) < most:
                count[stance] = count.get(stance, 0) + 1
                score[stance] = score.get(stance, 0.0) + weight
    return score


def stance_of(words: str, around: str, lemma: str, speaker: str = "") -> Stance | None:
    """The stance that a statement proposes: `words` are what was said, `around` the reporter's, `lemma` the verb.

    `speaker` is name and role. None where nothing speaks for one.
    """
    said, beside = _words(words), _words(around)
    score = _found(said, 3)
    for stance, weight in _found(beside, 2).items():
        score[stance] = score.get(stance, 0.0) + 0.5 * weight
    lemmas = [verbs.FORMS[word][0] for word in beside[:60] if word in verbs.FORMS]
    for stance, own in _VERBS.items():
        score[stance] = score.get(stance, 0.0) + 2.0 * (lemma in own) + 0.7 * sum(each in own for each in lemmas)
    if _CRITICS.intersection(_words(speaker)):
        score[Stance.CRITICISES] = score.get(Stance.CRITICISES, 0.0) + 1.2
    best = max(Stance, key=lambda each: score.get(each, 0.0))
    return best if score.get(best, 0.0) > 0 else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))
