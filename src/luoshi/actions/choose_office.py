"""Choose how the office works on a list「定督查规则」. In: who, the list, the choices. Out: `OfficeChoiceRecord`.

Raises NotAllowed, Stale, StepRefused; then nothing is written.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.actions.stale import Stale
from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import noted, writing
from luoshi.store.models import ListRecord, OfficeChoiceRecord
from luoshi.store.queries.office import presets_of
from luoshi.store.who import Who
from luoshi.supervision.numbering import SchemeRefused, number_of


@dataclass(frozen=True, slots=True)
class OfficeChoice:
    """「督查规则选项」 As OfficeChoiceRecord keeps it. allowed_rung empty: the system may draft every rung."""

    organ: str
    cycle: str
    grace: int
    ladder: str
    allowed_rung: str
    reminder: str
    slip_scheme: str
    ceiling: Decimal | None
    quiet_from: time
    quiet_to: time
    change_until: date | None
    over_ceiling: str = "confirm"


def choose_office(who: Who, at: datetime, list_id: int, choice: OfficeChoice, seen: int | None = None) -> OfficeChoiceRecord:
    """Slips that are out keep their numbers: a new scheme counts from the next one. seen: revision that a form was made from."""
    with writing(who, "office.choose", at, right="supervise", list_id=list_id) as entry:
        record = ListRecord.objects.select_for_update().get(pk=list_id)
        _check(record, choice)
        held = OfficeChoiceRecord.objects.filter(list=record).first() or OfficeChoiceRecord(list=record)
        refuse_stale(held, seen)
        before = {field.name: noted(getattr(held, field.name)) for field in fields(choice)} if held.pk else {}
        for name, value in asdict(choice).items():
            setattr(held, name, value)
        held.revision += 1
        held.save()
        after = {name: noted(value) for name, value in asdict(choice).items()}
        entry.about = f"list:{list_id}"
        entry.detail = {"changed": {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}}
    return held


def refuse_stale(held: OfficeChoiceRecord, seen: int | None) -> None:
    """Of two people who change the choices, the second is told. seen None: no form was shown."""
    if seen is not None and seen != held.revision:
        raise Stale(_("您打开页面以后，有人改过这份清单的督查规则。您写的还在；右边是现在的，请对照着改好再存。"))


def _check(record: ListRecord, choice: OfficeChoice) -> None:
    problems: dict[str, str] = {}
    presets = presets_of(record)
    gone = _("这一项在数据包里找不到了，请重新选。")
    problems |= {name: gone for name, known in (("cycle", presets.cycles), ("ladder", presets.ladders), ("reminder", presets.reminders))
                 if getattr(choice, name) not in known}
    ladder = presets.ladders.get(choice.ladder)
    if ladder and choice.allowed_rung and choice.allowed_rung not in {rung.rung for rung in ladder.rungs}:
        problems["allowed_rung"] = _("这一步不在所选的阶梯里。请从“%(title)s”的台阶中选。") % {"title": ladder.title}
    if not 0 <= choice.grace <= 31:
        problems["grace"] = _("宽限写0到31天。")
    if choice.ceiling is not None and choice.ceiling <= 0:
        problems["ceiling"] = _("上限要大于0；不设上限就空着。")
    if choice.over_ceiling not in dict(OfficeChoiceRecord.OVER):
        problems["over_ceiling"] = _("请选超过上限时怎么办。")
    try:
        number_of(choice.slip_scheme, record.year, 1)
    except SchemeRefused as refused:
        problems["slip_scheme"] = str(refused)
    if problems:
        raise StepRefused(problems)
