"""What a search looks through: an entry for each public record that has a page, and the words that these hold.

Both are made of the public record by agreements/search/index.py and may be made anew at any time. What makes them quick
to search, on either engine, is in agreements/search/engines.py.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.fields import PublicIdField, TermField, one_of
from agreements.vocabulary import SearchKind


class SearchEntry(models.Model):
    """One public record as a search meets it.

    `names`, `about`, `text` and `facts` hold plain words (`words.plain`), from what counts most to what counts least;
    `names` has a name a line, the official one first. `title` and `shown` are what the reader sees, a paragraph a line.
    """

    kind = TermField(SearchKind, _("kind"))
    record = PublicIdField(_("record"))
    date = models.DateField(_("date"), null=True)
    title = models.TextField(_("title"))
    shown = models.TextField(_("text as it is shown"))
    names = models.TextField(_("names"))
    about = models.TextField(_("what it is about"))
    text = models.TextField(_("text"))
    facts = models.TextField(_("facts that belong to it"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()
        constraints = [
            one_of("kind", SearchKind),
            models.UniqueConstraint(fields=["kind", "record"], name="searchentry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.record}"


class SearchWord(models.Model):
    """A word that entries hold: `uses` is in how many, `named` in the names of how many."""

    word = PublicIdField(_("word"), unique=True)
    uses = models.PositiveIntegerField(_("entries that have it"))
    named = models.PositiveIntegerField(_("entries that have it in a name"))

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        default_permissions = ()

    def __str__(self) -> str:
        return self.word


class SearchForm(models.Model):
    """The form in which the entries were made last: where the program would make them otherwise, they are made anew."""

    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("form of the search index")
        verbose_name_plural = _("forms of the search index")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest
