"""Every table, one file for each aggregate. Imported by `store` and `actions` only."""

from luoshi.store.models.bulletin import BulletinRecord
from luoshi.store.models.journal import JournalHeadRecord, JournalRecord
from luoshi.store.models.organ import AliasRecord, OrganRecord
from luoshi.store.models.person import PersonRecord, PostRecord, SetupLinkRecord, TokenRecord
from luoshi.store.models.plan import DocumentRecord, DutyRecord, ListRecord, PlanRecord
from luoshi.store.models.record import EvidenceRecord, FactRecord
from luoshi.store.models.report import ReportRecord
from luoshi.store.models.search import SearchGramRecord, SearchRecord, SearchStateRecord

__all__ = ["AliasRecord", "BulletinRecord", "DocumentRecord", "DutyRecord", "EvidenceRecord", "FactRecord", "JournalHeadRecord",
           "JournalRecord", "ListRecord", "OrganRecord", "PersonRecord", "PlanRecord", "PostRecord", "ReportRecord", "SearchGramRecord",
           "SearchRecord", "SearchStateRecord", "SetupLinkRecord", "TokenRecord"]
