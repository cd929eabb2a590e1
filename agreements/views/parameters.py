"""The words that an address may carry after its question mark; any other is ignored and is no part of a cache key."""

KNOWN = frozenset(
    {
        "a",
        "sender",
        "receiver",
        "country",
        "region",
        "kind",
        "instrument",
        "status",
        "text_public",
        "denied",
        "changed",
        "stance",
        "official",
        "agreement",
        "speaks_for",
        "from",
        "to",
        "q",
        "sort",
        "page",
        "theme",
        "url",
        "format",
        "maxwidth",
        "maxheight",
        "edition",
        "as_of",
    }
)
