"""Hold what is newly asked of a unit against the ceiling「填报上限」 that the office set. In: who shall answer, whether it was confirmed.

Out: nothing. Raises StepRefused: under `organ` where the office allows nothing above it, under `over` where somebody has to say that it is
wanted all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused
from luoshi.store.models import ListRecord
from luoshi.store.queries.burden import added_by_matter
from luoshi.store.queries.office import office_of
from luoshi.supervision.burden import Added


def must_fit(held: ListRecord, today: date, kind: str, organ_id: int | None, confirmed: bool) -> None:
    """Of one more slip or contribution. Nothing is counted where the office set no ceiling."""
    if organ_id is not None and office_of(held).ceiling is not None:
        added = added_by_matter(held, today, kind, organ_id)
        must_fit_added(held, [added] if added else [], confirmed)


def must_fit_added(held: ListRecord, added: Iterable[Added], confirmed: bool) -> None:
    """Of what was counted already."""
    over = [each for each in added if each.is_over and each.after > each.before]
    if not over:
        return
    words = "；".join(_("%(unit)s每月从%(before)s个字段变成%(after)s个，超过上限%(most)s个") % {
        "unit": each.unit, "before": _one(each.before), "after": _one(each.after), "most": _one(each.ceiling or 0)} for each in over)
    if office_of(held).over_ceiling == "refuse":
        raise StepRefused({"organ": words + _("。督查规则定了不许再加：先减掉别的，或到督查规则里改上限。")})
    if not confirmed:
        raise StepRefused({"over": words + _("。确实要加的，请勾选确认；日志里会记下。")})


def _one(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
