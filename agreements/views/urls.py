"""The public addresses."""

from django.urls import path

from agreements.views import agreements, charts, countries, facts, log, officials, pages, sources, statements

urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("chart.json", charts.home_chart, name="home-chart"),
    path("agreements/", agreements.AgreementList.as_view(), name="agreements"),
    path("agreements/<str:id>/", agreements.AgreementPage.as_view(), name="agreement"),
    path("agreements/<str:id>/chart.json", charts.agreement_chart, name="agreement-chart"),
    path("countries/", countries.CountryList.as_view(), name="countries"),
    path("countries/<str:slug>/", countries.CountryPage.as_view(), name="country"),
    path("countries/<str:slug>/chart.json", charts.country_chart, name="country-chart"),
    path("officials/", officials.OfficialList.as_view(), name="officials"),
    path("officials/<str:id>/", officials.OfficialPage.as_view(), name="official"),
    path("statements/", statements.StatementList.as_view(), name="statements"),
    path("statements/<str:id>/", statements.StatementPage.as_view(), name="statement"),
    path("sources/<str:id>/", sources.SourcePage.as_view(), name="source"),
    path("facts/<str:table>/<str:id>/", facts.FactPage.as_view(), name="fact"),
    path("changes/", log.EditionLog.as_view(), name="changes"),
    path("changes/<int:number>/", log.EditionPage.as_view(), name="edition"),
    path("data/", log.Data.as_view(), name="data"),
    path("data/editions/<int:number>.zip", log.edition_zip, name="edition-zip"),
    path("data/editions/<int:number>/changes.csv", log.edition_changes, name="edition-changes"),
    path("methodology/", pages.Methodology.as_view(), name="methodology"),
    path("about/", pages.About.as_view(), name="about"),
]
