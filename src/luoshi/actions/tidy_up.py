"""Throw away what has run out「清理」: ended sessions, finished tasks, counted wrong passwords. In: the moment. Out: what was done, in Chinese.

Nothing of the work itself is ever deleted; the journal therefore says nothing of it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from luoshi.store.models import InviteRecord, SignInRecord

KEPT_DAYS = 30


def tidy_up(at: datetime, today: date) -> str:
    """Tasks that failed stay as long as those that did not: the page of jobs shows their last words."""
    before = at - timedelta(KEPT_DAYS)
    sessions = Session.objects.filter(expire_date__lt=at).delete()[0]
    tasks = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()[0]
    SignInRecord.objects.filter(at__lt=before).delete()
    InviteRecord.objects.filter(expires_at__lt=before).delete()
    attempts = sum(model.objects.filter(attempt_time__lt=before).delete()[0] for model in (AccessAttempt, AccessFailureLog, AccessLog))
    return f"清掉{sessions}个过期的登录、{tasks}条做完的任务、{attempts}条登录失败记录"
