"""Draw a spot check「抽查」 from what is claimed as done. In: who, the list, how many, a seed. Out: `SampleRecord` with its items.

The claims of the day and the seed are kept, so that anybody can draw it again and gets the same. Raises NotAllowed, StepRefused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.actions.step_refused import StepRefused
from luoshi.actions.writing import writing
from luoshi.store.models import JournalHeadRecord, ListRecord, SampleItemRecord, SampleRecord
from luoshi.store.queries.claims import claims_of, organ_ids
from luoshi.store.queries.samples import redraw
from luoshi.store.queries.story import tell_list
from luoshi.store.who import Who
from luoshi.supervision.sample import Claim

MOST = 200


@dataclass(frozen=True, slots=True)
class SampleText:
    """「抽查方案」 seed: "": the head of the journal at that moment, which nobody can choose."""

    title: str
    as_of: date
    random: int
    by_risk: int
    seed: str = ""


def draw_sample(who: Who, at: datetime, today: date, list_id: int, text: SampleText) -> SampleRecord:
    """What is claimed is read once more here: what the page showed may have changed."""
    with writing(who, "sample.draw", at, right="supervise", list_id=list_id) as entry:
        held = ListRecord.objects.select_related("plan").select_for_update(of=("self",)).get(pk=list_id)
        _check(text, today)
        told = tell_list(held, text.as_of)
        claims = claims_of(held, told) if told else None
        if claims is None or not claims.claims:
            raise StepRefused({"all": _("到这一天还没有报为完成的，没有可以抽的。")})
        ids = organ_ids(claim.unit for claim in claims.claims)
        kept = [_kept(claim, claims.promise.get(claim.key, ""), ids.get(claim.unit)) for claim in claims.claims]
        made = SampleRecord.objects.create(list=held, title=text.title.strip(), seed=text.seed.strip() or _journal_head(), as_of=text.as_of,
                                           random=text.random, by_risk=text.by_risk, claims=kept, by_id=who.person_id, at=at)
        about = {one["key"]: one for one in kept}
        drawn = redraw(made)
        SampleItemRecord.objects.bulk_create(SampleItemRecord(
            sample=made, key=each.claim.key, place=each.place, title=each.claim.title[:200], organ_id=about[each.claim.key]["organ"], how=each.how,
            why=each.why[:200], promise_id=about[each.claim.key]["promise"], amount=each.claim.amount) for each in drawn)
        entry.about = f"sample:{made.pk}"
        entry.detail = {"title": made.title, "seed": made.seed, "as_of": made.as_of, "claims": len(kept), "drawn": [each.claim.key for each in drawn]}
    return made


def _check(text: SampleText, today: date) -> None:
    problems = {}
    if not text.title.strip():
        problems["title"] = _("没有写名称。例如：9月抽查。")
    if text.as_of > today:
        problems["as_of"] = _("这一天还没有到。请选今天或以前的一天。")
    if text.random < 0 or text.by_risk < 0 or not 0 < text.random + text.by_risk <= MOST:
        problems["all"] = _("两种合起来要抽1到%(most)s件。") % {"most": MOST}
    if problems:
        raise StepRefused(problems)


def _kept(claim: Claim, promise_id: str, organ_id: int | None) -> dict[str, Any]:
    return {"key": claim.key, "title": claim.title, "unit": claim.unit, "organ": organ_id, "promise": promise_id, "risks": list(claim.risks),
            "amount": None if claim.amount is None else str(Decimal(claim.amount))}


def _journal_head() -> str:
    head = JournalHeadRecord.objects.get(pk=1)
    return f"{head.count}:{head.hash[:24]}"
