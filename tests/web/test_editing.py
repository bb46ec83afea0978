"""Questions one by one, edits, undo and redo, the confirmation; two people at once; the journal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from luoshi.actions.answer_document import answer_document
from luoshi.actions.edit_document import edit_document
from luoshi.actions.stale import Stale
from luoshi.plan.edit import Change, Drop
from luoshi.plan.plan import Plan
from luoshi.plan.restore import plan_from_json
from luoshi.plan.walk import fingerprint, nouns_of
from luoshi.store.models import DocumentRecord, JournalRecord, ListRecord, PlanRecord
from luoshi.store.queries.draft import draft_of
from tests.reading.make import cell, docx, par, table
from tests.web.importing import OWN, confirm, fresh, text_of, upload  # noqa: F401
from tests.web.world import AT, World, world  # noqa: F401

ROWS = (("1", "种树", "全年植树100亩，其中公园50亩。", "整地育苗；年底前建成苗圃2个。", "市林业局", ""),
        ("2", "修路", "新建道路20公里左右。", "修好示例路。", "市交通局", "市公安局"),
        ("3", "架桥", "建成桥梁3座左右。", "架好示例桥。", "市交通局", "市公安局"))
HEAD = ("序号", "工作任务", "年度目标", "具体措施", "牵头单位", "配合单位")


def small() -> bytes:
    return docx(par("2019年重点工作任务清单") + table(*["".join(map(cell, row)) for row in (HEAD, *ROWS)]) + par("附则：培训护林员80人。"))


class Office:
    """A small document that waits for its confirmation."""

    def __init__(self, world: World, made: ListRecord, data: bytes) -> None:  # noqa: F811
        self.client: Client = world.client("supervision")
        self.where = upload(self.client, made.pk, "清单.docx", data)["Location"]
        self.document = DocumentRecord.objects.get(list=made)

    @property
    def plan(self) -> Plan:
        self.document.refresh_from_db()
        draft = draft_of(self.document)
        assert draft is not None
        return draft.plan

    def named(self, words: str) -> Any:
        """The noun with these words."""
        named = {id: getattr(n, "metric", "") or getattr(n, "text", "") or getattr(n, "title", "") for id, n in nouns_of(self.plan).items()}
        return nouns_of(self.plan)[next(id for id, name in named.items() if words in name)]

    def edit(self, noun: Any, do: str = "change", **form: Any) -> Any:
        return self.client.post(f"{self.where}edit/{noun.id}/", {"do": do, "seen": fingerprint(noun), **form})

    def question(self, kind: str) -> int:
        draft = draft_of(self.document)
        assert draft is not None
        return next(n for n, q in enumerate(draft.questions, 1) if q.id == kind)


@pytest.fixture
def office(world: World, fresh: ListRecord) -> Office:  # noqa: F811
    return Office(world, fresh, small())


def test_a_value_is_changed_journalled_taken_back_and_made_again(office: Office) -> None:
    target = office.named("植树")
    page = text_of(office.client.get(f"{office.where}edit/{target.id}/"))
    assert 'value="100"' in page
    assert "怎么读的：句式" in page
    answer = office.edit(target, value="120", unit="亩", metric=target.metric)
    assert answer["Location"] == f"{office.where}#p-{target.id}"
    assert nouns_of(office.plan)[target.id].value == 120  # type: ignore[union-attr]
    entry = JournalRecord.objects.filter(action="document.edit").latest("number")
    assert "数值由“100”改为“120”" in entry.detail["words"]
    page = text_of(office.client.get(office.where))
    assert "已改" in page
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert mark is not None
    assert office.client.post(office.where, {"do": "undo", "mark": mark[1]}).status_code == 302
    assert nouns_of(office.plan)[target.id].value == 100  # type: ignore[union-attr]
    assert office.client.post(office.where, {"do": "undo", "mark": mark[1]}).status_code == 409
    assert office.client.post(office.where, {"do": "redo", "mark": "0"}).status_code == 302
    assert nouns_of(office.plan)[target.id].value == 120  # type: ignore[union-attr]
    assert {"document.undo", "document.redo"} <= set(JournalRecord.objects.values_list("action", flat=True))


def test_a_wrong_value_is_refused_at_its_field_and_stays_typed(office: Office) -> None:
    answer = office.edit(office.named("植树"), value="很多", unit="亩")
    assert answer.status_code == 422
    page = text_of(answer)
    assert "“很多”不是数" in page
    assert 'value="很多"' in page
    assert 'aria-invalid="true"' in page


def test_a_measure_is_split_where_a_line_was_broken_and_merged_again(office: Office) -> None:
    measure = office.named("整地育苗")
    assert "要和原来一样" in text_of(office.edit(measure, "split", text="整地；\n育苗"))
    assert "正好拆成两行" in text_of(office.edit(measure, "split", text=measure.text))
    office.edit(measure, "split", text="整地育苗；\n年底前建成苗圃2个。")
    first, second = office.plan.tasks[0].measures
    assert (first.text, second.text) == ("整地育苗；", "年底前建成苗圃2个。")
    assert not first.targets
    assert second.targets
    office.edit(first, "merge", other=second.id)
    assert [m.text for m in office.plan.tasks[0].measures] == [measure.text]


def test_a_measure_moves_to_another_task_and_a_target_is_deleted_for_a_reason(office: Office) -> None:
    measure = office.named("修好示例路")
    office.edit(measure, "move", to=office.plan.tasks[0].id)
    assert office.named("修好示例路") in office.plan.tasks[0].measures
    target = office.named("植树")
    assert "要写原因" in text_of(office.edit(target, "drop", reason=" "))
    office.edit(target, "drop", reason="与上年重复")
    assert target.id not in nouns_of(office.plan)
    assert "与上年重复" in JournalRecord.objects.filter(action="document.edit").latest("number").detail["words"]


def test_units_are_changed_for_one_measure_or_all_that_share_them(office: Office) -> None:
    measure = office.named("整地育苗")
    office.edit(measure, "assign", unit=["市林业局", "市公园中心", ""], role=["lead", "support", "support"], all="1")
    assert [(d.unit, d.role) for d in office.plan.tasks[0].measures[0].duties] == [("市林业局", "lead"), ("市公园中心", "support")]
    assert "写了两次" in text_of(office.edit(office.named("整地育苗"), "assign", unit=["市甲局", "市甲局"], role=["lead", "support"]))


def test_what_was_missed_is_added_by_its_sentence_and_refused_where_there_is_none(office: Office) -> None:
    where = f"{office.where}add/"
    assert office.client.get(where).status_code == 200
    refused = office.client.get(where, {"quote": "培训飞行员80人", "kind": "target"})
    assert refused.status_code == 422
    assert "文件里没有这句话" in text_of(refused)
    page = text_of(office.client.get(where, {"quote": "培训 护林员80人。", "kind": "target"}))
    assert 'value="80"' in page
    form = {"quote": "培训护林员80人。", "kind": "target", "place": "0", "to": office.plan.tasks[0].id, "metric": "培训护林员",
            "value": "80", "unit": "人", "op": "=", "mode": "level", "modality": "committed", "judged": "at_least", "due": "2019-12-31"}
    assert office.client.post(where, {**form, "value": ""}).status_code == 422
    assert office.client.post(where, form).status_code == 302
    assert office.named("培训护林员").source.quote == "培训护林员80人。"
    task = {"quote": "附则：培训护林员80人。", "kind": "task", "title": "护林"}
    assert office.client.post(where, task).status_code == 302
    assert office.plan.tasks[-1].title == "护林"


def test_of_two_people_who_edit_the_second_sees_both(office: Office, world: World) -> None:  # noqa: F811
    target = office.named("植树")
    edit_document(world.who("supervision"), AT, office.document.pk, Change(target.id, (("value", "150"),)), {})
    answer = office.edit(target, value="120", unit="亩", metric=target.metric)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "<td>150</td><td>120</td>" in page
    assert nouns_of(office.plan)[target.id].value == 150  # type: ignore[union-attr]
    assert office.edit(office.named("植树"), value="120", unit="亩", metric=target.metric).status_code == 302
    edit_document(world.who("supervision"), AT, office.document.pk, Drop(target.id, "重复"), {})
    assert office.edit(target, value="1").status_code == 302
    assert "没有这一条" in text_of(office.client.get(office.where))


def test_of_two_people_who_answer_the_second_is_told(office: Office, world: World) -> None:  # noqa: F811
    draft = draft_of(office.document)
    assert draft is not None
    band = next(q for q in draft.questions if q.id == "target.band")
    answer_document(world.who("supervision"), AT, office.document.pk, {band.key: "10%"}, {band.key: ""})
    number = office.question("target.band")
    answer = office.client.post(f"{office.where}questions/{number}/", {f"answer:{band.key}": "at_least", f"seen:{band.key}": ""})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "别人已经答了" in page
    assert "不低于所写的数就算完成" in page
    with pytest.raises(Stale):
        answer_document(world.who("supervision"), AT, office.document.pk, {band.key: "at_least"}, {band.key: ""})
    answer_document(world.who("supervision"), AT, office.document.pk, {band.key: ""}, {band.key: ""})
    office.document.refresh_from_db()
    assert office.document.answers[band.key] == "10%"


def test_questions_are_asked_one_by_one_and_one_answer_does_for_all_alike(office: Office) -> None:
    number = office.question("target.band")
    where = f"{office.where}questions/{number}/"
    page = text_of(office.client.get(where))
    draft = draft_of(office.document)
    assert draft is not None
    total = len(draft.questions)
    assert f"<h1>{number} / {total}</h1>" in page
    assert "同类的另外1个问题" in page
    assert "跳过" in page
    key = draft.questions[number - 1].key
    answer = office.client.post(where, {f"answer:{key}": "10%", f"seen:{key}": "", "alike": "1"})
    assert answer.status_code == 302
    office.document.refresh_from_db()
    assert list(office.document.answers.values()).count("10%") == 2
    assert office.client.get(f"{office.where}questions/{total + 1}/").status_code == 302
    assert office.client.get(f"{office.where}questions/0/").status_code == 404


def test_what_shapes_the_plan_is_asked_before_what_one_figure_means(office: Office) -> None:
    draft = draft_of(office.document)
    assert draft is not None
    ids = [q.id for q in draft.questions]
    assert ids.index("duty.blank") < ids.index("target.band")


def test_reading_again_keeps_answers_and_edits_and_lists_what_no_longer_fits(office: Office, world: World) -> None:  # noqa: F811
    target, gone = office.named("植树"), office.named("苗圃")
    office.edit(target, value="120", unit="亩", metric=target.metric)
    office.edit(gone, "drop", reason="重复")
    answer_document(world.who("supervision"), AT, office.document.pk, {f"target.band:{office.named('桥梁').id}": "10%"})
    before = office.plan
    assert office.client.post(office.where, {"do": "compile-again"}).status_code == 302
    assert office.plan == before
    tree = DocumentRecord.objects.get(pk=office.document.pk).plan
    tree["tasks"] = tree["tasks"][1:2]
    tree["findings"] = []
    DocumentRecord.objects.filter(pk=office.document.pk).update(plan=tree)
    page = text_of(office.client.get(office.where))
    assert "用不上的答案和修改" in page
    assert "由“100”改为“120”" in page
    assert office.client.post(office.where, {"do": "compile-again"}).status_code == 302
    assert office.plan == before
    assert "用不上的答案和修改" not in text_of(office.client.get(office.where))


def test_confirming_asks_where_something_is_open_and_says_what_came_into_force(office: Office, fresh: ListRecord) -> None:  # noqa: F811
    target = office.named("植树")
    office.edit(target, value="120", unit="亩", metric=target.metric)
    page = text_of(office.client.get(f"{office.where}confirm/"))
    assert "还没定的" in page
    assert office.client.post(f"{office.where}confirm/", {"expected": "0"}).status_code == 422
    assert office.client.post(f"{office.where}confirm/", {"expected": "0", "sure": "1", "mark": "0"}).status_code == 409
    assert confirm(office.client, office.where).status_code == 302
    plan = plan_from_json(PlanRecord.objects.get(list=fresh).plan)
    assert nouns_of(plan)[target.id].value == 120  # type: ignore[union-attr]
    assert "3项任务、3条举措" in text_of(office.client.get(f"/lists/{fresh.pk}/"))
    assert office.edit(target, value="1").status_code == 302
    assert office.client.get(f"{office.where}add/").status_code == 302
    assert office.client.get(f"{office.where}confirm/").status_code == 302
    assert PlanRecord.objects.filter(list=fresh).count() == 1


def test_every_mark_of_the_document_leads_to_its_noun_and_back(office: Office) -> None:
    page = text_of(office.client.get(office.where))
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = set(re.findall(r' href="#([^"]+)"', page))
    assert links <= ids
    for noun in nouns_of(office.plan):
        assert f"at-{noun}" in ids
        assert f"p-{noun}" in ids
    for kind in "tqmpuc":
        assert f'<mark class="{kind}"' in page or kind in "mp"


def test_the_page_of_a_whole_list_stays_light(world: World, fresh: ListRecord) -> None:  # noqa: F811
    own = Office(world, fresh, OWN.read_bytes())
    assert len(own.client.get(own.where).content) < 100_000
