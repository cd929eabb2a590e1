"""The public addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from agreements.views import agreements, charts, countries, health, officials, pages, sources, statements


class IdConverter(StringConverter):
    """What may be a public id or a country's name. A NUL may not: PostgreSQL cannot even be asked for one."""

    regex = r"[^/\0]+"


register_converter(IdConverter, "id")

urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("chart.json", charts.home_chart, name="home-chart"),
    path("agreements/", agreements.AgreementList.as_view(), name="agreements"),
    path("agreements/<id:id>/", agreements.AgreementPage.as_view(), name="agreement"),
    path("agreements/<id:id>/chart.json", charts.agreement_chart, name="agreement-chart"),
    path("countries/", countries.CountryList.as_view(), name="countries"),
    path("countries/<id:slug>/", countries.CountryPage.as_view(), name="country"),
    path("countries/<id:slug>/chart.json", charts.country_chart, name="country-chart"),
    path("officials/", officials.OfficialList.as_view(), name="officials"),
    path("officials/<id:id>/", officials.OfficialPage.as_view(), name="official"),
    path("statements/", statements.StatementList.as_view(), name="statements"),
    path("statements/<id:id>/", statements.StatementPage.as_view(), name="statement"),
    path("sources/<id:id>/", sources.SourcePage.as_view(), name="source"),
    path("methodology/", pages.Methodology.as_view(), name="methodology"),
    path("about/", pages.About.as_view(), name="about"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
