"""Draft -> in review -> published -> withdrawn, and the next edition: the one place that changes either.

`act` is for the house itself, say a load; `at_desk` for editors, and holds them to the rules.
"""

from agreements.publication.acts import STATE_FIELDS, Act, act
from agreements.publication.consistency import too_long
from agreements.publication.desk import (
    PUBLISH,
    REDACT,
    DeskAct,
    applies_at_once,
    at_desk,
    changed_columns,
    companions,
    companions_of_each,
    decline,
    may_change,
    may_discard,
    may_give_up,
    may_publish,
    may_submit,
    merge,
    objections_to,
    objections_to_change,
    open_proposal,
    preview,
    rehearse,
    send_back,
    submit,
    take_back,
)
from agreements.publication.log import digest_of, last_descriptor, last_public_row, subjects_of
from agreements.publication.reasons import Inconsistent, Reason
from agreements.publication.redaction import Redaction, is_free_text, redact

__all__ = [
    "PUBLISH",
    "REDACT",
    "STATE_FIELDS",
    "Act",
    "DeskAct",
    "Inconsistent",
    "Reason",
    "Redaction",
    "act",
    "applies_at_once",
    "at_desk",
    "changed_columns",
    "companions",
    "companions_of_each",
    "decline",
    "digest_of",
    "is_free_text",
    "last_descriptor",
    "last_public_row",
    "may_change",
    "may_discard",
    "may_give_up",
    "may_publish",
    "may_submit",
    "merge",
    "objections_to",
    "objections_to_change",
    "open_proposal",
    "preview",
    "redact",
    "rehearse",
    "send_back",
    "subjects_of",
    "submit",
    "take_back",
    "too_long",
]
