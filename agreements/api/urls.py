"""The addresses of the API as Django finds them."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path, re_path
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from agreements.api.description import openapi
from agreements.api.operations import api
from agreements.api.tables import SERVED
from agreements.refusals import problem


def without_slash(request: HttpRequest) -> HttpResponse:
    """An address ends without a slash; who adds one is led on."""
    query = request.META["QUERY_STRING"]
    return HttpResponsePermanentRedirect(escape_uri_path(request.path[:-1]) + (f"?{query}" if query else ""))


def nothing_here(request: HttpRequest) -> HttpResponse:
    told = _("There is nothing at “%(asked)s”. Expected one of these tables: %(tables)s.")
    return problem(404, [told % {"asked": request.path, "tables": ", ".join(SERVED)}])


urlpatterns = [
    path("openapi.json", openapi, name="api-openapi"),
    path("", api.urls),
    re_path(r".+/$", without_slash),
    re_path(r"", nothing_here),
]
