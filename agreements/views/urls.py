"""The public addresses."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from agreements.views import (
    about,
    agreements,
    api_docs,
    calendar,
    charts,
    compare,
    countries,
    crawlers,
    data,
    embeds,
    facts,
    files,
    home,
    log,
    methodology,
    not_known,
    oembed,
    officials,
    pictures,
    search,
    sources,
    statements,
)
from agreements.views.feeds import changes, events, index, lists


class IdConverter(StringConverter):
    """What may be a public id or a country's name. A NUL may not: PostgreSQL cannot even be asked for one."""

    regex = r"[^/\0]+"


class EditionConverter(IntConverter):
    """The number of an edition, no larger than a database can be asked for."""

    regex = r"[1-9][0-9]{0,8}"


register_converter(IdConverter, "id")
register_converter(EditionConverter, "edition")

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("chart.json", charts.home_chart, name="home-chart"),
    path("map.json", home.home_map, name="home-map"),
    path("agreements/", agreements.AgreementList.as_view(), name="agreements"),
    path("agreements/<id:id>.xlsx", files.AgreementWorkbook.as_view(), name="agreement-xlsx"),
    path("agreements/<id:id>/", agreements.AgreementPage.as_view(), name="agreement"),
    path("agreements/<id:id>/chart.json", charts.agreement_chart, name="agreement-chart"),
    path("agreements/<id:id>/chart.svg", pictures.ChartFile.as_view(), name="agreement-svg"),
    path("agreements/<id:id>/share.png", pictures.SharePicture.as_view(), name="agreement-share"),
    path("embed/agreements/<id:id>/", embeds.AgreementEmbed.as_view(), name="embed-agreement"),
    path("embed/statements/<id:id>/", embeds.StatementEmbed.as_view(), name="embed-statement"),
    path("embed/facts/<id:table>/<id:id>/", embeds.FactEmbed.as_view(), name="embed-fact"),
    path("oembed", oembed.oembed, name="oembed"),
    path("compare/", compare.Compare.as_view(), name="compare"),
    path("compare/chart.json", compare.compare_chart, name="compare-chart"),
    path("countries/", countries.CountryList.as_view(), name="countries"),
    path("countries/<id:slug>/", countries.CountryPage.as_view(), name="country"),
    path("countries/<id:slug>/chart.json", charts.country_chart, name="country-chart"),
    path("officials/", officials.OfficialList.as_view(), name="officials"),
    path("officials/<id:id>/", officials.OfficialPage.as_view(), name="official"),
    path("statements/", statements.StatementList.as_view(), name="statements"),
    path("statements/<id:id>/", statements.StatementPage.as_view(), name="statement"),
    path("sources/<id:id>/", sources.SourcePage.as_view(), name="source"),
    path("facts/<id:table>/<id:id>/", facts.FactPage.as_view(), name="fact"),
    path("search/", search.Search.as_view(), name="search"),
    path("search/suggest.json", search.suggestions, name="suggestions"),
    path("changes/", log.EditionLog.as_view(), name="changes"),
    path("changes/<edition:number>/", log.EditionPage.as_view(), name="edition"),
    path("data/", data.Data.as_view(), name="data"),
    path("data/dictionary/", data.Dictionary.as_view(), name="dictionary"),
    path("data/editions/<edition:number>.zip", data.edition_zip, name="edition-zip"),
    path("data/editions/<edition:number>.sqlite3", data.edition_sqlite, name="edition-sqlite"),
    path("data/editions/<edition:number>/changes.csv", data.edition_changes, name="edition-changes"),
    path("data/editions/<edition:number>/<id:name>", data.edition_file, name="edition-file"),
    path("api/v1/docs", api_docs.ApiDocs.as_view(), name="api-docs"),
    path("api/v1/", include("agreements.api.urls")),
    path("feeds/", index.Feeds.as_view(), name="feeds"),
    path("feeds/everything.atom", changes.ChangesFeed.as_view(), name="everything-feed"),
    path("feeds/corrections.atom", changes.Corrections.as_view(), name="corrections-feed"),
    path("feeds/transitions.atom", events.Transitions.as_view(), name="transitions-feed"),
    path("feeds/transitions/<id:status>.atom", events.StatusTransitions.as_view(), name="transition-feed"),
    path("feeds/suspended-by-a-court.atom", events.CourtSuspensions.as_view(), name="court-feed"),
    path("feeds/denials.atom", events.Denials.as_view(), name="denials-feed"),
    path("agreements.atom", lists.AgreementFeed.as_view(), name="agreements-feed"),
    path("agreements/<id:id>.atom", changes.AgreementChanges.as_view(), name="agreement-feed"),
    path("countries.atom", lists.CountryFeed.as_view(), name="countries-feed"),
    path("countries/<id:slug>.atom", changes.CountryChanges.as_view(), name="country-feed"),
    path("officials.atom", lists.OfficialFeed.as_view(), name="officials-feed"),
    path("officials/<id:id>.atom", changes.OfficialChanges.as_view(), name="official-feed"),
    path("statements.atom", lists.StatementFeed.as_view(), name="statements-feed"),
    path("changes.atom", lists.EditionFeed.as_view(), name="changes-feed"),
    path("calendar.ics", calendar.calendar, name="calendar"),
    path("not-known/", not_known.NotKnown.as_view(), name="not-known"),
    path("methodology/", methodology.Methodology.as_view(), name="methodology"),
    path("about/", about.About.as_view(), name="about"),
    *(path(f"{name}.csv", files.ListCsv.as_view(name=name), name=f"{name}-csv") for name in files.LISTS),
    *(path(f"{name}.xlsx", files.ListWorkbook.as_view(name=name), name=f"{name}-xlsx") for name in files.LISTS),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemaps/<id:section>-<edition:number>.xml", crawlers.sitemap_part, name="sitemap-part"),
]
