"""The tables, a module a family. Constraints live beside the fields they bind."""

from agreements.models.agreements import (
    Agreement,
    AgreementSource,
    Payment,
    PaymentSource,
    StatusChange,
    StatusChangeSource,
    Transfer,
    TransferNationality,
    TransferSource,
)
from agreements.models.desk import LinkCheck, Proposal
from agreements.models.editions import Edition, Revision, RevisionSubject
from agreements.models.evidence import (
    Assessment,
    AssessmentSource,
    Citation,
    Proceeding,
    ProceedingAgreement,
    ProceedingSource,
    Source,
)
from agreements.models.people import Official, Position
from agreements.models.places import Country
from agreements.models.record import Record
from agreements.models.search import SearchEntry, SearchForm, SearchWord
from agreements.models.statements import Statement, StatementAgreement, StatementSource

__all__ = [
    "Agreement",
    "AgreementSource",
    "Assessment",
    "AssessmentSource",
    "Citation",
    "Country",
    "Edition",
    "LinkCheck",
    "Official",
    "Payment",
    "PaymentSource",
    "Position",
    "Proceeding",
    "ProceedingAgreement",
    "ProceedingSource",
    "Proposal",
    "Record",
    "Revision",
    "RevisionSubject",
    "SearchEntry",
    "SearchForm",
    "SearchWord",
    "Source",
    "Statement",
    "StatementAgreement",
    "StatementSource",
    "StatusChange",
    "StatusChangeSource",
    "Transfer",
    "TransferNationality",
    "TransferSource",
]
