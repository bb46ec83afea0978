"""Official series and deliverables come in by the pages of registers: file, form, table; revisions stand beside what they revise."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.status.stand import Item
from luoshi.store.models import FactRecord, ImportRecord, ListRecord
from luoshi.store.queries.story import tell_list
from tests.web.world import DAY, World, world  # noqa: F401

pytestmark = pytest.mark.usefixtures("standing_day")
REVENUE = "/lists/1/registers/core_industry_revenue/"
PLANS = "/lists/1/registers/rail_town_plans/"
DESIGN = "高铁南站城站一体城市设计"
REVISED = "期间,数值（亿元）,发布日期,发布文件,口径版本,说明\n2019年8月,941.5,2019-09-28,示例统计月报2019年第8期（修订）,2019年目录,\n"


@pytest.fixture(autouse=True)
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_TODAY", DAY.isoformat())


def item_of(indicator: str) -> Item:
    told = tell_list(ListRecord.objects.get(), DAY)
    assert told
    return next(item for item in told.items if item.figure and item.figure.indicator == indicator)


def value_of(indicator: str) -> Decimal | None:
    figure = item_of(indicator).figure
    assert figure
    return figure.value


def bring(client: Any, at: str, text: str, name: str = "月报.csv") -> str:
    """Upload, and confirm what the preview says. Out: the preview."""
    page = client.post(f"{at}import/", {"file": SimpleUploadedFile(name, text.encode())}, follow=True)
    made = ImportRecord.objects.latest("pk")
    client.post(page.redirect_chain[-1][0], {"do": "take", "how": "whole", "version": made.facts_version})
    return str(page.content.decode())


def row_of(**fields: str) -> dict[str, str]:
    return {"version": "0", "reason": "", **fields}


def test_a_revised_figure_comes_in_by_file_and_the_one_before_stays_beside_it(world: World) -> None:  # noqa: F811
    assert value_of("core_industry_revenue") == 938
    client = world.client("liaison")       # of 市经信局, one of the two that publish it
    preview = bring(client, REVENUE, REVISED)
    assert "确认：新增1行、更正0行" in preview
    assert value_of("core_industry_revenue") == Decimal("941.5")
    item = item_of("core_industry_revenue")
    assert item.figure
    (row,) = item.figure.because.counted
    assert (row.evidence, dict(row.facts)["口径版本"]) == (("示例统计月报2019年第8期（修订）",), "2019年目录")
    assert ("2019-08/2019-09-25", "已被2019-09-28发布的修订数替代") in [(r.key, r.reason) for r in item.figure.because.excluded]
    page = client.get(f"/lists/1/targets/{item.promise.id}/").content.decode()
    assert f'{REVENUE}2019-08/2019-09-28/"' in page
    assert "已被2019-09-28发布的修订数替代" in page
    beside = client.get(f"{REVENUE}2019-08/2019-09-28/").content.decode()
    assert "同一期的各次发布" in beside
    assert "2019年8月（2019-09-25发布）" in beside


def test_a_publication_that_was_entered_wrong_is_corrected_or_taken_back(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    answer = client.post(f"{REVENUE}new/", row_of(period="2019-08", value="951.4", published_on="2019-09-28"))
    assert answer["Location"] == f"{REVENUE}2019-08/2019-09-28/"
    assert value_of("core_industry_revenue") == Decimal("951.4")
    page = client.get(f"{REVENUE}2019-08/2019-09-28/correct/").content.decode()
    version = FactRecord.objects.latest("pk").pk
    assert f'name="version" value="{version}"' in page
    client.post(f"{REVENUE}2019-08/2019-09-28/correct/", row_of(
        period="2019-08", value="941.5", published_on="2019-09-28", version=str(version), reason="录错了"))
    assert value_of("core_industry_revenue") == Decimal("941.5")
    client.post(f"{REVENUE}2019-08/2019-09-28/step/", {"do": "retire", "reason": "不是正式发布的数"})
    assert value_of("core_industry_revenue") == 938
    figure = item_of("core_industry_revenue").figure
    assert figure
    assert ("2019-08/2019-09-28", "登记被退回或停用，不用") in [(r.key, r.reason) for r in figure.because.excluded]
    assert FactRecord.objects.filter(source="core_industry_revenue", key="2019-08/2019-09-28").count() == 3


@pytest.mark.parametrize(("fields", "words"), [
    ({"period": "2019Q3", "value": "1", "published_on": "2019-09-28"}, "请写成 2019-08 这样"),
    ({"period": "2019-09", "value": "1", "published_on": "2019-09-28"}, "早于“期间”2019-09-30"),
    ({"period": "2019-08", "value": "", "published_on": "2019-09-28"}, "必填，这里是空的"),
    ({"period": "2019-08", "value": "1", "published_on": "2019-10-08"}, "在今天（2019-09-30）之后"),
    ({"period": "2019-08", "value": "1", "published_on": "2019-09-25"}, "台账里已经有“2019-08/2019-09-25”这一行"),
])
def test_what_a_publication_cannot_say_is_told_beside_its_field(world: World, fields: dict[str, str], words: str) -> None:  # noqa: F811
    answer = world.client("supervision").post(f"{REVENUE}new/", row_of(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_series_has_a_template_and_what_is_taken_away_comes_back_unchanged(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{REVENUE}template.xlsx").content)) as book:
        assert "数值（亿元）" in book.read("xl/sharedStrings.xml").decode()
    for at in (REVENUE, PLANS):
        for kind in ("xlsx", "csv"):
            content = client.get(f"{at}rows.{kind}").content
            page = client.post(f"{at}import/", {"file": SimpleUploadedFile(f"导出.{kind}", content)}, follow=True).content.decode()
            assert "和台账里的一样，什么都不会变" in page


def test_only_those_who_publish_a_series_or_supply_a_deliverable_enter_it(world: World) -> None:  # noqa: F811
    for at in (REVENUE, PLANS):
        assert world.client("liaison_c").get(f"{at}new/").status_code == 404
        assert world.client("leader").get(f"{at}new/").status_code == 403
    assert world.client("liaison").get(f"{REVENUE}new/").status_code == 200


def test_a_notice_shorter_than_the_law_asks_keeps_the_approval_out_and_names_the_article(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    approval = row_of(item=DESIGN, stage="审批", on="2019-09-29", number="示例批〔2019〕70号")
    answer = client.post(f"{PLANS}new/", approval)
    assert answer.status_code == 422
    assert "“公告”到“审批”只有12日，不满30日，不能算（城乡规划法第二十六条）" in answer.content.decode()
    assert value_of("plans_approved") == 2
    bad = f"成果,阶段,日期\n{DESIGN},审批,2019-09-29\n"
    page = client.post(f"{PLANS}import/", {"file": SimpleUploadedFile("批复.csv", bad.encode())}, follow=True).content.decode()
    assert "第2行" in page
    assert "城乡规划法第二十六条" in page


def test_a_corrected_notice_lets_the_approval_in_which_counts_once_it_is_verified(world: World) -> None:  # noqa: F811
    client = world.client("supervision")
    notice = FactRecord.objects.get(source="rail_town_plans", key=f"{DESIGN}/公告")
    client.post(f"{PLANS}{DESIGN}/公告/correct/", row_of(
        item=DESIGN, stage="公告", on="2019-08-20", version=str(notice.pk), reason="公告是8月20日登的"))
    client.post(f"{PLANS}new/", row_of(item=DESIGN, stage="审批", on="2019-09-25", number="示例批〔2019〕70号"))
    assert value_of("plans_approved") == 2
    checker = world.client("checker")
    for stage in ("公告", "审批"):
        assert checker.post(f"{PLANS}{DESIGN}/{stage}/step/", {"do": "verify", "level": "lead", "reason": ""}).status_code == 302
    assert value_of("plans_approved") == 3
    item = item_of("plans_approved")
    assert item.figure
    row = next(row for row in item.figure.because.counted if row.key == "urban_design")
    assert dict(row.facts) | {"公告": "2019-08-20", "审批": "2019-09-25，示例批〔2019〕70号"} == dict(row.facts)
    page = client.get(f"/lists/1/targets/{item.promise.id}/").content.decode()
    assert f"/registers/rail_town_plans/{DESIGN}/%E5%AE%A1%E6%89%B9/" in page or "rail_town_plans" in page
    assert "首次登记" in client.get(f"{PLANS}{DESIGN}/审批/").content.decode()
