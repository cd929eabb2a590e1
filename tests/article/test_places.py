"""Countries by name, adjective and capital; names that mean another place, or a person."""

import pytest

from agreements.article import Known, KnownAgreement, KnownCountry, read
from agreements.article.places import Countries, gazetteer_for, places_of
from agreements.article.steps import Steps
from agreements.article.tokens import words_between


def countries(text, known=None):
    tokens = words_between(text, 0, len(text), Steps())
    told = Countries(text)
    return [told.of(place) for place in places_of(tokens, gazetteer_for(known or Known()), Steps())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rwanda, the Rwandan minister, Kigali says", ["RWA", "RWA", "RWA"]),
        ("Dominica and the Dominican Republic", ["DMA", "DOM"]),
        ("Roseau said the Dominican government agreed", ["DMA", "DMA"]),
        ("Santo Domingo said the Dominican government agreed", ["DOM", "DOM"]),
        ("the Democratic Republic of the Congo", ["COD"]),
        ("the Republic of the Congo", ["COG"]),
        ("Congo-Brazzaville; the Congolese minister", ["COG", "COG"]),
        ("Kinshasa and the Congolese minister", ["COD", "COD"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea", ["GIN", "GNB", "GNQ", "PNG"]),
        ("the Gulf of Guinea", []),
        ("Niger and Nigeria, Nigerien and Nigerian", ["NER", "NGA", "NER", "NGA"]),
        ("Georgia’s capital, Tbilisi", ["GEO", "GEO"]),
        ("the U.S. state of Georgia", ["USA"]),
        ("Turkey, Türkiye and a turkey", ["TUR", "TUR"]),
        ("Ireland and Northern Ireland", ["IRL", "GBR"]),
        ("Samoa and American Samoa", ["WSM", "ASM"]),
        ("Sudan and South Sudan, South Sudanese", ["SDN", "SSD", "SSD"]),
        ("South Korea and North Korea", ["KOR", "PRK"]),
        ("the US told us", ["USA"]),
        ("the U.S., the UK and the EU", ["USA", "GBR", "EUE"]),
        ("the Washington Post in Washington", ["USA"]),
        ("New Jersey, New Mexico and Mexico City", ["MEX"]),
        ("Latin American and American", ["USA"]),
        ("Jim Jordan met Chad Wolf in Jordan", ["JOR"]),
        ("Robert French and the French", ["FRA"]),
        ("St. Kitts and Nevis, St Lucia and Saint Vincent", ["KNA", "LCA"]),
        ("Côte d’Ivoire and Cote d'Ivoire", ["CIV", "CIV"]),
        ("eSwatini, Swaziland", ["SWZ", "SWZ"]),
    ],
)
def test_names_are_told_apart(text, found):
    assert countries(text) == found


def test_the_names_that_the_tracker_gives_are_known_too():
    known = Known(countries=(KnownCountry("XKX", ("Kosova Republic",)),))
    assert countries("the Kosova Republic", known) == ["XKX"]


def test_a_surname_that_is_a_country_is_a_person_who_speaks():
    text = "Minister Amos Jordan came. Jordan said: “We will do it again.” Officials in Jordan did not."
    assert [each.speaker for each in read(text).statements if not each.indirect] == ["Amos Jordan"]


KNOWN = Known(
    agreements=(
        KnownAgreement("us-rw-2025", "USA", "RWA"),
        KnownAgreement("gb-rw-2022", "GBR", "RWA", instrument="memorandum"),
        KnownAgreement("gb-rw-2023", "GBR", "RWA", instrument="treaty"),
    )
)


def test_the_parties_are_a_pair_on_record_where_both_are_named():
    parties = read("Rwanda is in talks with Washington on deported migrants.", known=KNOWN).parties
    assert (parties.sender, parties.receiver) == ("USA", "RWA")


def test_without_a_record_the_words_tell_who_sends_and_who_receives():
    parties = read("Palau will accept people deported by Australia. Australia will fly them to Palau.").parties
    assert (parties.sender, parties.receiver) == ("AUS", "PLW")


def test_no_country_no_party():
    parties = read("Nothing is said of any place.").parties
    assert (parties.sender, parties.receiver) == ("", "")


def test_a_statement_is_about_the_agreement_of_the_countries_beside_it():
    text = (
        "Rwanda is in talks with the United States.\n“We will do it again and again,” the minister said.\n"
        "Britain’s treaty with Rwanda is over. “That treaty with Britain is dead and gone,” he said."
    )
    first, second = (each for each in read(text, known=KNOWN).statements if not each.indirect)
    assert first.agreements == ("us-rw-2025",)
    assert second.agreements == ("gb-rw-2023",)
