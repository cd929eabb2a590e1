"""The example questions of the lists, each answered by the shipped data."""

from __future__ import annotations

import pytest

from tests.views.reading import read, row_ids, text

pytestmark = pytest.mark.django_db

LISTS = ["/agreements/", "/statements/", "/officials/", "/countries/", "/changes/"]


@pytest.mark.parametrize("address", LISTS)
def test_a_question_of_a_list_is_answered_by_its_link_which_is_then_marked(shipped, address):
    page = read(shipped, address)
    asked = page.select("nav.questions a")
    assert len(asked) >= 3
    assert not page.select("nav.questions a[aria-current]")
    for link in asked:
        answer = read(shipped, link["href"])
        [shown] = answer.select("nav.questions a[aria-current]")
        assert text(shown) == text(link)
        if address != "/changes/" and "changed=" not in link["href"]:
            # Nothing need have been corrected or withdrawn of late.
            assert row_ids(answer), text(link)
        # Asked of less, it is another question.
        assert not read(shipped, f"{link['href']}&country=RWA&region=Asia").select("nav.questions a[aria-current]")


def test_deals_whose_text_is_secret_are_those_marked_so(shipped):
    page = read(shipped, "/agreements/")
    [link] = [link for link in page.select("nav.questions a") if text(link) == "Deals whose text is secret"]
    answer = read(shipped, link["href"])
    assert row_ids(answer)
    assert all("text secret" in text(row) for row in answer.select("[data-id]"))
