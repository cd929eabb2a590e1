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
        discuss, don't discuss, not discuss, not in a position to comment, nothing to add, refused to comment, refuse
        to comment, not be drawn, inform you when, nothing to announce, do not comment, does not comment, did not
        comment, not going to comment, not go into, don't go into, nothing further to, refer you to, would not say,
        neither confirm nor deny, not speculate, due course, don't go through the details, not at liberty, premature
        to comment, would not confirm, running commentary, don't comment, doesn't comment, we don't comment, not
        discuss, doesn't discuss, never discuss, not be drawn on, won't be drawn, wouldn't be fair on, would not be
        fair on, not for me to say, not for us to say, i cannot say, can't say, not able to say, not conduct a
        negotiation, not negotiate in public, details of operations, diplomatic communications, private diplomatic
        """,
    ),
    (
        Stance.DENIES,
        2.5,
        """
        no agreement, no such agreement, no deal, no such deal, not true, untrue, false, fake, never signed, not
        signed, no talks, no discussion, no discussions, no negotiations, not been approached, never been approached,
        no request, not received any, has not received, have not received, baseless, unfounded, fabricated,
        fabrication, no truth, rumour, rumours, rumor, rumors, misleading, nothing of the sort, there is no such, not
        in talks, not negotiating, never agreed, not agreed, no decision has been, nobody has asked, no one has asked,
        no formal request, no commitment, lies, not a party to, pure invention, not the case, never discussed, did not
        discuss, nor have we, not involved, not been asked, not been offered, not been involved, signed nothing,
        received no one, no such document, no such request, no such plan, there is no plan, nobody has been, no one
        has been, pure fiction, made up, no basis in fact, complete fiction
        """,
    ),
    (
        Stance.OPPOSES,
        2.2,
        """
        will not accept, not accept, won't accept, cannot accept, can't accept, will not take, won't take, not take,
        we reject, reject, rejects, rejected, we refuse, refuse to, not a dumping ground, dumping ground, say no, said
        no, not willing, not agree to, we oppose, oppose, must be stopped, should be scrapped, scrap, unlawful,
        illegal, unconstitutional, not in a position to, do not want, don't want, not welcome, stop this, withdraw
        from, will fight, challenge it in court, void, must not, no way, not receive, will not receive, not be
        accepting, not be treated as, the answer is no, enough problems of our own, warehouse for, stop the flights,
        doomed, see them in court, go to court, proceed to court, vote it down, hands off, no obligation, invalid,
        will never, not allow, not permit, end this deal, be halted, must stop, vote against
        """,
    ),
    (
        Stance.CONDITIONS,
        2.0,
        """
        provided that, on condition, as long as, only if, only those, conditional, subject to, if they, no criminal
        record, not criminals, case by case, case-by-case, prefer, preference, unless, condition, conditions, as many
        as we can, must first, would need to, we would need, in return, in exchange, only accept, would accept only,
        not with a criminal, without a criminal, provided, guarantee, guarantees, will only, would only, depends on,
        no unaccompanied, on our terms, you need to, each case, every case, so long as, at most, no more than, only
        nationals, only persons, only in such numbers, on its own merits, until we have, not before, reversible
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
        trafficking, commodities, cargo, harm, kept from, nobody asked us, blind, expensive, mistake, accountability,
        undermines, undermine, lives at risk, disappeared, not a solution, colonial, sold, selling, trade in, prison
        camp, vulnerable, worrying, worried, fear, afraid, unacceptable, questions to answer, no basis, nobody asked,
        never asked, without asking, not asked, no one asked, who consulted, last to know, read it in, found out from,
        show us, show me, were told, was told, been told, farce, fiasco, circus, scandal, sham, absurd, ridiculous,
        madness, nonsense, chaos, mess, costly, gimmick, stunt, hypocrisy, misled, lied, dump, dumped, dustbin,
        warehouse, parcels, human beings, due process, invoice, receipts, corrupt, cheap, rotten, copy of, banish,
        detention camp, cannot leave, may not leave, nobody may leave, surprised, in chains, in our name, without
        being told, without a reason, no one knows, nobody knows, who pays
        """,
    ),
    (
        Stance.SUPPORTS,
        1.6,
        """
        welcome, welcomes, proud, pleased, grateful, thank, thanks, great deal, good deal, good for, partnership,
        partnerships, ready to, stand ready, committed, benefit, benefits, deterrent, deterrence, humane, success,
        successful, historic, landmark, opportunity, opportunities, ready to help, we help, are helping, we support,
        supports, secure our borders, securing our borders, securing our, safe haven, solidarity, innovative, right
        thing, will go on, will not stop, actively searching, not the first time, generous, important step, second
        chance, keep our promise, promises kept, rock solid, completely agree, cooperation, appreciates, appreciate,
        new solution, will work, already working, actually work, between friends, our friends, our brothers,
        leadership in, shares the burden, share the burden, need workers, we need, want jobs, good news, model for,
        nothing to hide
        """,
    ),
    (
        Stance.CONFIRMS,
        1.5,
        """
        in talks, in discussions, talks are, discussions are, negotiations are, consultations, ongoing, under way,
        underway, have agreed, has agreed, we agreed, we signed, is signed, was signed, have signed, has signed,
        arrived, will arrive, landed, was received, were received, has received, have received, have accepted, has
        accepted, will accept, will receive, will take, will house, will host, early stage, early stages, continuing,
        finalised, finalized, concluded, in force, took effect, we can confirm, is true, have been approached, were
        approached, asked us, have asked, they asked, first group, first flight, in contact, in negotiations,
        ratified, has been transferred, there is a memorandum, there is an agreement, in transit, in good health,
        being worked out, are well, the figure is, we answered
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


_OPPOSITION = listed("opposition shadow")


def _by_first_word() -> dict[str, list[tuple[Stance, float, tuple[str, ...]]]]:
    """The phrases by their first word, since most words of a text begin none."""
    table: dict[str, list[tuple[Stance, float, tuple[str, ...]]]] = {}
    for stance, weight, phrases in _PHRASES:
        for phrase in " ".join(phrases.split()).split(", "):
            own = tuple(phrase.split(" "))
            table.setdefault(own[0], []).append((stance, weight, own))
    return table


_PHRASE = _by_first_word()


_NOT = listed("no not n't never nobody nothing none neither nor without cannot")
_NEAR = 4
"""How many words a negation reaches: "not been asked", "no request has been received"."""


def _found(words: list[str], most: int) -> dict[Stance, float]:
    """The weight of the phrases that some words hold, at most so many of each stance.

    What would confirm or support does neither within reach of a negation.
    """
    count: dict[Stance, int] = {}
    score: dict[Stance, float] = {}
    seen: set[tuple[str, ...]] = set()
    for at, word in enumerate(words):
        for stance, weight, phrase in _PHRASE.get(word, ()):
            if phrase in seen or count.get(stance, 0) >= most or words[at : at + len(phrase)] != list(phrase):
                continue
            if stance in _YES and any(_negates(each) for each in words[max(0, at - _NEAR) : at]):
                continue
            seen.add(phrase)
            count[stance] = count.get(stance, 0) + 1
            score[stance] = score.get(stance, 0.0) + weight
    return score


def _negates(word: str) -> bool:
    return word in _NOT or word.endswith("n't")


_YES = (Stance.CONFIRMS, Stance.SUPPORTS)
_LEAST = 1.4
"""The score below which no stance is proposed: an empty field is better than a wrong one."""


def stance_of(words: str, around: str, lemma: str, speaker: str = "") -> Stance | None:
    """The stance that a statement proposes: `words` are what was said, `around` the reporter's, `lemma` the verb.

    `speaker` is name and role. None where too little speaks for one.
    """
    said, beside, who = _words(words), _words(around), _words(speaker)
    score = _found(said, 3)
    for stance, weight in _found(beside, 2).items():
        if stance not in _YES:
            score[stance] = score.get(stance, 0.0) + 0.4 * weight
    lemmas = [verbs.FORMS[word][0] for word in beside[:60] if word in verbs.FORMS]
    for stance, own in _VERBS.items():
        score[stance] = score.get(stance, 0.0) + 2.0 * (lemma in own) + 0.5 * sum(each in own for each in lemmas)
    if _CRITICS.intersection(who):
        # Whoever mostly finds fault confirms little and denies nothing: "nobody has asked us" is a complaint.
        for stance in (*_YES, Stance.DENIES, Stance.CONDITIONS):
            score[stance] = 0.4 * score.get(stance, 0.0)
        asks = words.rstrip().endswith("?")
        score[Stance.CRITICISES] = score.get(Stance.CRITICISES, 0.0) + 1.0 + 0.5 * asks
        if _OPPOSITION.intersection(who):
            score[Stance.CRITICISES] += 0.5
    best, second = sorted((score.get(each, 0.0) for each in Stance), reverse=True)[:2]
    if best < _LEAST or best - second < 0.2:
        return None
    return max(Stance, key=lambda each: score.get(each, 0.0))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))
