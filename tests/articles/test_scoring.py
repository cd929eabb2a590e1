"""The measure itself: what counts as found, as missed, as invented, as the right speaker."""

import json
from types import SimpleNamespace

import pytest

from tests.articles import scoring


def said(quote, speaker="Ama Mensah", **more):
    return {"quote": quote, "speaker": speaker, "date": None, "precision": None, "stance": None} | more


def gold(*statements, **more):
    return {"statements": list(statements), "indirect": [], "optional": []} | more


def test_the_same_words_are_found_whatever_their_marks_spaces_and_joints():
    result = scoring.compare(
        gold(said("We sign “nothing”, and that’s… final.")), [said("We  sign ''nothing'' and that's...\u00a0final.")]
    )
    assert len(result.matched) == 1
    assert not result.missed
    assert not result.invented


@pytest.mark.parametrize(
    "given", ["We sign nothing,", "We sign nothing.", "we sign nothing", "“We sign nothing", "We sign"]
)
def test_an_end_a_mark_or_a_letter_more_or_less_is_a_miss_and_is_shown_as_near(given):
    result = scoring.compare(gold(said("We sign nothing")), [said(given)])
    assert not result.matched
    assert result.near == [(result.missed[0], result.invented[0])]


def test_words_said_twice_are_matched_one_to_one():
    result = scoring.compare(
        gold(said("We sign nothing here"), said("We sign nothing here")), [said("We sign nothing here")]
    )
    assert (len(result.matched), len(result.missed)) == (1, 1)


def test_optional_words_count_neither_way():
    optional = gold(said("We sign nothing here"), optional=[said("Nothing is signed here")])
    for given in ([], [said("Nothing is signed here")]):
        result = scoring.compare(optional, given)
        assert not result.invented
        assert len(result.missed) == 1


def test_a_quote_counts_as_one_even_where_it_calls_itself_indirect():
    result = scoring.compare(gold(), [said("Nothing was ever signed", indirect=True)])
    assert len(result.invented) == 1


def test_an_indirect_statement_is_found_by_most_of_its_words_and_is_no_quotation():
    wanted = gold(indirect=[{"speaker": "Ama Mensah", "words": "the talks would go on until June"}])
    found = scoring.compare(
        wanted, [{"quote": "", "summary": "Ama Mensah said that the talks would go on until June."}]
    )
    assert len(found.indirect_found) == 1
    assert not found.invented
    assert len(scoring.compare(wanted, [{"quote": "", "summary": "The talks broke down."}]).indirect_missed) == 1


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("Ama Mensah", "Ama Mensah"),
        ("AMA  MENSAH", "Ama Mensah"),
        ("Hon. Ama Mensah", "Ama Mensah"),
        ("Lt. Gen. Ama Mensah", "Ama Mensah"),
        ("Ama Mensah", "Dr. Ama Mensah"),
        ("Deputy Foreign Minister Ama Mensah", "Ama Mensah"),
        ("Leader of the Opposition Ama Mensah", "Ama Mensah"),
        ("the Ministry of Health", "Ministry of Health"),
        ("Home Office spokesperson", ["Home Office", "Home Office spokesperson"]),
        ("A senior official", "senior official"),
        ("a spokeswoman for the Home Office", "Home Office spokesperson"),
        ("The Home Office’s spokesman", "spokesperson of the Home Office"),
        ("Commons' spokesman", "Commons spokesman"),
    ],
)
def test_a_speaker_is_right_with_title_and_article_or_without(given, accepted):
    assert scoring.same_speaker(given, accepted)


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("Mensah", "Ama Mensah"),
        ("", "Ama Mensah"),
        (None, "Ama Mensah"),
        ("Kofi Ama Mensah", "Ama Mensah"),
        ("Secretary of Ama Mensah", "Ama Mensah"),
        ("ministry", "foreign ministry"),
        ("Department", "Justice Department"),
        ("official", ["senior official"]),
        ("spokesperson", ["Home Office", "Home Office spokesperson"]),
    ],
)
def test_half_a_name_and_another_name_are_wrong(given, accepted):
    assert not scoring.same_speaker(given, accepted)


def test_shares_are_over_all_quotations_and_speakers_over_those_matched():
    perfect = scoring.compare(gold(*[said(f"This is quotation number {n}") for n in range(3)]), [])
    half = scoring.compare(
        gold(said("We sign nothing here", stance="denies"), said("They sign something there")),
        [
            said("We sign nothing here", speaker="Kofi Annan-Smith", stance="denies"),
            SimpleNamespace(
                quote="They sign something there", speaker="Ama Mensah", date="2025-01-01", precision="day"
            ),
            said("Nobody ever said all this"),
        ],
    )
    sums = scoring.totals([perfect, half])
    assert (sums.quotations, sums.recall, round(sums.precision, 3)) == (5, 0.4, 0.667)
    assert round(sums.f1, 3) == 0.5
    assert (sums.speakers, sums.stance, sums.dates) == (0.5, 1, 0.5)


def test_nothing_wanted_and_nothing_given_is_perfect_and_nothing_found_is_nought():
    assert scoring.totals([scoring.compare(gold(), [])]).f1 == 1
    assert (
        scoring.totals([scoring.compare(gold(said("We sign nothing here")), [said("Quite other words than these")])]).f1
        == 0
    )


def test_a_folder_of_articles_is_scored_and_each_miss_is_told(tmp_path):
    (tmp_path / "01-one.txt").write_text('"We sign nothing here," Ama Mensah said. "Never ever at all."\n')
    wanted = gold(said("We sign nothing here, Never ever at all."), published="2025-01-02")
    (tmp_path / "01-one.json").write_text(json.dumps(wanted))

    sums, comparisons = scoring.score(lambda article: [said("We sign nothing here")], tmp_path)
    told = scoring.report(comparisons)
    assert sums.f1 == 0
    for words in ("01-one", "missed     Ama Mensah: 'We sign", "invented   Ama Mensah", "near", "F1 0.000"):
        assert words in told

    sums, comparisons = scoring.score(lambda article: article.gold["statements"], tmp_path)
    assert sums.f1 == sums.speakers == sums.dates == 1
    assert scoring.report(comparisons).startswith("1 quotations")


def test_a_wrong_speaker_is_told_with_the_right_one():
    told = scoring.report(
        [scoring.compare(gold(said("We sign nothing here")), [said("We sign nothing here", speaker="ministry")])]
    )
    assert "speaker    Ama Mensah: 'We sign nothing here'\n     not     'ministry'" in told
