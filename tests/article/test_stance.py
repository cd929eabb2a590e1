"""Which stance a statement proposes, by what is said, by the verb, and by who says it."""

import pytest

from agreements.article.stance import stance_of

MINISTER, NOBODY = "Ann Mokoro foreign minister", ""


@pytest.mark.parametrize(
    ("words", "speaker", "stance"),
    [
        ("We are in talks with the United States", MINISTER, "confirms"),
        ("The agreement was signed in May and it is in force", MINISTER, "confirms"),
        ("We are proud of this partnership", MINISTER, "supports"),
        ("No such request has been made to this ministry", MINISTER, "denies"),
        ("We have not been asked and we have not been involved", MINISTER, "denies"),
        ("We will not accept people whom others do not want", MINISTER, "opposes"),
        ("Each case will be looked at on its own merits", MINISTER, "conditions"),
        ("We don’t discuss operations", MINISTER, "declines-comment"),
        ("We won't give a running commentary", "ministry spokesperson", "declines-comment"),
        ("This was kept from us, it is a disgrace", "Ola Berg opposition leader", "criticises"),
        ("Who consulted the people of this island?", "Ola Berg lawyer", "criticises"),
    ],
)
def test_the_words_tell_the_stance(words, speaker, stance):
    assert stance_of(words, "", "say", speaker) == stance


@pytest.mark.parametrize(
    ("lemma", "stance"),
    [
        ("confirm", "confirms"),
        ("deny", "denies"),
        ("reject", "opposes"),
        ("condemn", "criticises"),
        ("hail", "supports"),
    ],
)
def test_the_verb_of_saying_tells_the_stance_where_the_words_do_not(lemma, stance):
    assert stance_of("the paper of which they speak", "", lemma, MINISTER) == stance


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("I read the paper on the train", MINISTER),
        ("It rained all morning", "Ola Berg lawyer"),
        ("He has a good memory and a small office", NOBODY),
        ("We are proud of it and it is a disgrace", MINISTER),
    ],
)
def test_none_is_proposed_where_little_or_too_much_speaks_for_one(words, speaker):
    assert stance_of(words, "", "say", speaker) is None


def test_what_is_negated_confirms_and_supports_nothing():
    assert stance_of("They have signed", "", "say", MINISTER) == "confirms"
    assert stance_of("I do not think that they have signed", "", "say", MINISTER) is None
    assert stance_of("Nobody here is proud of it", "", "say", MINISTER) is None


def test_that_nobody_asked_is_a_denial_by_a_government_and_a_complaint_by_its_opponents():
    assert stance_of("Nobody has asked us", "", "say", MINISTER) == "denies"
    assert stance_of("Nobody asked us, we were told", "", "say", "Ola Berg opposition leader") == "criticises"
