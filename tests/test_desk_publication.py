"""What editors may make public and what not: two persons, proposals, every refusal with its field, many at once."""

import datetime as dt
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import Phase, given, strategies
from hypothesis import settings as made_up

from agreements import editions, publication
from agreements.dataset.check import check_across, judged
from agreements.dataset.dump import dump
from agreements.dataset.load import load
from agreements.dataset.read import Line
from agreements.dataset.rows import MODELS, TABLE_OF, fill, row_of
from agreements.models import Edition, Proposal, Record, Source, Statement
from agreements.vocabulary import ProposalState, State
from tests.database import everything, fresh, key, places_of
from tests.dataset.packages import Dataset
from tests.factories import (
    make_agreement,
    make_assessment,
    make_country,
    make_editor,
    make_official,
    make_payment,
    make_position,
    make_proceeding,
    make_source,
    make_statement,
    make_status_change,
    make_transfer,
    written,
)

with_database = pytest.mark.django_db

SAID = "olivier-nduhungirehe-2025-05-04"
NO_SUBMISSION = "{} is a draft that its author has not submitted yet."
OWN = "You wrote {}: another editor than its author publishes it."
OWN_PROPOSAL = "You proposed the change to {}: another editor than its author accepts it."


@pytest.fixture
def ada(db) -> User:
    return make_editor("ada")


@pytest.fixture
def bob(db) -> User:
    return make_editor("bob")


@pytest.fixture
def carol(db) -> User:
    return make_editor("carol", "contributor")


@pytest.fixture
def dan(db) -> User:
    return make_editor("dan", "contributor")


@pytest.fixture
def one_person(settings) -> None:
    settings.TWO_PERSON_RULE = False


def save(record: Record, *, by: User, note: str = "Corrected.", internal_note: str = "", **cells: str):
    """What a form of the desk does, with these cells typed over what it opened on."""
    with publication.at_desk(by=by, note=note) as act:
        proposal = publication.open_proposal(record)
        opened = publication.merge(proposal, fresh(record))[0] if proposal else row_of(fresh(record))
        act.keep(fresh(record), opened | cells, internal_note=internal_note)
    return act


def draft(*, by: User | None, submitted: bool = False, **values: object) -> Source:
    return written(make_source(**{"id": "draft", "state": State.DRAFT, **values}), by=by, submitted=submitted)


def publish(*records: Record, by: User, note: str = ""):
    with publication.at_desk(by=by, note=note) as act:
        act.publish_all(records)
    return act


def accept(proposal: Proposal, *, by: User):
    with publication.at_desk(by=by, note=proposal.note) as act:
        act.accept([proposal])
    return act


def withdraw(*records: Record, by: User, reason: str = "Forged."):
    with publication.at_desk(by=by, note=reason) as act:
        act.withdraw(records, reason=reason)
    return act


def propose(record: Record, *, by: User, note: str = "Corrected.", **cells: str) -> Proposal:
    (proposal,) = save(record, by=by, note=note, **cells).proposed
    return proposal


def reasons(do, *arguments: object, **values: object) -> list[publication.Reason]:
    """Why something is refused; it leaves no trace."""
    before = everything()
    with pytest.raises(publication.Inconsistent) as caught:
        do(*arguments, **values)
    assert everything() == before
    return caught.value.reasons


def about(found: list[publication.Reason]) -> list[tuple[str, tuple[str, str, str]]]:
    """Each reason with the table, the id and the column that it is about."""
    return [(str(reason), (reason.table, reason.id, reason.column)) for reason in found]


def forbidden(do, *arguments: object, **values: object) -> None:
    """It is not this user's to do, and leaves no trace."""
    before = everything()
    with pytest.raises(PermissionDenied):
        do(*arguments, **values)
    assert everything() == before


def public(record: Record) -> dict[str, str]:
    """What the public knows of a record, by the record and by the editions alike."""
    row = publication.last_public_row(TABLE_OF[type(record)], record.pk)
    stored = fresh(record)
    assert row == (row_of(stored) if stored.state == State.PUBLISHED else {})
    return row


# --- Two persons ----------------------------------------------------------------------------------


def test_under_the_rule_an_editor_does_not_publish_what_he_wrote(ada, bob):
    for submitted in (False, True):
        own = draft(by=ada, submitted=submitted, id=f"draft-{submitted}".lower())
        (reason,) = reasons(publish, own, by=ada)
        assert (reason, reason.table, reason.id) == (OWN.format(key(own)), "sources", own.pk)
        assert publication.objections_to(ada, own) == [reason]
    assert publication.objections_to(bob, own) == []
    assert publish(own, by=bob).edition.number == 1
    assert fresh(own).state == State.PUBLISHED


def test_without_the_rule_he_does_submitted_or_not(ada, one_person):
    for submitted in (False, True):
        own = draft(by=ada, submitted=submitted, id=f"draft-{submitted}".lower())
        assert publication.objections_to(ada, own) == []
        assert publish(own, by=ada).edition


@pytest.mark.parametrize("rule", [True, False])
def test_a_draft_that_its_author_did_not_submit_is_published_by_nobody_else(ada, bob, carol, settings, rule):
    settings.TWO_PERSON_RULE = rule
    for author in (bob, carol):
        another = draft(by=author, id=f"draft-of-{author}")
        assert reasons(publish, another, by=ada) == [NO_SUBMISSION.format(key(another))]
        # Nor is it handed in by another than its author.
        forbidden(publication.submit, [another], by=ada)
        publication.submit([another], by=author)
        assert publish(another, by=ada).edition


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_a_draft_of_nobody_waits_for_no_second_person(ada, settings, rule, state):
    settings.TWO_PERSON_RULE = rule
    nobodys = draft(by=None, state=state)
    assert publication.objections_to(ada, nobodys) == []
    assert publish(nobodys, by=ada).edition


def test_who_changed_a_draft_last_is_its_author_and_the_first_one_may_publish_it(ada, bob):
    source = draft(by=ada, submitted=True)
    save(source, by=bob, title="Another title")
    source = fresh(source)
    assert (source.author, source.state, source.title) == (bob, State.IN_REVIEW, "Another title")
    assert reasons(publish, source, by=bob) == [OWN.format("sources/draft")]
    assert publish(source, by=ada).edition


def test_an_internal_note_makes_nobody_an_author(ada, bob):
    source = draft(by=ada, submitted=True)
    save(source, by=bob, internal_note="Good.")
    assert (fresh(source).author, fresh(source).internal_note) == (ada, "Good.")
    assert publish(source, by=bob).edition


def test_what_was_withdrawn_comes_back_by_another_than_who_wrote_it(ada, bob, carol):
    source = draft(by=ada, submitted=True)
    publish(source, by=bob)
    withdraw(source, by=ada)
    assert reasons(publish, fresh(source), by=ada) == [OWN.format("sources/draft")]
    # What he changes in it meanwhile, only he has read.
    save(source, by=bob, title="Changed while nobody saw it")
    assert public(source) == {}
    assert reasons(publish, fresh(source), by=bob) == [OWN.format("sources/draft")]
    assert reasons(save, source, by=carol, title="Of a contributor") == ["sources/draft is not yours to change."]
    publish(fresh(source), by=ada)
    assert public(source)["title"] == "Changed while nobody saw it"


def test_a_source_does_not_come_back_to_an_address_that_another_has_by_now(ada):
    gone = make_source("gone", url="https://gazette.example/story", state=State.WITHDRAWN)
    make_source("new", url="https://gazette.example/story")
    found = reasons(publish, gone, by=ada)
    assert about(found) == [("sources/gone, address: sources/new has the same.", ("sources", "gone", "url"))]


def test_an_author_of_a_correction_is_the_author_of_the_record(ada, bob, settings):
    source = make_source("a")
    accept(propose(source, by=ada, title="Another title"), by=bob)
    assert fresh(source).author == ada
    settings.TWO_PERSON_RULE = False
    save(source, by=bob, title="A third title")
    assert fresh(source).author == bob


@pytest.mark.parametrize("rule", [True, False])
def test_a_contributor_publishes_withdraws_accepts_and_declines_nothing(ada, carol, dan, settings, rule):
    settings.TWO_PERSON_RULE = rule
    own, another = draft(by=carol, submitted=True), draft(by=dan, submitted=True, id="another")
    nobodys = draft(by=None, id="nobodys")
    published = make_source("published")
    for record in (own, another, nobodys, published):
        forbidden(publish, record, by=carol)
        forbidden(withdraw, record, by=carol)
    for author, id in ((dan, "a"), (carol, "b"), (None, "c")):
        proposal = propose(make_source(id), by=author or ada if rule or author else dan, title="Proposed")
        Proposal.objects.filter(pk=proposal.pk).update(author=author)
        proposal.refresh_from_db()
        forbidden(accept, proposal, by=carol)
        forbidden(publication.decline, proposal, by=carol, answer="No.")
        if author != carol:
            forbidden(publication.take_back, proposal, by=carol)


def test_a_contributor_makes_nothing_public_by_another_way(carol):
    """What a page might do by mistake: mark, or write to, a public record within an act of his."""
    source, hidden = make_source("a"), draft(by=None)

    def correct_directly():
        with publication.at_desk(by=carol, note="Mine.") as act:
            publication.desk.write(source, row_of(source) | {"title": "Mine"}, by=carol)
            act.corrected(source)

    def mark():
        with publication.at_desk(by=carol, note="Mine.") as act:
            act.mark_published(hidden)
            hidden.save()

    forbidden(correct_directly)
    forbidden(mark)


def test_a_contributor_changes_and_hands_in_no_draft_of_another(carol, dan):
    another = draft(by=dan)
    found = reasons(save, another, by=carol, title="Mine now")
    assert about(found) == [("sources/draft is not yours to change.", ("sources", "draft", ""))]
    forbidden(publication.submit, [another], by=carol)
    publication.submit([another], by=dan)
    forbidden(publication.send_back, [fresh(another)], by=carol, answer="")


def test_an_author_takes_back_what_he_submitted_and_an_editor_sends_it_back(ada, carol):
    source = draft(by=carol, submitted=True)
    publication.send_back([source], by=carol, answer="")
    assert fresh(source).state == State.DRAFT
    publication.submit([fresh(source)], by=carol)
    publication.send_back([fresh(source)], by=ada, answer="Which edition of the Gazette?")
    newest = source.history.first()
    assert (newest.state, newest.history_user, newest.history_change_reason) == (
        State.DRAFT,
        ada,
        "Which edition of the Gazette?",
    )


def test_who_hands_in_a_record_hands_in_his_own_drafts_that_it_refers_to(carol, dan):
    own, another = draft(by=carol, id="own"), draft(by=dan, id="another")
    statement = written(make_statement(sources=[own, another], state=State.DRAFT), by=carol)
    assert set(publication.submit([statement], by=carol)) == {statement, own}
    assert [fresh(each).state for each in (statement, own, another)] == [State.IN_REVIEW, State.IN_REVIEW, State.DRAFT]


def test_records_looked_up_before_another_act_are_judged_as_they_stand_now(ada, bob):
    """What each page holds in its hands when its act begins may be a moment old."""
    source = draft(by=ada, submitted=True)
    old = fresh(source)
    first = publish(source, by=bob)
    published_at, versions = fresh(source).published_at, source.history.count()
    publication.submit([fresh(source), old], by=ada)
    publication.send_back([old], by=ada, answer="Too late.")
    assert publish(old, by=bob).edition is None
    assert (fresh(source).state, fresh(source).published_at) == (State.PUBLISHED, published_at)
    assert (Edition.objects.count(), source.history.count()) == (first.edition.number, versions)
    old = fresh(source)
    withdraw(source, by=bob, reason="Forged.")
    assert withdraw(old, by=ada, reason="Another reason.").edition is None
    assert fresh(source).withdrawal_reason == "Forged."


def test_a_draft_that_was_discarded_meanwhile_is_published_by_nobody(ada):
    source = draft(by=None)
    Source.objects.filter(pk=source.pk).delete()
    assert publish(source, by=ada).edition is None
    assert publication.submit([source], by=ada) == []


# --- Corrections of what is public ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "role", "at_once"),
    [(True, "editor", False), (True, "contributor", False), (False, "contributor", False), (False, "editor", True)],
)
def test_a_correction_is_public_at_once_for_an_editor_without_the_rule_and_a_proposal_otherwise(
    settings, db, client, rule, role, at_once
):
    settings.TWO_PERSON_RULE = rule
    user, source = make_editor("eve", role), make_source("a")
    before, page, editions = public(source), client.get("/sources/a/").content, Edition.objects.count()
    act = save(source, by=user, note="The title was wrong.", title="Another title", publisher="The Herald")
    if at_once:
        assert (act.proposed, Proposal.objects.count(), Edition.objects.count()) == ([], 0, editions + 1)
        assert act.edition.note == "The title was wrong."
        assert public(source) == before | {"title": "Another title", "publisher": "The Herald"}
        newest = source.history.first()
        assert (newest.history_user, newest.history_change_reason) == (user, "The title was wrong.")
        return
    (proposal,) = act.proposed
    assert proposal == publication.open_proposal(source)
    assert (proposal.author, proposal.note, proposal.before) == (user, "The title was wrong.", before)
    assert publication.changed_columns(proposal) == ["title", "publisher"]
    assert (act.edition, Edition.objects.count()) == (None, editions)
    assert public(source) == before
    assert client.get("/sources/a/").content == page
    accept(proposal, by=make_editor("second"))
    assert public(source) == before | {"title": "Another title", "publisher": "The Herald"}
    assert b"Another title" in client.get("/sources/a/").content


def test_under_the_rule_an_editor_does_not_accept_what_he_proposed(ada, bob, settings):
    proposal = propose(make_source("a"), by=ada, title="Proposed")
    found = reasons(accept, proposal, by=ada)
    assert about(found) == [(OWN_PROPOSAL.format("sources/a"), ("sources", "a", ""))]
    assert publication.objections_to_change(ada, proposal) == found
    assert publication.objections_to_change(bob, proposal) == []
    settings.TWO_PERSON_RULE = False
    assert accept(proposal, by=ada).edition


def test_an_accepted_proposal_has_its_author_in_the_history_and_who_accepted_it_beside_it(ada, carol):
    source = make_source("a")
    proposal = propose(source, by=carol, note="The title was wrong.", title="Proposed")
    act = accept(proposal, by=ada)
    assert (act.edition.note, act.changed) == ("The title was wrong.", [source])
    newest = source.history.first()
    assert (newest.history_user, newest.history_change_reason) == (carol, "The title was wrong.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decided_at) == (ProposalState.ACCEPTED, ada, act.at)
    assert publication.open_proposal(source) is None
    assert reasons(accept, proposal, by=ada) == ["The proposal was decided already."]


def test_a_second_editor_goes_on_from_a_proposal_and_becomes_its_author(ada, bob, carol):
    source = make_source("a")
    first = propose(source, by=carol, title="Carol's title")
    second = propose(source, by=ada, note="Both.", publisher="The Herald")
    assert second.pk == first.pk
    assert Proposal.objects.count() == 1
    assert (second.author, second.note) == (ada, "Both.")
    assert (second.row["title"], second.row["publisher"]) == ("Carol's title", "The Herald")
    assert reasons(accept, second, by=ada) == [OWN_PROPOSAL.format("sources/a")]
    accept(second, by=bob)
    assert (public(source)["title"], public(source)["publisher"]) == ("Carol's title", "The Herald")


def test_to_propose_the_same_again_changes_nothing(ada, bob):
    source = make_source("a")
    propose(source, by=ada, title="Proposed")
    before = everything()
    assert save(source, by=bob, note="Another note").proposed == []
    assert everything() == before


def test_to_propose_what_is_public_takes_the_proposal_back(ada, bob, carol, dan):
    source = make_source("a", title="As it is")
    for author, other in ((ada, ada), (carol, carol), (carol, bob)):
        proposal = propose(source, by=author, title="Proposed")
        assert save(source, by=other, title="As it is").proposed == []
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == (ProposalState.TAKEN_BACK, other)
    propose(source, by=carol, title="Proposed")
    found = reasons(save, source, by=dan, title="As it is")
    assert found == ["The change proposed for sources/a is another's: he or an editor takes it back."]


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("note", ["", " \n"])
def test_a_correction_without_a_public_note_is_refused(ada, settings, rule, note):
    settings.TWO_PERSON_RULE = rule
    found = reasons(save, make_source("a"), by=ada, note=note, title="Another title")
    assert about(found) == [("Say in a public note what changed and why.", ("sources", "a", "public_note"))]


@pytest.mark.parametrize("rule", [True, False])
def test_what_the_public_does_not_see_needs_no_public_note(ada, settings, rule):
    settings.TWO_PERSON_RULE = rule
    source, editions = make_source("a"), Edition.objects.count()
    act = save(source, by=ada, note="", internal_note="Ask them.")
    assert (act.proposed, act.edition, Edition.objects.count()) == ([], None, editions)
    newest = source.history.first()
    assert (newest.internal_note, newest.history_user) == ("Ask them.", ada)


def test_a_proposal_is_held_to_the_rules_when_it_is_made(ada):
    statement = make_statement(id="said")
    found = reasons(save, statement, by=ada, note="", quote=" ".join(["word"] * 41), sources="", date="2025-05-04")
    assert about(found) == [
        ("Say in a public note what changed and why.", ("statements", "said", "public_note")),
        (
            "statements/said: The quotation has 41 words; at most 40 may be published.",
            ("statements", "said", "quote"),
        ),
        ("statements/said cites no source.", ("statements", "said", "sources")),
    ]


def correct(record: Record, **cells: str) -> None:
    """A correction by the house itself, as a load makes one, past the desk."""
    with publication.act() as act:
        record = fresh(record)
        fill(record, row_of(record) | cells)
        act.publish(record)


def test_accepting_merges_with_what_was_corrected_meanwhile(ada, bob):
    source = make_source("a")
    proposal = propose(source, by=ada, title="Proposed", language="fr")
    correct(source, publisher="The Herald", language="fr")
    accept(proposal, by=bob)
    row = public(source)
    assert (row["title"], row["publisher"], row["language"]) == ("Proposed", "The Herald", "fr")


def test_what_was_proposed_on_words_that_changed_meanwhile_is_refused_until_it_is_saved_anew(ada, bob, carol):
    source = make_source("a", title="Zero")
    proposal = propose(source, by=ada, title="Two", publisher="The Herald")
    correct(source, title="One", language="fr")
    found = reasons(accept, proposal, by=bob)
    assert about(found) == [
        (
            "sources/a, title: changed since this was proposed; open the proposal and save it anew.",
            ("sources", "a", "title"),
        )
    ]
    (again,) = save(source, by=carol, note="Still two.").proposed
    assert (again.pk, again.author, again.before["title"]) == (proposal.pk, carol, "One")
    accept(again, by=bob)
    row = public(source)
    assert (row["title"], row["publisher"], row["language"]) == ("Two", "The Herald", "fr")


def test_who_goes_on_from_an_old_proposal_undoes_no_correction_made_since(ada, bob, carol):
    source = make_source("a", title="Zero", publisher="The Gazette")
    propose(source, by=ada, title="Proposed")
    correct(source, publisher="The Herald")
    proposal = propose(source, by=carol, language="fr")
    accept(proposal, by=bob)
    row = public(source)
    assert (row["title"], row["publisher"], row["language"]) == ("Proposed", "The Herald", "fr")


def test_declining_and_taking_back_leave_the_public_record_as_it_is(ada, bob, carol):
    source = make_source("a")
    before, editions = public(source), Edition.objects.count()
    declined = propose(source, by=carol, title="First")
    publication.decline(declined, by=bob, answer="Not in the source.")
    own = propose(source, by=carol, title="Second")
    publication.take_back(own, by=carol)
    others = propose(source, by=carol, title="Third")
    publication.take_back(others, by=ada)
    found = Proposal.objects.order_by("pk").values_list("state", "decided_by__username", "answer")
    assert list(found) == [
        ("declined", "bob", "Not in the source."),
        ("taken-back", "carol", ""),
        ("taken-back", "ada", ""),
    ]
    assert (public(source), Edition.objects.count()) == (before, editions)


def test_what_is_decided_stays_decided(ada, bob):
    source = make_source("a")
    proposal = propose(source, by=ada, title="Proposed")
    old = Proposal.objects.get()
    accept(proposal, by=bob)
    for again in (
        lambda: publication.decline(old, by=bob, answer="No."),
        lambda: publication.take_back(old, by=ada),
        lambda: accept(old, by=bob),
    ):
        assert reasons(again) == ["The proposal was decided already."]
        old.state = ProposalState.OPEN
    assert public(source)["title"] == "Proposed"


def test_withdrawing_a_record_declines_what_is_proposed_for_it(ada, bob):
    source = make_source("a")
    proposal = propose(source, by=ada, title="Proposed")
    act = withdraw(source, by=bob, reason="Forged.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.decided_at, proposal.answer) == (
        ProposalState.DECLINED,
        bob,
        act.at,
        "Forged.",
    )


def test_a_correction_at_once_settles_what_was_proposed(ada, carol, settings):
    settings.TWO_PERSON_RULE = False
    source = make_source("a")
    proposal = propose(source, by=carol, title="Proposed")
    save(source, by=ada, publisher="The Herald")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.ACCEPTED, ada)
    assert (public(source)["title"], public(source)["publisher"]) == ("Proposed", "The Herald")


def test_what_is_proposed_is_public_with_the_drafts_that_it_refers_to(ada, bob):
    new = draft(by=None, state=State.IN_REVIEW)
    statement = make_statement(id="said")
    proposal = propose(statement, by=ada, sources="draft")
    assert reasons(accept, proposal, by=bob) == ["statements/said refers to sources/draft, which is not public"]
    (companion,) = publication.companions([], [proposal])
    assert companion == new
    with publication.at_desk(by=bob, note=proposal.note) as act:
        act.publish_all([companion])
        act.accept([proposal])
    assert Counter(act.edition.revisions.values_list("kind", flat=True)) == {"added": 1, "changed": 1}
    assert public(statement)["sources"] == "draft"


@pytest.mark.parametrize(
    ("make", "id", "column", "cell", "label"),
    [
        (make_source, "other", "url", "https://gazette.example/story", "address"),
        (make_country, "XYZ", "alpha2", "ZZ", "alpha-2 code"),
    ],
)
def test_what_another_record_holds_by_now_is_refused_in_words(ada, bob, make, id, column, cell, label):
    record = make()
    proposal = propose(record, by=ada, **{column: cell})
    other = make(id, state=State.DRAFT, **{column: cell})
    expected = [(f"{key(record)}, {label}: {key(other)} has the same.", (TABLE_OF[type(record)], record.pk, column))]
    assert about(reasons(accept, proposal, by=bob)) == expected
    assert about(publication.preview(record, lambda: pytest.fail("It was drawn."))) == expected
    publication.take_back(proposal, by=ada)
    assert about(reasons(save, record, by=ada, **{column: cell})) == expected


def test_several_proposals_may_have_to_be_accepted_together(ada, bob):
    one, two = make_status_change(), make_status_change()
    proposals = [propose(one, by=ada, step="2"), propose(two, by=ada, step="1")]
    for proposal in proposals:
        (reason,) = reasons(accept, proposal, by=bob)
        assert "they count from 1 without gap or double" in reason
    with publication.at_desk(by=bob, note="In the other order.") as act:
        act.accept(proposals)
    assert (public(one)["step"], public(two)["step"]) == ("2", "1")


def test_a_load_over_a_record_with_an_open_proposal_is_merged_like_any_correction(ada, bob, tmp_path):
    dataset = Dataset()
    load(dataset.write(tmp_path / "package"))
    statement = Statement.objects.get(pk=SAID)
    proposal = propose(statement, by=ada, summary="He confirmed talks on television.")
    dataset.change("statements", SAID, venue="Kigali")
    assert load(dataset.write(tmp_path / "package")).conflicts == []
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    accept(proposal, by=bob)
    row = public(statement)
    assert (row["summary"], row["venue"]) == ("He confirmed talks on television.", "Kigali")
    # The desk changed it since: the next load tells of a conflict.
    dataset.change("statements", SAID, summary="Something else.")
    (conflict,) = load(dataset.write(tmp_path / "package")).conflicts
    assert (conflict.table, conflict.id) == ("statements", SAID)


def test_what_a_load_withdraws_is_no_longer_changed_by_a_proposal(ada, bob, tmp_path):
    dataset = Dataset()
    load(dataset.write(tmp_path / "package"))
    proposal = propose(Statement.objects.get(pk=SAID), by=ada, summary="He confirmed talks on television.")
    load(dataset.drop("statements", SAID).write(tmp_path / "package"), note="Gone.")
    assert reasons(accept, proposal, by=bob) == [f"statements/{SAID} is no longer public."]
    publication.decline(proposal, by=bob, answer="It is gone.")


WORDS = "Jeanne Mukandutiye"


def test_a_redaction_reaches_proposals_their_notes_and_answers_and_the_history(ada, bob):
    statement = make_statement(id="said", summary=f"{WORDS} was moved.")
    declined = propose(statement, by=ada, note=f"It was {WORDS}.", summary=f"{WORDS} was moved, he said.")
    publication.decline(declined, by=bob, answer=f"Do not name {WORDS}.")
    save(statement, by=bob, internal_note=f"Ask {WORDS}.")
    other = make_source("other")
    accept(propose(other, by=ada, note=f"Names {WORDS}.", title="Another title"), by=bob)
    proposal = propose(statement, by=ada, note="Again.", summary=f"Again, {WORDS} was moved.")
    publication.redact("statements", "said", "summary", words=WORDS)
    assert places_of(WORDS) == set()
    today = f"redacted on {timezone.now():%Y-%m-%d}"
    proposal.refresh_from_db()
    assert (proposal.row["summary"], proposal.before["summary"]) == (
        f"Again, {today} was moved.",
        f"{today} was moved.",
    )
    assert other.history.first().history_change_reason == f"Names {today}."
    # It can be accepted still, and brings no word back.
    accept(proposal, by=bob)
    assert public(statement)["summary"] == f"Again, {today} was moved."


def test_words_that_only_a_proposal_holds_are_redacted_without_an_edition(ada):
    statement = make_statement(id="said")
    editions = Edition.objects.count()
    propose(statement, by=ada, summary=f"{WORDS} was moved.")
    assert publication.redact("statements", "said", "summary", words=WORDS).edition is None
    assert places_of(WORDS) == set()
    assert Edition.objects.count() == editions


# --- Every refusal, with the field that it is about -----------------------------------------------

TODAY = timezone.now().date()


def of_an_official(**values: object) -> Statement:
    """A statement with all that it needs public already."""
    position = make_position()
    return make_statement(position.official, **values)


SOUND = {
    "countries": make_country,
    "sources": make_source,
    "officials": lambda **values: make_position(make_official(**values)).official,
    "positions": make_position,
    "agreements": make_agreement,
    "status_changes": make_status_change,
    "transfers": make_transfer,
    "payments": make_payment,
    "proceedings": make_proceeding,
    "assessments": make_assessment,
    "statements": of_an_official,
}
CITING = ["agreements", "status_changes", "transfers", "payments", "proceedings", "assessments", "statements"]


def faults(table: str, by: User, **values: object) -> list[tuple[str, tuple[str, str, str]]]:
    """What speaks against publishing a draft of the table, as `about` has it; its key is left out of each sentence."""
    record = SOUND[table](state=State.DRAFT, **values)
    found = about(reasons(publish, record, by=by))
    assert {subject[:2] for _text, subject in found} <= {(table, record.pk)}
    return [(text.replace(key(record), "It"), subject[2]) for text, subject in found]


def mended(table: str, by: User, **values: object) -> dict[str, str]:
    """What becomes public of the one draft of the table with these values instead."""
    record = MODELS[table].objects.get(state=State.DRAFT)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    publish(record, by=by)
    return public(record)


@pytest.mark.parametrize("table", SOUND)
def test_a_sound_record_of_any_table_is_refused_for_nothing(ada, table):
    record = SOUND[table](state=State.DRAFT)
    with publication.at_desk(by=ada, note="Note.") as act:
        act.publish_all([*publication.companions([record]), record])
    assert public(record)


@pytest.mark.parametrize("table", CITING)
def test_a_record_without_a_source_is_refused(ada, table):
    assert faults(table, ada, sources=[]) == [("It cites no source.", "sources")]


@pytest.mark.parametrize("table", ["statements", "status_changes", "transfers", "payments"])
@pytest.mark.parametrize(
    ("precision", "date", "first"),
    [("month", dt.date(2025, 5, 4), "2025-05-01"), ("year", dt.date(2025, 5, 1), "2025-01-01")],
)
def test_a_date_is_the_first_day_of_its_period(ada, table, precision, date, first):
    expected = f"It, date: expected {first}, the first day of the {precision}, as the precision says."
    assert faults(table, ada, precision=precision, date=date) == [(expected, "date")]
    assert mended(table, ada, date=dt.date.fromisoformat(first))["date"] == first


@pytest.mark.parametrize(
    ("table", "column", "label"),
    [
        ("statements", "date", "date"),
        ("status_changes", "date", "date"),
        ("transfers", "date", "date"),
        ("sources", "published", "published on"),
        ("assessments", "published", "published on"),
        ("proceedings", "filed", "filed on"),
        ("proceedings", "decided", "decided on"),
        ("agreements", "last_checked", "last checked"),
    ],
)
def test_what_has_happened_has_no_date_yet_to_come(ada, table, column, label):
    # East of the date line it is tomorrow already.
    tomorrow, after = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=2)
    assert faults(table, ada, **{column: after}) == [(f"It, {label}: {after} is yet to come.", column)]
    assert mended(table, ada, **{column: tomorrow})[column] == tomorrow.isoformat()


def test_money_may_be_due_at_a_date_to_come(ada):
    payment = make_payment(date=TODAY + dt.timedelta(days=400), state=State.DRAFT)
    assert publish(payment, by=ada).edition


@pytest.mark.parametrize(
    ("started", "ended", "sound"),
    [
        ("2025-03", "2024", False),
        ("2025-03-02", "2025-03-01", False),
        ("2025-03", "2025", True),
        ("2025", "2025-03", True),
        ("2025-03-02", "2025-03-02", True),
        ("", "2024", True),
    ],
)
def test_a_position_does_not_end_before_it_starts(ada, started, ended, sound):
    if sound:
        assert publish(make_position(started=started, ended=ended, state=State.DRAFT), by=ada).edition
    else:
        expected = f"It, ended: expected an end that is not before the start, {started}."
        assert faults("positions", ada, started=started, ended=ended) == [(expected, "ended")]


@pytest.mark.parametrize(
    ("precision", "date", "sound"),
    [
        ("day", dt.date(2025, 6, 14), False),
        ("month", dt.date(2025, 5, 1), False),
        ("year", dt.date(2024, 1, 1), False),
        ("day", dt.date(2025, 6, 15), True),
        ("month", dt.date(2025, 6, 1), True),
        ("year", dt.date(2025, 1, 1), True),
    ],
)
def test_a_step_is_not_over_before_the_step_before_it_begins(ada, precision, date, sound):
    make_status_change(date=dt.date(2025, 6, 15))
    after = make_status_change(date=date, precision=precision, state=State.DRAFT)
    if sound:
        assert publish(after, by=ada).edition
    else:
        assert about(reasons(publish, after, by=ada)) == [
            (
                f"{key(after)}, date: expected a period that does not end before step 1 begins, on 2025-06-15.",
                ("status_changes", "us-rw-2025-2", "date"),
            )
        ]


def test_a_step_that_comes_to_stand_before_another_is_judged_with_it(ada, one_person):
    one, two = make_status_change(date=dt.date(2025, 6, 1)), make_status_change(date=dt.date(2025, 6, 15))
    found = reasons(save, one, by=ada, date="2025-07-01")
    assert about(found) == [
        (
            f"{key(two)}, date: expected a period that does not end before step 1 begins, on 2025-07-01.",
            ("status_changes", two.pk, "date"),
        )
    ]


@pytest.mark.parametrize(("step", "steps"), [(3, "1, 3"), (1, "1, 1")])
def test_a_gap_or_a_double_among_the_steps_is_refused(ada, step, steps):
    make_status_change()
    found = reasons(publish, make_status_change(step=step, state=State.DRAFT), by=ada)
    text = f"agreements/us-rw-2025: its public steps are {steps}; they count from 1 without gap or double"
    assert about(found) == [(text, ("agreements", "us-rw-2025", "step"))]


def test_a_quotation_of_more_than_40_words_is_refused(ada):
    too_long = "It: The quotation has 41 words; at most 40 may be published."
    assert faults("statements", ada, quote=" ".join(["word"] * 41)) == [(too_long, "quote")]
    assert mended("statements", ada, quote=" ".join(["word"] * 40))


def test_an_official_without_any_position_is_refused_and_with_him_what_he_said(ada):
    official = make_official("minister", state=State.DRAFT)
    without = ("officials/minister has no published position.", ("officials", "minister", "positions"))
    assert about(reasons(publish, official, by=ada)) == [without]
    statement = make_statement(official, state=State.DRAFT)
    assert about(reasons(publish, official, statement, by=ada)) == [without]
    make_position(official, state=State.WITHDRAWN)
    assert about(reasons(publish, official, statement, by=ada)) == [without]
    assert publish(official, statement, make_position(official, state=State.DRAFT), by=ada).edition


def test_what_a_public_official_without_a_position_says_is_refused(ada):
    statement = make_statement(make_official("minister"), state=State.DRAFT)
    assert about(reasons(publish, statement, by=ada)) == [
        ("officials/minister has no published position.", ("officials", "minister", "positions"))
    ]


def test_a_statement_of_a_status_change_of_another_agreement_is_refused(ada):
    change = make_status_change(make_agreement(receiver="UGA"))
    expected = "It, status change: expected a status change of us-rw-2025, not of us-ug-2025."
    values = {"status_change": change, "agreements": [make_agreement()]}
    assert faults("statements", ada, **values) == [(expected, "status_change")]
    assert mended("statements", ada, status_change=make_status_change())


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_what_refers_to_an_unpublished_record_is_refused_without_it(ada, state):
    hidden = {
        "countries": make_country("UGA", state=state),
        "officials": make_official("hidden", country=None, state=state),
        "sources": make_source("hidden", state=state),
    }
    make_position(make_official("minister"))
    agreement = make_agreement(state=State.DRAFT, receiver=hidden["countries"])
    cases = [
        (make_assessment("a", sources=[hidden["sources"]], state=State.DRAFT), "sources", "sources/hidden"),
        (make_assessment("b", country=hidden["countries"], state=State.DRAFT), "country", "countries/UGA"),
        (make_position(hidden["officials"], id="c", state=State.DRAFT), "official", "officials/hidden"),
        (make_transfer(id="d", nationalities=["USA", "UGA"], state=State.DRAFT), "nationalities", "countries/UGA"),
        (agreement, "receiver", "countries/UGA"),
    ]
    for record, column, target in cases:
        text = f"{key(record)} refers to {target}, which is not public"
        assert about(reasons(publish, record, by=ada)) == [(text, (TABLE_OF[type(record)], record.pk, column))]


def test_whatever_the_dataset_refuses_the_desk_refuses_too(ada):
    for values, text, column in [
        ({"title": " "}, "It, title: expected a value.", "title"),
        ({"url": "https://gazette.example/a b"}, "It, address: expected an address with https://", "url"),
        ({"title": "A\x07bell"}, "It, title: expected text without control characters (this has U+0007).", "title"),
    ]:
        ((said, where),) = faults("sources", ada, **values)
        assert said.startswith(text)
        assert where == column


def test_all_reasons_come_at_once_and_with_those_of_the_two_persons(ada, bob):
    hidden = make_source("hidden", state=State.DRAFT)
    official = written(make_official("minister", state=State.DRAFT), by=bob)
    change = make_status_change(step=2, sources=[], state=State.DRAFT)
    statement = make_statement(
        official,
        id="said",
        date=TODAY + dt.timedelta(days=9),
        quote=" ".join(["word"] * 41),
        sources=[hidden],
        state=State.DRAFT,
    )
    unfit = [
        ("statements/said: The quotation has 41 words; at most 40 may be published.", ("statements", "said", "quote")),
        ("status_changes/us-rw-2025-1 cites no source.", ("status_changes", "us-rw-2025-1", "sources")),
        (f"statements/said, date: {statement.date} is yet to come.", ("statements", "said", "date")),
        ("officials/minister has no published position.", ("officials", "minister", "positions")),
        ("statements/said refers to sources/hidden, which is not public", ("statements", "said", "sources")),
        (
            "agreements/us-rw-2025: its public steps are 2; they count from 1 without gap or double",
            ("agreements", "us-rw-2025", "step"),
        ),
    ]
    publication.submit([official], by=bob)
    assert about(reasons(publish, fresh(official), change, statement, by=ada)) == unfit
    written(official, by=ada)
    own = (OWN.format("officials/minister"), ("officials", "minister", ""))
    assert about(reasons(publish, fresh(official), change, statement, by=ada)) == [own, *unfit]


def test_a_rehearsal_says_what_the_act_would_say_and_leaves_no_trace(ada):
    sound, faulty = make_source("sound", state=State.DRAFT), make_assessment("faulty", sources=[], state=State.DRAFT)
    before = everything()
    assert publication.rehearse(lambda act: act.publish_all([sound]), by=ada) == []
    (reason,) = publication.rehearse(lambda act: act.publish_all([sound, faulty]), by=ada)
    assert reason == "assessments/faulty cites no source."
    assert everything() == before
    assert (sound.state, faulty.state) == (State.DRAFT, State.DRAFT)


# --- What goes with what --------------------------------------------------------------------------


def keys(records) -> list[str]:
    return [key(record) for record in records]


@with_database
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_with_a_statement_goes_all_that_is_not_public_of_what_it_refers_to(state):
    country = make_country("UGA", state=state)
    official = make_official("minister", country=country, state=state)
    for number in (1, 2):
        make_position(official, id=f"office-{number}", state=state)
    agreement = make_agreement(receiver=country, sources=[make_source("paper", state=state)], state=state)
    steps = [make_status_change(agreement, state=state, sources=[make_source("wire", state=state)])]
    steps.append(make_status_change(agreement, state=state))
    statement = make_statement(
        official, status_change=steps[1], sources=[make_source("gazette", state=state), make_source()], state=state
    )
    assert keys(publication.companions([statement])) == [
        "countries/UGA",
        "sources/gazette",
        "sources/paper",
        "sources/wire",
        "officials/minister",
        "positions/office-1",
        "positions/office-2",
        "agreements/us-ug-2025",
        "status_changes/us-ug-2025-1",
        "status_changes/us-ug-2025-2",
    ]


@with_database
def test_with_an_agreement_go_its_steps_and_with_a_step_those_before_it():
    agreement = make_agreement()
    make_status_change(agreement)
    two, three, four = (make_status_change(agreement, state=State.DRAFT) for _ in range(3))
    assert publication.companions([three]) == [two]
    assert publication.companions([four]) == [two, three]
    assert publication.companions([two]) == []
    assert publication.companions([agreement]) == [two, three, four]
    whole = make_payment(agreement, state=State.DRAFT)
    assert publication.companions([make_payment(agreement, part_of=whole, state=State.DRAFT)]) == [whole]


@with_database
def test_what_is_withdrawn_goes_with_nothing():
    official = make_official("minister", country=make_country("UGA", state=State.WITHDRAWN))
    make_position(official, state=State.WITHDRAWN)
    statement = make_statement(official, sources=[make_source(state=State.WITHDRAWN)], state=State.DRAFT)
    make_status_change(state=State.WITHDRAWN)
    assert publication.companions([statement, make_status_change(step=2, state=State.DRAFT)]) == []


@with_database
def test_drafts_of_an_official_who_has_an_office_already_are_not_drawn_along():
    official = make_official("minister")
    make_position(official)
    make_position(official, state=State.DRAFT)
    assert publication.companions([make_statement(official, state=State.DRAFT)]) == []


def test_published_together_they_make_one_edition(ada):
    official = make_official("minister", country=make_country("UGA", state=State.DRAFT), state=State.DRAFT)
    make_position(official, id="office", state=State.DRAFT)
    statement = make_statement(
        official, id="said", sources=[make_source("gazette", state=State.DRAFT)], state=State.DRAFT
    )
    editions = Edition.objects.count()
    publish(statement, *publication.companions([statement]), by=ada, note="A statement.")
    (edition,) = Edition.objects.filter(number__gt=editions)
    assert {(str(each.kind), f"{each.table}/{each.record}") for each in edition.revisions.all()} == {
        ("added", "countries/UGA"),
        ("added", "sources/gazette"),
        ("added", "officials/minister"),
        ("added", "positions/office"),
        ("added", "statements/said"),
    }


# --- At the same moment ---------------------------------------------------------------------------


def at_once(*acts) -> list:
    """What each of the acts gives or raises when all begin at the same moment."""
    ready = threading.Barrier(len(acts))

    def do(act):
        try:
            ready.wait(timeout=60)
            return act()
        except (publication.Inconsistent, PermissionDenied) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


at_the_same_moment = pytest.mark.django_db(transaction=True)


@at_the_same_moment
def test_two_editors_accept_two_proposals_at_once():
    ada, bob = make_editor("ada"), make_editor("bob")
    first, second = make_source("a"), make_source("b")
    editions = Edition.objects.count()
    of_ada, of_bob = propose(first, by=ada, title="Ada's"), propose(second, by=bob, title="Bob's")
    acts = at_once(lambda: accept(of_ada, by=bob), lambda: accept(of_bob, by=ada))
    assert {act.edition.number for act in acts} == {editions + 1, editions + 2}
    assert (public(first)["title"], public(second)["title"]) == ("Ada's", "Bob's")


@at_the_same_moment
def test_one_proposal_is_decided_once():
    ada, bob, carol = make_editor("ada"), make_editor("bob"), make_editor("carol", "contributor")
    proposal = propose(make_source("a"), by=carol, title="Proposed")
    mine, yours, own = Proposal.objects.get(), Proposal.objects.get(), Proposal.objects.get()
    editions = Edition.objects.count()
    answers = at_once(
        lambda: accept(mine, by=ada),
        lambda: publication.decline(yours, by=bob, answer="No."),
        lambda: publication.take_back(own, by=carol),
    )
    refused = [answer for answer in answers if isinstance(answer, publication.Inconsistent)]
    assert [refusal.reasons for refusal in refused] == [["The proposal was decided already."]] * 2
    proposal.refresh_from_db()
    accepted = proposal.state == ProposalState.ACCEPTED
    assert Edition.objects.count() == editions + accepted
    assert (public(Source.objects.get(pk="a"))["title"] == "Proposed") == accepted


@at_the_same_moment
def test_a_draft_that_two_publish_at_once_is_in_one_edition():
    ada, bob = make_editor("ada"), make_editor("bob")
    source = make_source("draft", state=State.DRAFT)
    mine, yours = fresh(source), fresh(source)
    first, second = sorted(
        at_once(lambda: publish(mine, by=ada), lambda: publish(yours, by=bob)), key=lambda act: act.edition is None
    )
    assert (first.edition.number, second.edition, Edition.objects.count()) == (1, None, 1)
    assert fresh(source).published_at == first.at
    assert [version.state for version in source.history.all()] == [State.PUBLISHED, State.DRAFT]


@at_the_same_moment
def test_a_draft_that_is_published_while_it_is_sent_back_is_one_or_the_other():
    ada, bob = make_editor("ada"), make_editor("bob")
    source = make_source("draft", state=State.IN_REVIEW)
    mine, yours = fresh(source), fresh(source)
    at_once(lambda: publish(mine, by=ada), lambda: publication.send_back([yours], by=bob, answer="Not yet."))
    # Whichever came first: the public record and the editions agree.
    assert (public(source) != {}) == (fresh(source).state == State.PUBLISHED) == Edition.objects.exists()


# --- Any sequence of acts -------------------------------------------------------------------------

USERS = ["ada", "bob", "carol"]
CELLS = {
    "sources/gazette": [("title", None), ("publisher", None)],
    "officials/minister": [("name", None), ("name", None)],
    "sources/wire": [("title", None), ("url", "https://gazette.example/gazette")],
    "statements/said": [("summary", None), ("sources", "wire"), ("sources", "gazette"), ("quote", "word " * 41)],
    "status_changes/us-rw-2025-2": [("note", None), ("step", "3"), ("step", "2")],
}
"""Records with columns that are written; None is a text of its own each time."""

# What leads to the public more often than what leads away from it: else hardly a sequence gets there.
VERBS = [*["write"] * 4, *["submit"] * 2, *["publish"] * 4, *["accept"] * 4, "send_back", "withdraw", "decline", "end"]
desk_acts = strategies.tuples(
    strategies.sampled_from(USERS),
    strategies.sampled_from(VERBS),
    strategies.sampled_from([(record, *cell) for record, cells in CELLS.items() for cell in cells]),
)


class Witnesses:
    """Who has read which cell of which record: whoever wrote it, or saved a form that showed it."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str, str], set[str]] = {}

    def have(self, user: str, record: str, row: dict[str, str]) -> None:
        for column, cell in row.items():
            self.of.setdefault((record, column, cell), set()).add(user)

    def too_few(self, record: str, row: dict[str, str]) -> list[tuple[str, str]]:
        return [(column, cell) for column, cell in row.items() if len(self.of.get((record, column, cell), ())) < 2]


def stored(record: str) -> Record:
    table, _slash, id = record.partition("/")
    return MODELS[table].objects.get(pk=id)


def act_of(user: User, verb: str, record: str, column: str, cell: str, seen: Witnesses) -> None:
    """One act as the desk's pages would do it; what it refuses, it refuses."""
    subject = stored(record)
    proposal = publication.open_proposal(subject)
    match verb:
        case "write":
            save(subject, by=user, **{column: cell})
            proposal = publication.open_proposal(subject)
            seen.have(user.username, record, proposal.row if proposal else row_of(fresh(subject)))
        case "submit":
            publication.submit([subject], by=user)
        case "send_back":
            publication.send_back([subject], by=user, answer="")
        case "publish":
            publish(subject, *publication.companions([subject]), by=user)
        case "withdraw":
            withdraw(subject, by=user)
        case "accept" if proposal:
            accept(proposal, by=user)
        case "decline" if proposal:
            publication.decline(proposal, by=user, answer="No.")
        case "end" if proposal:
            publication.take_back(proposal, by=user)


@with_database
# A failure is not made smaller: that takes minutes, and the sequence tells enough.
@made_up(max_examples=8, phases=[Phase.generate])
@given(acts=strategies.lists(desk_acts, min_size=20, max_size=40))
def test_no_sequence_of_acts_makes_public_what_is_unsound_or_what_one_person_alone_has_read(acts):
    with transaction.atomic():
        users = {name: make_editor(name, "contributor" if name == "carol" else "editor") for name in USERS}
        minister = make_position(make_official("minister")).official
        gazette, wire = make_source("gazette"), make_source("wire", state=State.DRAFT)
        make_status_change()
        make_statement(minister, id="said", sources=[gazette, wire], state=State.DRAFT)
        make_status_change(sources=[wire], state=State.DRAFT)
        seen = Witnesses()
        for record in CELLS:
            # Of nobody at first: as if two of the house had read it.
            for reader in ("house", "keeper"):
                seen.have(reader, record, row_of(stored(record)))
        known = {record: public(stored(record)) for record in CELLS}
        for number, (name, verb, (record, column, cell)) in enumerate(acts):
            made = Edition.objects.count()
            try:
                act_of(users[name], verb, record, column, (cell or f"{name} wrote {number}").strip(), seen)
            except (publication.Inconsistent, PermissionDenied):
                assert Edition.objects.count() == made
            now = {record: public(stored(record)) for record in CELLS}
            for record, row in now.items():
                if row and row != known[record]:
                    # Whoever publishes or accepts has read it just now.
                    seen.have(name, record, row)
                    assert seen.too_few(record, row) == [], (name, verb)
            if now != known:
                assert_sound()
            known = now
        transaction.set_rollback(True)


def assert_sound() -> None:
    """The public record is a dataset without a fault, and the newest edition is just that."""
    assert dump() == editions.files_of(Edition.objects.count())
    entries = {}
    for table, rows in editions.dataset_of(Edition.objects.count()).items():
        judgements = [judged(table, Line(f"{table}/{row['id']}", None, row)) for row in rows]
        assert [fault for _entry, found in judgements for fault in found] == []
        entries[table] = [entry for entry, _faults in judgements]
    assert check_across(entries) == []
