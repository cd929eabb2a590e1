"""The search: what is typed taken apart, what fits best, slips of the finger, and an index that keeps to the record."""

from __future__ import annotations

import datetime as dt
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from agreements import editions, publication
from agreements.models import SearchEntry, SearchForm, SearchWord, Statement
from agreements.search import engines, index, search, suggest
from agreements.search.query import Query, Term, parse
from agreements.search.ranking import extract, marked, slips
from agreements.vocabulary import SearchKind, State
from agreements.words import plain
from tests.database import places_of, written_once
from tests.factories import (
    make_agreement,
    make_assessment,
    make_country,
    make_official,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
)

NOON = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)

with_database = pytest.mark.django_db


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def found(typed: str, **options) -> list[str]:
    """The ids of what was found, in the order shown."""
    return [hit.record for hit in search(typed, **options).hits]


def suggested(typed: str) -> list[str]:
    return [hit.record for hit in suggest(typed)]


def shown(segments) -> str:
    """A text with its marks as brackets."""
    return "".join(f"[{segment.text}]" if segment.marked else segment.text for segment in segments)


def change(record, **values):
    with publication.act(note="Corrected.") as act:
        for name, value in values.items():
            setattr(record, name, value)
        act.publish(record)
    return act.edition


def withdraw(*records):
    with publication.act() as act:
        act.withdraw(records, reason="Made in error.")
    return act.edition


def indexed_anew() -> tuple[list, list]:
    """What the index would be if it were made now of what is public, and what it is."""
    columns = [field.name for field in SearchEntry._meta.fields if field.name != "id"]

    def held():
        words = SearchWord.objects.order_by("word").values_list("word", "uses", "named")
        return [*SearchEntry.objects.order_by("kind", "record").values_list(*columns)], [*words]

    kept = held()
    index.fill("default")
    return kept, held()


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Türkiye", "turkiye"),
        ("TÜRKİYE", "turkiye"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Nick Hækkerup", "nick haekkerup"),
        ("Peter O'Neill", "peter oneill"),
        ("Guinea-Bissau", "guinea bissau"),
        ("U.S.–Palau", "us palau"),
        ("J.G.G. v. Trump", "jgg v trump"),
        ("the U.S. and the E.U", "the us and the eu"),
        ("E. Guinea", "e guinea"),
        ("$7.5 million", "7 5 million"),
        ("“dead and buried”", "dead and buried"),
        ("a_b", "a b"),
        ("Straße", "strasse"),
        ("Рим и Київ", "рим и киів"),
        ("…–!", ""),
    ],
)
def test_plain_words_have_no_accents_case_apostrophes_or_hyphens(text, words):
    assert plain(text) == words
    assert plain(words) == words


def test_what_is_typed_is_taken_apart_into_words_phrases_and_what_to_leave_out():
    assert parse('Rwanda "return hub" -Israel -"in force" US') == Query(
        (Term(("rwanda",), True), Term(("return", "hub")), Term(("us",))),
        (Term(("israel",)), Term(("in", "force"))),
    )
    assert parse("“return hub” −Israel").terms == (Term(("return", "hub")),)
    assert parse("“return hub” −Israel").without == (Term(("israel",)),)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        ('- " -" -- …', []),
        ('"unfinished phrase', ["unfinished phrase"]),
        ('foo"bar baz"', ["foo", "bar baz"]),
        ("Guinea-Bissau", ["guinea", "bissau"]),
        ("us-rw-2025", ["us", "rw", "2025"]),
        ("rwanda Rwanda RWANDA", ["rwanda"]),
        ("Côte d'Ivoire", ["cote", "divoire"]),
    ],
)
def test_signs_part_words_and_repeats_count_once(typed, terms):
    assert [str(term) for term in parse(typed).terms] == terms


def test_a_query_of_nothing_but_what_to_leave_out_asks_for_nothing():
    query = parse("-Israel")
    assert not query
    assert query.without == (Term(("israel",)),)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_somehow(typed):
    for term in (*parse(typed).terms, *parse(typed).without):
        assert term.words
        assert all(word and plain(word) == word for word in term.words)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("nduhungirehe", "nduhungirehe", 0),
        ("nduhungirehe", "nduhungireke", 1),
        ("nduhungirehe", "ndhungirehe", 1),
        ("ghana", "ghnaa", 1),
        ("meloni", "melonni", 1),
        ("rwanda", "uganda", 2),
        ("rwanda", "burundi", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_letters_changed_added_left_out_or_exchanged(one, other, distance):
    assert slips(one, other, most=2) == slips(other, one, most=2) == distance


# --- What is marked -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Türkiye said", "turkiye", "[Türkiye] said"),
        ("Rwandan, in Rwanda.", "rwanda", "[Rwandan], in [Rwanda]."),
        ("Use of US and U.S. bases", "us", "Use of [US] and [U.S.] bases"),
        ("A return, a return hub", '"return hub"', "A return, a [return hub]"),
        ("Côte d’Ivoire", "cote d ivoire", "[Côte] [d’Ivoire]"),
        ("Peter O'Neill", "oneill", "Peter [O'Neill]"),
        ("<b>hub</b>", "hub", "<b>[hub]</b>"),
        ("nothing", "else", "nothing"),
    ],
)
def test_what_was_looked_for_is_marked_as_it_is_written(text, typed, expected):
    segments = marked(text, parse(typed).terms)
    assert shown(segments) == expected
    assert "".join(segment.text for segment in segments) == text


@given(st.text(max_size=80), st.text(max_size=30))
def test_pieces_make_up_the_text_again(text, typed):
    assert "".join(segment.text for segment in marked(text, parse(typed).terms)) == text


def test_an_extract_is_of_the_paragraph_that_holds_most_and_is_cut_around_it():
    filler = "word " * 100
    text = f"One of hubs.\n{filler}the return hub in Kigali {filler}\nLast."
    cut = shown(extract(text, parse("return hub kigali").terms, most=80))
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "the [return] [hub] in [Kigali]" in cut
    assert len(cut) < 110


def test_an_extract_shows_what_the_title_does_not_say():
    text = "Kagame, first.\nKagame on money."
    assert shown(extract(text, parse("kagame money").terms, title="Paul Kagame")) == "[Kagame] on [money]."
    assert shown(extract(text, parse("kagame").terms, title="Paul Kagame")) == "[Kagame], first."
    assert extract(text, parse("paul").terms, only_if_marked=True) == []
    assert extract("", parse("paul").terms) == []


# --- What is found --------------------------------------------------------------------------------


@with_database
def test_all_kinds_are_found_and_grouped_the_kind_with_the_best_first():
    agreement = make_agreement(sources=[make_source("report", title="Rwanda in talks")])
    minister = make_official("minister", name="Olivier Nduhungirehe")
    make_position(minister, title="Minister of Rwanda")
    make_statement(minister, id="said", summary="Of Rwanda.")
    results = search("rwanda")
    assert [group.kind for group in results.groups] == ["country", "agreement", "official", "statement", "source"]
    assert found("rwanda") == ["RWA", agreement.pk, "minister", "said", "report"]
    assert [hit.kind for hit in results.hits] == [group.kind for group in results.groups]
    assert {kind: group.count for kind, group in results.counts.items()} == dict.fromkeys(SearchKind, 1)


@with_database
def test_the_thing_itself_comes_before_what_begins_so_is_named_so_or_tells_of_it():
    for id, name in (
        ("d-word-begins", "Office of the Hubbards"),
        ("c-in-a-row", "The return hub office"),
        ("b-begins", "Return hub office"),
        ("a-itself", "Return Hub"),
        ("e-not-in-a-row", "Hub of return"),
    ):
        make_official(id, name=name)
    make_position(make_official("f-in-its-office", name="Ann"), title="Return hub director")
    assert found("return hub", limit=9) == ["a-itself", "b-begins", "c-in-a-row", "e-not-in-a-row", "f-in-its-office"]
    assert found("hub", limit=9)[:2] == ["e-not-in-a-row", "a-itself"]
    assert found("hub", limit=9)[-2:] == ["d-word-begins", "f-in-its-office"]


@with_database
def test_of_equally_good_finds_agreements_and_countries_come_first_then_the_newest_then_the_id():
    make_source("source", title="xyzzy")
    for id, date in (("b", "2025-01-01"), ("a", "2025-01-01"), ("c", "2025-02-01")):
        make_statement(id=id, date=day(date), quote="xyzzy")
    make_agreement("us-rw-2024", summary="xyzzy")
    # The whole title of a source comes before what tells of it; a word of it is a word of a text.
    assert found("xyzzy") == ["source", "us-rw-2024", "c", "a", "b"]
    make_source("other", title="A report of xyzzy")
    make_agreement("us-rw-2023", summary="of xyzzy, a report")
    assert found("report xyzzy") == ["us-rw-2023", "other"]


@with_database
def test_a_source_that_is_called_like_a_country_comes_after_its_agreements_and_officials():
    make_source("page", title="Rwanda")
    make_agreement()
    make_official("government", name="The government of Rwanda")
    assert [group.kind for group in search("rwanda").groups] == ["country", "agreement", "official", "source"]


@with_database
@pytest.mark.parametrize(
    "typed", ["Cote d Ivoire", "CÔTE D’IVOIRE", "cote d'ivoire", "Cote dIvoire", "cotedivoire", "ivory coast", "CIV"]
)
def test_a_country_is_found_however_its_name_is_written(typed):
    make_country("CIV", name="Côte d’Ivoire", slug="cote-divoire")
    make_country("RWA")
    assert found(typed) == ["CIV"]


@with_database
def test_words_that_nothing_has_are_taken_for_misspelt_and_it_says_so():
    make_official("minister", name="Olivier Nduhungirehe")
    for typed in ("Nduhungireke", "ndhungirehe", "Nduhugnirehe", "olivier nduhungiree"):
        results = search(typed)
        assert [hit.record for hit in results.hits] == ["minister"], typed
        assert [each.used for each in results.corrections] == ["nduhungirehe"]
    assert search("Nduhungirehe").corrections == []
    assert found("Ndxhxngxrehx") == []


@with_database
def test_a_misspelt_word_stands_for_the_nearest_name_before_the_nearest_word():
    make_official("right", name="Kamina")
    make_statement(make_official("said", name="Ann"), id="other", summary="komina komina", quote="")
    assert search("kxmina").corrections[0].used == "kamina"
    make_statement(make_official("again", name="Kxminas"), summary="kxmina")
    assert search("kxmina").corrections == []


@with_database
def test_a_short_word_or_one_in_a_phrase_is_not_corrected():
    make_official("minister", name="Olivier Ali")
    assert found("Alo") == []
    assert search('"Olivier Alo"').corrections == []
    assert search('"Olivier Alo"').some_words


@with_database
def test_a_phrase_is_its_words_in_a_row_and_whole():
    make_statement(id="in-a-row", quote="The deal is dead and buried.")
    make_statement(id="scattered", quote="Buried and dead, all deals.")
    make_statement(id="goes-on", quote="dead and buriedly")
    assert found('"dead and buried"') == ["in-a-row"]
    assert found("dead and buried")[0] == "in-a-row"
    assert set(found("dead and buried")) == {"in-a-row", "scattered", "goes-on"}
    assert set(found('"dead"')) == {"in-a-row", "scattered", "goes-on"}
    assert found('"bury"') == []


@with_database
def test_a_phrase_does_not_begin_in_one_text_and_end_in_the_next():
    make_position(make_official("minister", name="Ann Hub", country=None), title="Return director")
    assert found('"ann hub"') == found('"return director"') == ["minister"]
    assert search('"hub return"').some_words


@with_database
def test_a_minus_leaves_out_the_word_and_not_those_that_begin_so():
    make_statement(id="one", quote="A hub in Kigali.")
    make_statement(id="two", quote="A hub in Kigali, a transit centre.")
    make_statement(id="three", quote="A hub in transition.")
    assert set(found("hub")) == {"one", "two", "three"}
    assert set(found("hub -kigali")) == {"three"}
    assert set(found("hub -transit")) == {"one", "three"}
    assert set(found('hub -"transit centre"')) == {"one", "three"}
    assert found("-kigali") == []


@with_database
def test_where_nothing_has_all_of_the_words_what_has_most_of_them_comes_first():
    make_statement(id="two", quote="A hub in Kigali.")
    make_statement(id="one", quote="A hub.", date=day("2026-01-01"))
    make_statement(id="left-out", quote="A hub in Kigali, secret.")
    results = search("kigali hub mzuzu -secret")
    assert results.some_words
    assert [hit.record for hit in results.hits] == ["two", "one"]
    assert not search("kigali hub").some_words


@with_database
def test_short_words_are_found_whole_and_longer_ones_as_beginnings():
    make_statement(id="one", quote="The US said", summary="-")
    deal = make_agreement("gb-rw-2022", sender="GBR")
    make_statement(id="two", quote="Users of deportations", summary="-", agreements=[deal])
    assert found("us", kinds=[SearchKind.STATEMENT]) == ["one"]
    assert found("deport", kinds=[SearchKind.STATEMENT]) == ["two"]


@with_database
@pytest.mark.parametrize(
    "typed", ["", "  ", "-", '"', "' OR 1=1 --", "½ ①", "AND OR NOT NEAR", "names: x*", "&|!<->", "\\", "a" * 200]
)
def test_no_query_breaks_either_engine(typed):
    make_agreement()
    assert isinstance(found(typed), list)
    assert isinstance(suggested(typed), list)


@with_database
def test_only_the_kinds_asked_for_are_shown_and_all_are_counted():
    make_agreement()
    make_statement(id="said")
    results = search("rwanda", kinds=[SearchKind.STATEMENT])
    assert [hit.record for hit in results.hits] == ["said"]
    assert set(results.counts) == {"agreement", "country", "official", "statement"}


@with_database
def test_the_finds_of_a_kind_are_counted_and_given_a_page_at_a_time():
    for number in range(7):
        make_source(f"s-{number}", title="xyzzy", published=dt.date(2025, 1, 1 + number))
    assert [found("xyzzy", limit=3, offset=offset) for offset in (0, 3, 6, 9)] == [
        ["s-6", "s-5", "s-4"],
        ["s-3", "s-2", "s-1"],
        ["s-0"],
        [],
    ]
    with mock.patch("agreements.search.MOST", 5):
        group = search("xyzzy").counts[SearchKind.SOURCE]
        assert (group.count, group.or_more) == (5, True)
        # Of too many, those indexed last are looked at.
        assert found("xyzzy", limit=9) == ["s-6", "s-5", "s-4", "s-3", "s-2"]


@with_database
def test_a_name_is_found_among_too_many_that_tell_of_it():
    make_official("kigali", name="Kigali Hub")
    for number in range(4):
        make_position(make_official(f"o-{number}", name=f"Ann {number}"), title="At the Kigali hub")
    with mock.patch("agreements.search.MOST", 2):
        assert found("kigali hub")[0] == "kigali"


@with_database
def test_facts_are_found_in_the_record_that_they_belong_to():
    agreement = make_agreement()
    make_status_change(agreement, note="xyzzy-step")
    make_transfer(agreement, note="xyzzy-flight")
    make_payment(agreement, note="xyzzy-grant")
    make_proceeding(name="xyzzy-case v. Minister", court="xyzzy-court")
    make_assessment(title="xyzzy-finding")
    for word in ("step", "flight", "grant", "case", "court"):
        assert found(f'"xyzzy-{word}"') == ["us-rw-2025"], word
    assert found('"xyzzy-finding"') == ["RWA"]
    assert (
        shown(search("xyzzy case").hits[0].extract)
        == "[xyzzy]-[case] v. Minister. [xyzzy]-court. What the [case] is about."
    )


@with_database
def test_suggestions_are_records_whose_names_begin_so_best_first():
    make_agreement(sources=[make_source(title="Report on Rwanda")])
    make_official("minister", name="Rwabugiri Ann")
    make_statement(id="said", quote="Rwanda")
    # A country's code is one of its names, the minister's begins so, an agreement's id holds it.
    assert suggested("rw")[:3] == ["RWA", "minister", "us-rw-2025"]
    assert suggested("rwanda")[:2] == ["RWA", "us-rw-2025"]
    assert "said" not in suggested("rwanda")
    assert suggested("united rwa") == ["us-rw-2025"]
    assert suggested("rwnda")[0] == "RWA"
    assert suggested("") == suggested("xq") == []


# --- The index keeps to the record ----------------------------------------------------------------


@written_once
def everything() -> None:
    """A record of each kind and table, and drafts beside them."""
    change = make_status_change(make_agreement(sources=[make_source("report", title="Rwanda in talks")]))
    minister = make_official("minister")
    make_position(minister)
    make_statement(minister, id="said", status_change=change, quote="We are in discussions")
    make_transfer(nationalities=["UGA"])
    make_payment()
    make_proceeding()
    make_assessment()
    make_agreement("gb-rw-2022", sender="GBR", summary="plugh", state=State.DRAFT)
    make_statement(make_official("other", name="Ann Other", country=None), id="draft", quote="plugh", state=State.DRAFT)
    make_official("nobody", name="plugh", state=State.IN_REVIEW)
    make_source("secret", title="plugh", state=State.DRAFT)
    make_status_change(note="plugh", state=State.DRAFT)
    make_position(minister, title="plugh", state=State.DRAFT)


def test_drafts_and_what_is_in_review_are_never_found(everything):
    assert found("plugh") == suggested("plugh") == []
    assert "SearchEntry" not in places_of("plugh")
    assert "SearchWord" not in places_of("plugh")


def test_notes_of_the_desk_are_never_found(everything):
    Statement.objects.update(internal_note="plugh")
    change(Statement.objects.get(pk="said"), quote="Something else")
    assert found("something else")[0] == "said"
    assert found("plugh") == []


def test_the_index_kept_by_acts_is_the_one_made_of_the_whole_record(everything):
    statement = Statement.objects.get(pk="said")
    change(statement, quote="Corrected words")
    change(statement.official, name="Another Name")
    change(statement.agreements.get(), title="Another title")
    change(make_country("NRU"), name="Pleasant Island")
    withdraw(make_source("gone"))
    kept, anew = indexed_anew()
    assert kept == anew


def test_what_is_published_is_found_at_once_and_what_is_withdrawn_no_more(everything):
    draft = Statement.objects.get(pk="draft")
    with publication.act() as act:
        act.publish_all([draft])
    assert found("plugh") == ["draft"]
    withdraw(draft)
    assert found("plugh") == []
    assert not SearchWord.objects.filter(word="plugh").exists()


def test_what_is_corrected_is_found_by_its_new_words_alone(everything):
    statement = Statement.objects.get(pk="said")
    change(statement, quote="", summary="frobnicate")
    assert found("frobnicate") == ["said"]
    assert found('"we are in discussions"', kinds=[SearchKind.STATEMENT]) == []


def test_who_is_renamed_is_found_by_the_new_name_with_all_that_names_him(everything):
    change(Statement.objects.get(pk="said").official, name="Zebedee")
    assert found("zebedee") == ["minister", "said"]
    assert found("nduhungirehe") == []
    assert search("zebedee").groups[1].hits[0].title[0].text == "Zebedee"


def test_a_country_that_is_renamed_takes_its_agreements_officials_and_statements_along(everything):
    country = Statement.objects.get(pk="said").official.country
    change(country, name="Zembla", slug="zembla")
    make_source()
    assert set(found("zembla")) == {"RWA", "us-rw-2025", "minister", "said"}
    assert set(found("zembla", kinds=[SearchKind.AGREEMENT])) == {"us-rw-2025"}


def test_a_fact_that_moves_to_another_agreement_is_found_there(everything):
    other = make_agreement("us-rw-2024")
    payment = make_payment(note="frobnicate")
    assert found("frobnicate") == ["us-rw-2025"]
    change(payment, agreement=other)
    assert found("frobnicate") == ["us-rw-2024"]


def test_redacted_words_are_nowhere_in_the_index(everything):
    def traces() -> list[int]:
        """How many blocks of SQLite's own tables hold the name; without its beginning, which they may share."""
        counts = []
        with connection.cursor() as cursor:
            for table in ("agreements_searchentry_fts_data", "agreements_searchword_alike_data"):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE instr(block, CAST('kamana' AS BLOB)) > 0")
                counts += cursor.fetchone()
        return counts

    statement = Statement.objects.get(pk="said")
    change(statement, quote="Said to Jeanne Mukamana.")
    assert found("mukamana") == ["said"]
    assert connection.vendor != "sqlite" or any(traces())
    publication.redact("statements", "said", "quote", words="Jeanne Mukamana", at=NOON)
    assert found("mukamana") == suggested("mukamana") == []
    assert not {"SearchEntry", "SearchWord"} & (places_of("Mukamana") | places_of("mukamana"))
    assert found('"redacted on 2025"') == ["said"]
    assert connection.vendor != "sqlite" or not any(traces())


def test_an_act_that_fails_changes_nothing_in_the_index(everything):
    before = indexed_anew()[0]
    statement = Statement.objects.get(pk="said")

    def fail():
        with publication.act() as act:
            statement.quote = "frobnicate"
            act.publish(statement)
            act.withdraw([statement.official], reason="Made in error.")

    with pytest.raises(publication.Inconsistent):
        fail()
    assert found("frobnicate") == []
    assert indexed_anew()[0] == before


def test_an_act_takes_as_many_queries_for_many_records_as_for_few(db):
    agreement = make_agreement()

    def cost(number: int) -> int:
        drafts = [make_statement(agreements=[agreement], state=State.DRAFT) for _each in range(number)]
        for draft in drafts:
            change(draft.official)
        with CaptureQueriesContext(connection) as queries, publication.act() as act:
            act.publish_all(drafts)
        return len(queries)

    assert cost(2) == cost(12)


def test_a_past_edition_is_searched_for_the_words_of_then(everything, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    official = Statement.objects.get(pk="said").official
    change(official, name="Zebedee Quux")
    then = editions.newest().number - 1
    with editions.reading(editions.moment(then)):
        assert found("nduhungirehe") == ["minister", "said"]
        assert search("nduhungireke").corrections[0].used == "nduhungirehe"
        assert suggested("ndu") == ["minister"]
        assert found("zebedee") == []
    assert found("zebedee") == ["minister", "said"]
    with editions.reading(editions.moment(then, as_of=dt.date(2025, 5, 3))):
        assert found("nduhungirehe") == ["minister"]


def test_a_database_of_an_earlier_release_is_searchable_after_migrate(everything):
    before = indexed_anew()[0]
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    SearchForm.objects.all().delete()
    assert found("rwanda") == []
    index.bring_up_to_date("default")
    assert indexed_anew()[0] == before
    assert found("rwanda")[0] == "RWA"
    with CaptureQueriesContext(connection) as queries:
        index.bring_up_to_date("default")
    assert not [query for query in queries if "INSERT" in query["sql"]]


def test_what_an_engine_lost_is_made_again_by_migrate(everything):
    lost = {
        "sqlite": "DROP TRIGGER agreements_searchentry_changed",
        "postgresql": "DROP INDEX agreements_searchentry_words",
    }
    before = found("rwanda", limit=9)
    with connection.cursor() as cursor:
        cursor.execute(lost[connection.vendor])
    assert not engines.is_prepared(connection)
    index.bring_up_to_date("default")
    assert engines.is_prepared(connection)
    assert found("rwanda", limit=9) == before
    change(Statement.objects.get(pk="said"), quote="frobnicate")
    assert found("frobnicate") == ["said"]


def test_a_search_costs_as_many_queries_on_many_records_as_on_few(db):
    make_official("minister")

    def cost() -> list[int]:
        counts = []
        for typed in ("nduhungirehe", "nduhungireke", "rwanda mzuzu", '"in discussions" -hub'):
            for ask in (search, suggest):
                with CaptureQueriesContext(connection) as queries:
                    ask(typed)
                counts.append(len(queries))
        return counts

    make_statement()
    few = cost()
    for _each in range(8):
        make_statement(sources=[make_source(title="Rwanda")])
    assert cost() == few
    assert max(few) < 16
