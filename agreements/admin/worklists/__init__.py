"""What waits at the desk: lists of work, each counted, shown row by row and acted on where it stands."""

from agreements.admin.worklists.lacking import LinkFilter, TiedFilter, UncheckedFilter
from agreements.admin.worklists.pages import Worklists

__all__ = ["LinkFilter", "TiedFilter", "UncheckedFilter", "Worklists"]
