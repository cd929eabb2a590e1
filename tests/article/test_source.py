"""Files and pages: what is an article, and what it says of its source."""

import datetime as dt

import pytest

from agreements.article.source import LONGEST, NotAnArticle, article_of, is_html, text_of

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Talks confirmed | The Gazette</title>
<meta property="og:site_name" content="The Gazette"><meta property="og:title" content="Talks confirmed">
<meta property="article:published_time" content="2025-05-05T10:00:00Z">
<link rel="canonical" href="https://gazette.example/talks"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Talks confirmed</h1><p>“We are in discussions with them,” Ann Mokoro told state television on Sunday evening.</p>
<blockquote><p>“The talks are still at an early stage, and nothing is decided.”</p></blockquote>
<p>She said that they went on, and that they would go on for a while, whatever people said.<br>
The sun was out that day, and people went about their business as on any other day.</p></article>
<footer>Copyright</footer></body></html>"""


def test_a_page_gives_its_text_a_paragraph_a_line_and_its_source():
    text, source = article_of(PAGE)
    lines = text.split("\n")
    assert "“The talks are still at an early stage, and nothing is decided.”" in lines
    assert "Copyright" not in text
    assert source.title == "Talks confirmed"
    assert source.publisher == "The Gazette"
    assert source.published == dt.date(2025, 5, 5)
    assert source.url == "https://gazette.example/talks"
    assert source.language == "en"


def test_an_address_that_is_known_wins_over_the_pages():
    assert article_of(PAGE, "https://archive.example/1")[1].url == "https://archive.example/1"


def test_plain_text_is_taken_as_it_is_whatever_its_name():
    assert article_of("“We talk,” he said.\nThe end.") == ("“We talk,” he said.\nThe end.", article_of("x")[1])
    assert not is_html("a < b and <p> in the middle of a text")
    assert is_html("  <html><body>")


def test_a_page_without_an_article_is_refused():
    with pytest.raises(NotAnArticle):
        article_of("<html><head><title>x</title></head><body></body></html>")


@pytest.mark.parametrize(
    "content", [b"", b"  \n\t ", b"\xef\xbb\xbf  ", b"%PDF-1.4\n\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00"]
)
def test_what_is_empty_or_no_text_is_refused(content):
    with pytest.raises(NotAnArticle):
        text_of(content)


def test_what_is_too_long_is_refused_and_what_is_just_short_enough_is_not():
    assert len(text_of(b"a" * LONGEST)) == LONGEST
    with pytest.raises(NotAnArticle, match="200 kB"):
        text_of(b"a" * (LONGEST + 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encoding_in_which_it_was_saved(encoding):
    assert text_of("“Déjà dit,” he said.".encode(encoding)) == "“Déjà dit,” he said."
