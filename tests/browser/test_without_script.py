"""All of it works where no script runs: text, pictures, filters."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

STORY = "/agreements/us-rw-2025/"


def test_the_path_and_the_timeline_are_there_and_the_empty_chart_is_not(open_page, watch):
    page = open_page(STORY, java_script_enabled=False)
    expect(page.locator("svg.status-path.wide")).to_be_visible()
    expect(page.locator("section.interactive")).to_be_hidden()
    entries = page.locator("ol.timeline > li.entry")
    assert entries.count() > 30
    for entry in entries.all():
        assert entry.is_visible()
    for words in ("President Trump has an unconventional way", "We are in discussions with the United States"):
        expect(page.get_by_text(words)).to_be_visible()
    assert watch.asked_for(".js") == watch.asked_for("chart.json") == []


def test_on_a_phone_the_narrow_path_takes_the_place_of_the_wide_one(open_page):
    page = open_page(STORY, java_script_enabled=False, width=360)
    expect(page.locator("svg.status-path.narrow")).to_be_visible()
    expect(page.locator("svg.status-path.wide")).to_be_hidden()


def test_the_home_page_shows_its_picture(open_page):
    page = open_page("/", java_script_enabled=False)
    expect(page.locator("svg.stack.wide")).to_be_visible()


def test_a_country_shows_its_bars(open_page):
    page = open_page("/countries/rwanda/", java_script_enabled=False)
    expect(page.locator("details.interactive")).to_be_hidden()
    assert all(bar.is_visible() for bar in page.locator("ol.bars svg.bar").all())


def test_a_filter_narrows_the_list_by_its_address_and_a_chip_takes_it_away(open_page):
    page = open_page("/agreements/", java_script_enabled=False)
    everything = page.locator(".found").inner_text()
    page.locator(".filters summary", has_text="Where it stands").click()
    page.get_by_role("checkbox", name="Suspended").check()
    page.get_by_role("button", name="Show").click()
    address = urlsplit(page.url)
    assert address.path == "/agreements/"
    assert parse_qs(address.query)["status"] == ["suspended"]
    rows = page.locator("[data-id]")
    assert 0 < rows.count() < 50
    assert set(rows.locator(".stands .status").all_inner_texts()) == {"Suspended"}
    assert page.locator(".found").inner_text() != everything
    page.locator(".chips a").click()
    assert "status" not in urlsplit(page.url).query
    assert page.locator(".found").inner_text() == everything
