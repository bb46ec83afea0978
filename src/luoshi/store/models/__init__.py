"""Every table, one file for each aggregate. Imported by `store` and `actions` only."""

from luoshi.store.models.binding import BindingRecord, OwnRegisterRecord
from luoshi.store.models.bulletin import BulletinRecord, PublishedFigureRecord
from luoshi.store.models.calendar import CalendarRecord
from luoshi.store.models.case import CaseRecord, CaseStepRecord
from luoshi.store.models.closing import ClosingRecord
from luoshi.store.models.journal import JournalHeadRecord, JournalRecord
from luoshi.store.models.meeting import DecisionRecord, MeetingRecord
from luoshi.store.models.notice import ChannelRecord, FeedRecord, NoticeRecord, ScheduleRecord
from luoshi.store.models.office import CycleRecord, OfficeChoiceRecord
from luoshi.store.models.organ import AliasRecord, OrganRecord
from luoshi.store.models.person import PersonRecord, PostRecord, SetupLinkRecord, TokenRecord
from luoshi.store.models.plan import BreakdownRecord, DocumentRecord, DutyRecord, ListRecord, PlanRecord
from luoshi.store.models.record import EvidenceRecord, FactRecord, ImportRecord, MergeRecord
from luoshi.store.models.report import ReportRecord, SameMatterRecord, SamePromiseRecord
from luoshi.store.models.report_seal import SealedReportRecord
from luoshi.store.models.sample import SampleItemRecord, SampleRecord
from luoshi.store.models.search import SearchGramRecord, SearchRecord, SearchStateRecord
from luoshi.store.models.sign_in import (
    FactorRoleRecord,
    IdentityRecord,
    InviteRecord,
    RecoveryCodeRecord,
    SecondFactorRecord,
    SignInRecord,
)
from luoshi.store.models.verdict import JudgeRecord, RoundRecord, SheetRecord, SubjectRecord

__all__ = ["AliasRecord", "BindingRecord", "BreakdownRecord", "BulletinRecord", "CalendarRecord", "CaseRecord", "CaseStepRecord", "ChannelRecord",
           "ClosingRecord", "CycleRecord", "DecisionRecord", "DocumentRecord", "DutyRecord", "EvidenceRecord", "FactRecord", "FactorRoleRecord",
           "FeedRecord", "IdentityRecord", "ImportRecord", "InviteRecord", "JournalHeadRecord", "JournalRecord", "JudgeRecord",
           "ListRecord", "MeetingRecord", "MergeRecord", "NoticeRecord", "OfficeChoiceRecord", "OrganRecord", "OwnRegisterRecord",
           "PersonRecord", "PlanRecord", "PostRecord", "PublishedFigureRecord", "RecoveryCodeRecord", "ReportRecord", "RoundRecord",
           "SameMatterRecord", "SamePromiseRecord", "SampleItemRecord", "SampleRecord", "ScheduleRecord", "SealedReportRecord",
           "SearchGramRecord", "SearchRecord", "SearchStateRecord", "SecondFactorRecord", "SetupLinkRecord", "SheetRecord", "SignInRecord",
           "SubjectRecord", "TokenRecord"]
