"""A bulletin from draft to issue: what the actions let through, and what never moves afterwards."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection

from luoshi.actions.bulletin_content import change_draft, seal_of
from luoshi.actions.draft_bulletin import NoPlan, composed, draft_bulletin
from luoshi.actions.edit_bulletin import edit_bulletin
from luoshi.actions.issue_bulletin import issue_bulletin
from luoshi.actions.journal import verify_journal
from luoshi.actions.make_list import make_list
from luoshi.actions.stale import Stale
from luoshi.publish.bulletin import Office
from luoshi.publish.bulletin_changes import changes_since
from luoshi.publish.bulletin_edit import CannotReword
from luoshi.publish.bulletin_json import bulletin_from_json
from luoshi.store.models import BulletinRecord, FactRecord, JournalRecord, ListRecord
from luoshi.store.who import NotAllowed
from tests.web.world import DAY, World, world  # noqa: F401

AT = datetime(2019, 10, 8, 9, 0, tzinfo=UTC)
ON = date(2019, 10, 8)
OFFICE = Office("示例市政府督查室", "示例督")


def drafted(world: World, as_of: date = DAY) -> BulletinRecord:  # noqa: F811
    return draft_bulletin(world.who("supervision"), AT, world.list.pk, as_of, OFFICE)


def issued(world: World, record: BulletinRecord) -> BulletinRecord:  # noqa: F811
    return issue_bulletin(world.who("supervision"), AT, ON, world.list.pk, record.pk, seal_of(record.content))


def texts_of(record: BulletinRecord) -> list[str]:
    return [p["text"] for p in record.content["passages"]]


def test_a_draft_keeps_every_number_with_its_because(world: World) -> None:  # noqa: F811
    made = bulletin_from_json(drafted(world).content)
    actual = next(n for n in made.numbers if (n.of, n.role) == ("9.1", "actual"))
    assert (actual.text, actual.exact, actual.value_from, actual.indicator != "") == ("2640亩", "2640", "computed", True)
    assert actual.because.counted_total == "21"
    assert actual.because.excluded_total == "19"
    assert "城镇低效用地" in actual.because.sentence
    assert all(n.because.rule for n in made.numbers)


def test_only_the_supervision_office_drafts_edits_and_issues(world: World) -> None:  # noqa: F811
    record = drafted(world)
    for key in ("administrator", "liaison", "head", "leader", "checker", "assessor", "auditor"):
        who = world.who(key)
        with pytest.raises(NotAllowed):
            draft_bulletin(who, AT, world.list.pk, DAY, OFFICE)
        with pytest.raises(NotAllowed):
            edit_bulletin(who, AT, world.list.pk, record.pk, tuple(texts_of(record)), seal_of(record.content))
        with pytest.raises(NotAllowed):
            issue_bulletin(who, AT, ON, world.list.pk, record.pk, seal_of(record.content))
    assert BulletinRecord.objects.get().state == "draft"


def test_a_list_without_a_plan_has_nothing_to_report(world: World) -> None:  # noqa: F811
    empty = make_list(world.who("supervision"), AT, "空清单", 2019, "base")
    with pytest.raises(NoPlan):
        draft_bulletin(world.who("supervision"), AT, empty.pk, DAY, OFFICE)
    assert not BulletinRecord.objects.exists()


def test_words_around_a_number_change_and_the_number_stays(world: World) -> None:  # noqa: F811
    record = drafted(world)
    texts = texts_of(record)
    place = next(i for i, p in enumerate(record.content["passages"]) if "9.1" in p["text"] and p["level"] == "h3")
    texts[place] = texts[place].replace("差", "还差") + "请于10月15日前报送整改安排。"
    after = edit_bulletin(world.who("supervision"), AT, world.list.pk, record.pk, tuple(texts), seal_of(record.content))
    assert texts_of(after)[place] == texts[place]
    assert after.content["numbers"] == record.content["numbers"]
    entry = JournalRecord.objects.get(action="bulletin.edit")
    assert list(entry.detail["changed"]) == [str(place)]


@pytest.mark.parametrize(("change", "said"), [
    (lambda t: t.replace("{1}", "{2}"), "少了数字{1}（35个）"),
    (lambda t: t.replace("{1}", "36个"), "少了数字{1}（35个）"),
    (lambda t: t + "{1}", "多了记号{1}"),
    (lambda t: t + "{999}", "多了记号{999}"),
    (lambda t: t + "完成投资35亿元。", "“35”不是系统算出的数"),
    (lambda t: t + "完成投资３５亿元。", "“３５”不是系统算出的数"),
    (lambda t: t + "完成投资三十五亿元。", "“三十五亿元”不是系统算出的数"),
    (lambda t: t + "占百分之八十。", "“百分之八十”不是系统算出的数"),
    (lambda t: t + "{乱}", "花括号只用来放数字的记号"),
    (lambda t: "", "这一段是空的"),
    (lambda t: t + "很长" * 600, "请写短些"),
])
def test_a_bound_number_cannot_be_typed_over(world: World, change: object, said: str) -> None:  # noqa: F811
    record = drafted(world)
    texts = texts_of(record)
    texts[0] = change(texts[0])  # type: ignore[operator]
    with pytest.raises(CannotReword) as wrong:
        edit_bulletin(world.who("supervision"), AT, world.list.pk, record.pk, tuple(texts), seal_of(record.content))
    assert said in wrong.value.faults[0]
    assert BulletinRecord.objects.get().content == record.content


def test_a_form_made_before_somebody_else_saved_is_stale(world: World) -> None:  # noqa: F811
    record = drafted(world)
    texts, seal = texts_of(record), seal_of(record.content)
    texts[0] += "特此通报。"
    edit_bulletin(world.who("supervision"), AT, world.list.pk, record.pk, tuple(texts), seal)
    with pytest.raises(Stale, match="别人改过"):
        edit_bulletin(world.who("supervision"), AT, world.list.pk, record.pk, tuple(texts), seal)
    with pytest.raises(Stale, match="别人改过"):
        issue_bulletin(world.who("supervision"), AT, ON, world.list.pk, record.pk, seal)


def test_issuing_numbers_freezes_and_renders(world: World) -> None:  # noqa: F811
    first, second = issued(world, drafted(world)), issued(world, drafted(world))
    assert [b.content["issued"]["number"] for b in (first, second)] == ["示例督〔2019〕1号", "示例督〔2019〕2号"]
    assert (first.state, first.number, second.number) == ("issued", 1, 2)
    for kind, head in (("docx", b"PK"), ("pdf", b"%PDF")):
        content = (Path(settings.MEDIA_ROOT) / getattr(first, kind)).read_bytes()
        assert content.startswith(head)
        assert hashlib.sha256(content).hexdigest() == first.content["issued"]["sha256"][kind]
    entry = JournalRecord.objects.filter(action="bulletin.issue").first()
    assert entry is not None
    assert entry.detail["content"] == seal_of(first.content)
    assert verify_journal()[1] is None


def test_nothing_of_an_issued_bulletin_changes_any_more(world: World) -> None:  # noqa: F811
    record = issued(world, drafted(world))
    before = json.dumps(record.content, sort_keys=True)
    seal = seal_of(record.content)
    with pytest.raises(Stale, match="已经印发"):
        issue_bulletin(world.who("supervision"), AT, ON, world.list.pk, record.pk, seal)
    with pytest.raises(Stale, match="已经印发"):
        edit_bulletin(world.who("supervision"), AT, world.list.pk, record.pk, tuple(texts_of(record)), seal)
    with pytest.raises(Stale, match="已经印发"):
        change_draft(record, content={}, title="改过的标题")      # even past the check, the database says no
    record.refresh_from_db()
    assert json.dumps(record.content, sort_keys=True) == before
    assert record.number == 1


def test_a_later_correction_leaves_the_issued_one_and_is_told(world: World) -> None:  # noqa: F811
    record = issued(world, drafted(world))
    printed = bulletin_from_json(record.content)
    held = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    assert changes_since(printed, composed(held, DAY, OFFICE)) == ()
    FactRecord.objects.filter(list=held, source="redevelopment_parcel").delete()
    ListRecord.objects.filter(pk=held.pk).update(facts_version=held.facts_version + 1)
    held = ListRecord.objects.select_related("plan").get(pk=world.list.pk)
    changed = {(c.of, c.role): c for c in changes_since(printed, composed(held, DAY, OFFICE))}
    assert changed["9.1", "actual"].issued == "2640亩"
    assert changed["9.1", "actual"].today != "2640亩"
    record.refresh_from_db()
    assert bulletin_from_json(record.content) == printed


def test_the_next_one_compares_with_the_one_before(world: World) -> None:  # noqa: F811
    issued(world, drafted(world, date(2019, 6, 30)))
    words = "".join(texts_of(drafted(world)))
    assert "与截至2019年6月30日的状态相比" in words
    assert "第1.1项“高能级平台”（由正常转为滞后）" in words


@pytest.mark.django_db(transaction=True)
def test_two_people_who_issue_at_once_get_a_number_each_or_are_told(world: World) -> None:  # noqa: F811
    records = [drafted(world), drafted(world)]
    asked = [records[0], records[0], records[1]]
    who, list_id, start, said = world.who("supervision"), world.list.pk, Barrier(len(asked)), []

    def issue(record: BulletinRecord) -> None:
        try:
            start.wait()
            said.append(issue_bulletin(who, AT, ON, list_id, record.pk, seal_of(record.content)).number)
        except Stale:
            said.append(None)
        finally:
            connection.close()

    threads = [Thread(target=issue, args=(record,)) for record in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(n or 0 for n in said) == [0, 1, 2]
    assert sorted(BulletinRecord.objects.values_list("number", flat=True)) == [1, 2]
