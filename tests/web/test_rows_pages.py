"""Pages of rows: import with preview, a form, stages, verification, several at once, the map, the queue of enterprises, what is due."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.publish.register_sheets import rows_xlsx
from luoshi.store.models import EvidenceRecord, FactRecord, ImportRecord, ListRecord, MergeRecord
from luoshi.store.queries.story import tell_list
from tests.actions.reporting import jpeg
from tests.actions.test_rows_in import GOOD, csv_of
from tests.web.world import DAY, World, world  # noqa: F401

pytestmark = pytest.mark.usefixtures("standing_day")
HERE = "/lists/1/registers/terminal/"
PARCEL = "/lists/1/registers/redevelopment_parcel/"


@pytest.fixture
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_TODAY", DAY.isoformat())


def told_parcel(world: World, key: str) -> Any:  # noqa: F811
    told = tell_list(ListRecord.objects.get(pk=world.list.pk), DAY)
    assert told
    return [record for record in told.facts.records["redevelopment_parcel"] if record.key == key]


def test_a_file_is_previewed_confirmed_and_then_in_the_register(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    assert client.get(f"{HERE}import/").status_code == 200
    assert client.post(f"{HERE}import/").status_code == 422
    wrong = ("示例新终端902", "示例点位", "某某路1号", "网吧", "是", "2019-08-01", "", "")
    answer = client.post(f"{HERE}import/", {"file": SimpleUploadedFile("终端.csv", csv_of(GOOD, wrong))}, follow=True)
    page = answer.content.decode()
    assert "查完了，有1行是错的" in page
    assert "不在可选的词里" in page
    at = answer.redirect_chain[-1][0]
    made = ImportRecord.objects.get()
    answer = client.post(at, {"do": "take", "how": "whole", "version": made.facts_version})
    assert answer.status_code == 422
    assert "整份都不能收" in answer.content.decode()
    sheet = client.get(f"{at}wrong-rows.xlsx").content
    with zipfile.ZipFile(io.BytesIO(sheet)) as book:
        assert "网吧" in book.read("xl/sharedStrings.xml").decode()
    assert client.post(at, {"do": "take", "how": "good", "version": made.facts_version}).status_code == 302
    assert "已经入库" in client.get(at).content.decode()
    assert "示例点位" in client.get(f"{HERE}?q=示例新终端901").content.decode()
    again = client.post(f"{HERE}import/", {"file": SimpleUploadedFile("终端二.csv", csv_of(GOOD, wrong))}, follow=True).content.decode()
    assert "没有再入一次，什么都没有变" in again
    assert b"".join(client.get(f"{at}original/").streaming_content) == csv_of(GOOD, wrong)


def test_the_corrected_list_of_wrong_rows_comes_in_as_it_is(world: World) -> None:  # noqa: F811
    from luoshi.publish.register_sheets import refused_xlsx
    from tests.actions.test_rows_in import HEAD, bring

    made = bring(world, refused_xlsx(HEAD, [("终端.csv", 3, GOOD, "场所不对")]), name="错行清单.xlsx")
    assert (made.counts["added"], made.counts["warnings"]) == (1, 0), made.problems


def test_what_is_exported_comes_back_unchanged_and_nothing_in_it_is_a_formula(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    for format in ("xlsx", "csv"):
        content = client.get(f"{HERE}rows.{format}").content
        assert "和台账里的一样，什么都不会变" in client.post(
            f"{HERE}import/", {"file": SimpleUploadedFile(f"导出.{format}", content)}, follow=True).content.decode()
    template = client.get(f"{HERE}template.xlsx").content
    with zipfile.ZipFile(io.BytesIO(template)) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    told = tell_list(world.list, DAY)
    assert told
    assert rows_xlsx(told.pack.registers["terminal"], told.facts.records["terminal"])


def test_a_row_is_entered_corrected_with_a_reason_and_retired(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    cells = {"terminal": "示例表单1", "place": "示例点位", "at": "120.75,30.75", "kind": "银行", "opened": "2019-08-01", "supplier": "示例市政务办"}
    answer = client.post(f"{HERE}new/", {**cells, "kind": "网吧"})
    assert answer.status_code == 422
    assert "不在可选的词里" in answer.content.decode()
    assert client.post(f"{HERE}new/", {**cells, "photo": SimpleUploadedFile("现场.jpg", jpeg())}).status_code == 302
    made = FactRecord.objects.get(key="示例表单1")
    evidence = EvidenceRecord.objects.get()
    assert made.row["佐证"] == f"sha256:{evidence.sha256}"
    page = client.get(f"{HERE}示例表单1/").content.decode()
    assert "现场.jpg" in page
    assert b"".join(client.get(f"{HERE}示例表单1/files/{evidence.pk}/").streaming_content) == jpeg()
    corrected = {**cells, "kind": "商场", "version": made.pk, "evidence": made.row["佐证"]}
    assert client.post(f"{HERE}示例表单1/correct/", corrected).status_code == 422
    assert client.post(f"{HERE}示例表单1/correct/", {**corrected, "reason": "搬到商场里了"}).status_code == 302
    assert client.post(f"{HERE}示例表单1/correct/", {**corrected, "kind": "社区", "reason": "又搬了"}).status_code == 409
    page = client.get(f"{HERE}示例表单1/").content.decode()
    assert "搬到商场里了" in page
    assert client.post(f"{HERE}示例表单1/step/", {"do": "retire", "reason": "登记重复"}).status_code == 302
    told = tell_list(ListRecord.objects.get(pk=world.list.pk), DAY)
    assert told
    assert [r.level for r in told.facts.records["terminal"] if r.key == "示例表单1"] == [-1]


def test_a_stage_wants_its_evidence_and_the_day_it_happened(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    row = next(r for r in FactRecord.objects.filter(source="redevelopment_parcel") if r.row.get("阶段") == "实施")
    at, form = f"{PARCEL}{row.key}/step/", {"do": "move", "to": "完成", "on": "2019-09-20", "version": row.pk}
    assert "要有佐证" in client.post(at, form).content.decode()
    assert client.post(at, {**form, "on": "2019-10-20", "evidence": "示例验〔2019〕90号"}).status_code == 422
    assert client.post(at, {**form, "evidence": "示例验〔2019〕90号"}).status_code == 302
    assert client.post(at, {**form, "evidence": "示例验〔2019〕90号"}).status_code == 409
    newest = FactRecord.objects.filter(key=row.key).latest("id")
    assert (newest.row["阶段"], newest.row["发生日期"], newest.row["核验"]) == ("完成", "2019-09-20", "已填报")
    page = client.get(f"{PARCEL}{row.key}/").content.decode()
    assert 'aria-current="step"><span>完成' in page


def test_verification_goes_by_rights_and_never_by_the_one_who_entered(world: World) -> None:  # noqa: F811
    office, checker = world.client("supervision"), world.client("checker")
    client_cells = {"terminal": "示例表单2", "place": "示例点位", "at": "120.75,30.75", "kind": "银行", "opened": "2019-08-01"}
    office.post(f"{HERE}new/", client_cells)
    own = office.post(f"{HERE}示例表单2/step/", {"do": "verify", "level": "spot_checked"})
    assert (own.status_code, "要由别人核验" in own.content.decode()) == (422, True)
    assert checker.post(f"{HERE}示例表单2/step/", {"do": "verify", "level": "spot_checked"}).status_code == 403
    assert checker.post(f"{HERE}示例表单2/step/", {"do": "verify", "level": "rejected"}).status_code == 422
    assert checker.post(f"{HERE}示例表单2/step/", {"do": "verify", "level": "lead"}).status_code == 302
    assert FactRecord.objects.filter(key="示例表单2").latest("id").row["核验"] == "牵头单位核验"
    assert world.client("leader").get(f"{HERE}示例表单2/step/").status_code == 404
    assert world.client("liaison").get(f"{HERE}示例表单2/step/").status_code == 404


def test_several_rows_are_changed_or_verified_together_or_not_at_all(world: World) -> None:  # noqa: F811
    office, checker = world.client("supervision"), world.client("checker")
    keys = ["示例终端001", "示例终端002"]
    assert office.post(f"{HERE}table/", {"do": "set", "column": "场所", "text": "网吧", "key": keys, "reason": "示例"}).status_code == 422
    assert office.post(f"{HERE}table/", {"do": "set", "column": "场所", "text": "社区", "key": keys}).status_code == 422
    assert office.post(f"{HERE}table/", {"do": "set", "column": "场所", "text": "社区", "key": keys, "reason": "示例"}).status_code == 302
    assert {FactRecord.objects.filter(key=key).latest("id").row["场所"] for key in keys} == {"社区"}
    assert checker.post(f"{HERE}table/", {"do": "verify", "level": "county", "key": keys}).status_code == 302
    assert {FactRecord.objects.filter(key=key).latest("id").row["核验"] for key in keys} == {"县级核验"}
    assert checker.get(f"{HERE}table/").status_code == 200


def test_the_map_has_a_table_beside_it_and_asks_nobody(world: World) -> None:  # noqa: F811
    page = world.client("checker").get(f"{HERE}map/").content.decode()
    assert "120.7800,30.7500" in page
    assert '"FeatureCollection"' in page
    assert "https://" not in page
    assert world.client("checker").get("/lists/1/registers/hightech_enterprise/map/").status_code == 404


def test_a_person_decides_which_enterprise_it_is_and_takes_it_back(world: World) -> None:  # noqa: F811
    client, at = world.client("checker"), "/lists/1/merges/"
    firm = FactRecord.objects.filter(source="enterprise").first()
    row = FactRecord.objects.filter(source="hightech_enterprise", row__企业名称__isnull=False).first()
    assert firm
    assert row
    like = firm.row["企业名称"].replace("股份有限公司", "维股份有限公司")
    FactRecord.objects.filter(pk=row.pk).update(row={**row.row, "企业名称": like, "统一社会信用代码": ""})
    ListRecord.objects.filter(pk=1).update(facts_version=7)
    page = client.get(at).content.decode()
    assert like in page
    assert firm.key in page
    form = {"do": "decide", "source": row.source, "key": row.key, "code": firm.key}
    assert client.post(at, form).status_code == 422
    assert client.post(at, {**form, "code": "91330000000000000X", "reason": "x"}).status_code == 422
    assert client.post(at, {**form, "reason": "核对了营业执照"}).status_code == 302
    assert client.post(at, {**form, "reason": "核对了营业执照"}).status_code == 409
    told = tell_list(ListRecord.objects.get(pk=1), DAY)
    assert told
    assert firm.key in next(r for r in told.facts.records[row.source] if r.key == row.key).values
    made = MergeRecord.objects.get()
    assert client.post(at, {"do": "undo", "merge": made.pk, "reason": "认错了"}).status_code == 302
    assert "认错了" in client.get(at).content.decode()
    assert FactRecord.objects.filter(source="enterprise").count() == 18


def test_what_is_due_from_whom_is_seen_with_its_own_light(world: World) -> None:  # noqa: F811
    page = world.client("supervision").get("/lists/1/supplies/").content.decode()
    assert "严重迟供" in page
    mine = world.client("liaison_c").get("/lists/1/supplies/").content.decode()
    assert "高新技术企业" in mine
    assert "重大平台" not in mine
