"""From an article to drafts: paste it, look at what was found in it, choose, and hand the drafts in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements import publication
from agreements.admin import entry
from agreements.admin.statements import shown_as_known
from agreements.admin.typed import REFILL
from agreements.admin.workflow import change_address, linked
from agreements.article import Proposal, Reading, read
from agreements.article.source import LONGEST, NotAnArticle, article_of, text_of
from agreements.dataset.rows import words_of
from agreements.known import known
from agreements.models import Official, Position, Record, Source, Statement
from agreements.models.evidence import WEB_ADDRESS
from agreements.publication import Inconsistent, Reason
from agreements.vocabulary import QUOTE_WORDS, OfficialKind, Precision, Stance, State
from agreements.words import fold

AT_ONCE = 40
"""How many proposals a page has: each is a form, and a browser sends all of their fields."""
SURE = 0.8
"""The confidence from which on a quotation that lacks nothing is ticked from the start."""
SUMMARY_WORDS = 15
"""How much of a quotation the summary that a form begins with repeats."""
FIELDS = ("official", "date", "precision", "stance", "quote", "language", "summary", "venue")
LAYOUT = ("agreements", *FIELDS, "status_change")


class PasteForm(forms.Form):
    """An article as it is pasted, or the file of a page; refused where it cannot be read as one."""

    article = forms.CharField(
        label=gettext_lazy("The article"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "cols": 80, "class": "vLargeTextField"}),
        help_text=gettext_lazy("The text as it was published, paragraph by paragraph, or the HTML of the page."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.txt,text/html,text/plain"}),
        help_text=gettext_lazy("A page as the browser saved it, or plain text; up to 200 kB."),
    )
    url = forms.CharField(
        label=gettext_lazy("Its address"),
        required=False,
        widget=forms.URLInput(attrs={"class": "vLargeTextField"}),
    )
    published = forms.DateField(
        label=gettext_lazy("Published on"),
        required=False,
        widget=admin.widgets.AdminDateWidget,
        help_text=gettext_lazy("“On Sunday” is counted from it. Left empty, it is taken from a page that names it."),
    )

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        if url:
            WEB_ADDRESS(url)
        return url

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data
        file, pasted = data["file"], data["article"]
        try:
            if bool(file) == bool(pasted.strip()):
                raise NotAnArticle(_("Paste an article or choose a file, one of the two."))
            content = file.read(LONGEST + 1) if file else pasted.replace("\r\n", "\n").encode()
            data["article"], source = article_of(text_of(content), data["url"])
        except NotAnArticle as reason:
            self.add_error("file" if file else "article", str(reason))
        else:
            data["source"] = replace(source, published=data["published"] or source.published)
        return data


@dataclass(frozen=True)
class Offer:
    """One proposal on the page: what was found, what is on record already, and the form that makes a draft of it."""

    number: int
    proposal: Proposal
    form: forms.ModelForm
    chosen: bool
    site: admin.AdminSite

    @property
    def is_open(self) -> bool:
        """Whether its fields are to be seen at once: where something in them is wrong."""
        return self.form.is_bound and not self.form.is_valid()

    @property
    def on_record(self) -> list[tuple[Statement, str, str]]:
        """The statement on record that it repeats, with its date and its form."""
        return shown_as_known(Statement.objects.filter(pk=self.proposal.recorded)) if self.proposal.recorded else []

    @property
    def doubles(self) -> list[tuple[Statement, str, str]]:
        """The statements on record that a draft of it would seem to repeat."""
        return shown_as_known(self.form.doubles)

    @property
    def too_long(self) -> str:
        return publication.too_long(self.proposal.quote) if words_of(self.proposal.quote) > QUOTE_WORDS else ""

    @property
    def lacks(self) -> bool:
        """Whether an editor has to fill in something before a draft can be made."""
        form = self.form
        has_speaker = form["official"].value() or ("official" in form.parts and form.parts["official"].carried)
        return not (has_speaker and all(form[name].value() for name in ("date", "stance", "agreements", "summary")))

    @property
    def rule(self) -> object:
        return self.proposal.rule.label

    @property
    def confidence(self) -> str:
        return f"{self.proposal.confidence:.0%}"

    @cached_property
    def fieldsets(self) -> list[AdminForm]:
        """Its fields, and those of who is new, as the templates of the admin take them."""
        desk = self.site.get_model_admin(Statement)
        own = AdminForm(self.form, [(None, {"fields": LAYOUT})], {}, model_admin=desk)
        return [own, *(part.shown(self.site) for part in self.form.parts.values())]


class Desk:
    """One article on the page: what was read in it, and the forms of its proposals as they were sent or begin."""

    def __init__(self, request: HttpRequest, site: admin.AdminSite, paste: PasteForm) -> None:
        self.user, self.site = request.user, site
        self.data = None if "_read" in request.POST else request.POST
        self.text: str = paste.cleaned_data["article"]
        given = paste.cleaned_data["source"]
        self.reading: Reading = read(self.text, published=given.published, known=known(), source=given)
        self.known_source, self.source = self._source(request)
        self.begin = self._begin(request)
        form = self._form(request)
        self.offers = [
            self._offer(number, proposal, form)
            for number, proposal in enumerate(self.reading.statements, start=1)
            if self.begin < number <= self.begin + AT_ONCE
        ]

    def _begin(self, request: HttpRequest) -> int:
        """How many proposals stand before those of this page."""
        begin = request.POST.get("_read", "") or request.POST.get("begin", "")
        begin = int(begin) if begin.isdecimal() and len(begin) < 6 else 0
        return begin if begin < len(self.reading.statements) else 0

    @property
    def before(self) -> int | None:
        """Where the page before this one begins, None where this is the first."""
        return max(self.begin - AT_ONCE, 0) if self.begin else None

    @property
    def after(self) -> int | None:
        """Where the next page begins, None where this is the last."""
        return self.begin + AT_ONCE if self.begin + AT_ONCE < len(self.reading.statements) else None

    @property
    def sentence(self) -> str:
        """What was found, in words."""
        n = len(self.reading.statements)
        if self.before is None and self.after is None:
            return ngettext("%(n)d statement was found.", "%(n)d statements were found.", n) % {"n": n}
        return _("%(n)d statements were found; these are %(first)d to %(last)d.") % {
            "n": n,
            "first": self.begin + 1,
            "last": self.begin + len(self.offers),
        }

    @property
    def chosen(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.chosen]

    # --- The source that all of them share ---

    def _source(self, request: HttpRequest) -> tuple[Source | None, entry.Part | None]:
        """The source on record that has the address, else the form of a new one."""
        read = self.reading.source
        url = self.data.get("source-url", "").strip() if self.data else read.url
        if source := entry.source_at(url):
            return source, None
        part = entry.parts_for(request, self.site, None).get("source")
        if part is None:
            raise PermissionDenied
        carried = {name: getattr(read, name) for name in ("url", "title", "publisher", "published", "language")}
        carried |= entry.proposed(read.publisher, read.url)
        carried |= {"language": read.language or carried["language"]}
        return None, part(self.data, prefix="source", carried={name: value for name, value in carried.items() if value})

    @property
    def known_source_says(self) -> str:
        return entry.recognised(self.known_source)

    @property
    def source_fieldset(self) -> AdminForm:
        return self.source.shown(self.site)

    @property
    def publishers(self) -> list[str]:
        return sorted(Source.objects.order_by().values_list("publisher", flat=True).distinct())

    # --- The forms ---

    def _form(self, request: HttpRequest) -> Callable[..., forms.ModelForm]:
        form = self.site.get_model_admin(Statement).get_form(request, fields=LAYOUT)
        parts = {name: part for name, part in form.part_forms.items() if name != "source"}
        # All of them rest on the one source.
        form = type(form.__name__, (form,), {"part_forms": parts, "sources": None})
        # A browser would ask for the fields of proposals that are not chosen too.
        return partial(form, use_required_attribute=False)

    def _offer(self, number: int, proposal: Proposal, form: Callable[..., forms.ModelForm]) -> Offer:
        prefix = f"p{number}"
        if self.data is None:
            offer = Offer(number, proposal, form(prefix=prefix, initial=self._values(proposal)), False, self.site)
            sure = bool(proposal.quote) and proposal.confidence >= SURE
            return replace(offer, chosen=sure and not proposal.recorded and not offer.lacks)
        chosen = f"{prefix}-chosen" in self.data
        filled = form(self.data, prefix=prefix) if chosen else form(prefix=prefix, initial=self._typed(prefix))
        return Offer(number, proposal, filled, chosen, self.site)

    def _values(self, proposal: Proposal) -> dict[str, object]:
        """What the form of a proposal begins with."""
        values: dict[str, object] = {
            "agreements": list(proposal.agreements),
            "status_change": proposal.status_change,
            "date": proposal.date.isoformat() if proposal.date else "",
            "precision": proposal.precision or Precision.DAY,
            "stance": proposal.stance,
            "quote": proposal.quote,
            "language": proposal.language or (proposal.quote and self.reading.source.language),
            "summary": proposal.summary or self._summary(proposal),
        }
        if official := proposal.official or _official_named(proposal.speaker):
            return values | {"official": official}
        kind = proposal.kind or OfficialKind.PERSON
        values |= {"official-name": proposal.speaker, "official-kind": kind, "position-title": proposal.role}
        if proposal.country:
            values |= {"official-country": proposal.country}
        if kind != OfficialKind.PERSON and not proposal.country:
            values |= {"official-speaks_for": ""}
        return {name: value for name, value in values.items() if value or name == "official-speaks_for"}

    @staticmethod
    def _summary(proposal: Proposal) -> str:
        """What a quotation says in a line, for an editor to put better."""
        words = proposal.quote.split()
        begin = " ".join(words[:SUMMARY_WORDS]) + ("…" if len(words) > SUMMARY_WORDS else "")
        stance = Stance(proposal.stance).label if proposal.stance else _("says")
        return _("%(speaker)s %(stance)s: “%(words)s”") % {
            "speaker": proposal.speaker,
            "stance": str(stance).lower(),
            "words": begin,
        }

    def _typed(self, prefix: str) -> dict[str, object]:
        """What was typed into a form that is not chosen: shown again, and not held against it."""
        typed: dict[str, object] = {}
        for name in self.data:
            if name.startswith(f"{prefix}-"):
                own = name.removeprefix(f"{prefix}-")
                typed[own] = self.data.getlist(name) if own == "agreements" else self.data[name]
        return typed

    # --- The article with its marks ---

    def paragraphs(self) -> Iterator[SafeString]:
        """The article, a line each, with the places of the proposals marked and numbered."""
        found = list(enumerate(self.reading.statements, start=1))
        for first, line in _lines(self.text):
            parts, at = [], first
            for number, proposal in found:
                start, end = max(proposal.start, at), min(proposal.end, first + len(line))
                if start >= end:
                    continue
                parts.append((self.text[at:start],))
                parts.append((_marked(number, self.text[start:end], is_first=start == proposal.start),))
                at = end
            parts.append((self.text[at : first + len(line)],))
            yield format_html_join("", "{}", parts)

    # --- Making drafts ---

    def is_complete(self) -> bool:
        """Whether all that is chosen can be made; what is wrong stands in the forms."""
        chosen = [offer.form for offer in self.chosen] + ([self.source] if self.source else [])
        return not [form for form in chosen if not form.is_valid()]

    def make(self) -> list[Record]:
        """Makes the drafts that are chosen and hands them in, all in one transaction; gives all that were handed in.

        Raises Inconsistent, and then nothing was made.
        """
        with transaction.atomic():
            with publication.at_desk(by=self.user) as act:
                made = list(self._made(act))
            return publication.submit(made, by=self.user)

    def _made(self, act: publication.DeskAct) -> Iterator[Record]:
        source = self.known_source
        if source is None:
            source = self.source.named()
            act.keep(source, self.source.row())
            yield source
        officials: dict[str, Official] = {}
        positions: set[tuple[str, str]] = set()
        for offer in self.chosen:
            form = offer.form
            for record, part in form.new_records(officials=officials):
                if isinstance(record, Position):
                    key = (record.official_id, fold(record.title))
                    if key in positions:
                        continue
                    positions.add(key)
                act.keep(record, part.row())
                yield record
            form.lists["sources"] = [source.pk]
            form.instance.pk = form.make_id(form.cleaned_data)
            act.keep(form.instance, form.row(), internal_note=self._place(offer))
            yield form.instance

    def _place(self, offer: Offer) -> str:
        """Where in the article it stands and how it was found: a note that only editors read."""
        proposal = offer.proposal
        line = next(n for n, (first, text) in enumerate(_lines(self.text), 1) if proposal.start <= first + len(text))
        return _("Found in the article, paragraph %(line)s, characters %(start)s to %(end)s: %(rule)s.\n%(words)s") % {
            "line": line,
            "start": proposal.start,
            "end": proposal.end,
            "rule": proposal.rule.label,
            "words": self.text[proposal.start : proposal.end],
        }


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not empty, each with the place of its first character."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _marked(number: int, words: str, *, is_first: bool) -> SafeString:
    if not is_first:
        return format_html("<mark>{}</mark>", words)
    label = _("Proposal %(number)s") % {"number": number}
    return format_html('<mark id="m{0}"><a href="#p{0}" aria-label="{1}">{0}</a> {2}</mark>', number, label, words)


def _official_named(name: str) -> str:
    """The id of the one official of this name, whatever the accents; "" for none or several."""
    officials = Official.objects.exclude(state=State.WITHDRAWN).values_list("pk", "name")
    found = [pk for pk, other in officials if fold(other) == fold(name)]
    return found[0] if len(found) == 1 else ""


class Articles:
    """The page, for one admin site."""

    def __init__(self, site: admin.AdminSite) -> None:
        self.site = site

    @property
    def urls(self) -> list[URLPattern]:
        return [path("article/", self.site.admin_view(self.page), name="desk_article")]

    def page(self, request: HttpRequest) -> HttpResponse:
        """Takes an article, shows what was found in it, and makes drafts of what is chosen."""
        if not request.user.has_perm("agreements.add_statement"):
            raise PermissionDenied
        if request.method != "POST":
            return self._answer(request, PasteForm())
        paste = PasteForm(request.POST, request.FILES)
        if not paste.is_valid():
            return self._answer(request, paste, status=400)
        found = Desk(request, self.site, paste)
        reasons: list[Reason] = []
        if "_make" in request.POST and REFILL not in request.POST:
            if not found.chosen:
                reasons = [Reason(_("Nothing is chosen, so nothing was made."))]
            elif not found.is_complete():
                reasons = [Reason(_("Nothing was made yet: what is marked below has to be completed first."))]
            else:
                try:
                    return self._made(request, found.make())
                except Inconsistent as wrong:
                    reasons = wrong.reasons
        return self._answer(request, paste, found, reasons, status=400 if reasons else 200)

    def _made(self, request: HttpRequest, records: list[Record]) -> HttpResponse:
        statements = [record for record in records if isinstance(record, Statement)]
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((change_address("statements", each.pk), each.pk) for each in statements)
        )
        text = ngettext("%(n)s draft waits for review", "%(n)s drafts wait for review", len(statements))
        messages.success(request, format_html("{}: {}", text % {"n": len(statements)}, links))
        for each in statements:
            if words_of(each.quote) > QUOTE_WORDS:
                messages.warning(request, f"{each.pk}: {publication.too_long(each.quote)}")
        return HttpResponseRedirect(reverse("admin:desk_work", args=["mine"]))

    def _answer(
        self,
        request: HttpRequest,
        paste: PasteForm,
        found: Desk | None = None,
        reasons: list[Reason] = (),
        status: int = 200,
    ) -> HttpResponse:
        request.current_app = self.site.name
        context = {**self.site.each_context(request), "title": _("From an article"), "reasons": linked(reasons)}
        context |= {"paste": paste, "found": found, "media": self._media(paste, found)}
        template = "article_found" if found else "article"
        return TemplateResponse(request, f"admin/desk/{template}.html", context, status=status)

    def _media(self, paste: PasteForm, found: Desk | None) -> forms.Media:
        """The scripts of the desk's forms, and of every field on the page."""
        media = self.site.get_model_admin(Statement).media + paste.media
        for offer in found.offers if found else ():
            for fieldset in offer.fieldsets:
                media += fieldset.media
        return media
