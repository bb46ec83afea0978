"""Another system writes rows: by key, idempotent, whole or the good ones; each token into its own register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from luoshi.store.models import FactRecord, JournalRecord
from tests.web.world import World, world  # noqa: F401

ROW = {"终端编号": "示例接口901", "点位名称": "示例点位", "坐标": "120.7551,30.7522", "场所": "银行", "上线日期": "2019-08-01"}
WRONG = {**ROW, "终端编号": "示例接口902", "场所": "网吧"}
ADDRESS = "/api/v1/lists/1/registers/terminal/rows"

pytestmark = pytest.mark.usefixtures("standing_day")


@pytest.fixture
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_TODAY", "2019-09-30")


@pytest.fixture
def put(make: Callable[..., str]) -> Callable[..., Any]:
    token = make("supervision", scope="write:terminal", name="终端管理平台")

    def asked(rows: list[dict[str, str]], address: str = ADDRESS, **more: Any) -> Any:
        return Client().put(address, {"rows": rows, **more}, content_type="application/json", headers={"Authorization": f"Bearer {token}"})
    return asked


def test_rows_come_in_and_the_same_again_changes_nothing(world: World, put: Callable[..., Any]) -> None:  # noqa: F811
    first = put([ROW])
    assert (first.status_code, first.json()["added"]) == (200, 1), first.content.decode()
    assert FactRecord.objects.get(key=ROW["终端编号"]).origin == "接口 终端管理平台 第1行"
    again = put([ROW])
    assert (again.status_code, again.json()["same"], again.json()["written"]) == (200, 1, False)
    assert put([{**ROW, "场所": "商场"}]).json()["changed"] == 1
    assert FactRecord.objects.filter(key=ROW["终端编号"]).count() == 2
    assert JournalRecord.objects.filter(action="rows.write").count() == 3


def test_whole_writes_nothing_where_a_row_is_wrong(world: World, put: Callable[..., Any]) -> None:  # noqa: F811
    answer = put([ROW, WRONG])
    assert (answer.status_code, answer.json()["written"]) == (422, False)
    assert [row["state"] for row in answer.json()["rows"]] == ["added", "refused"]
    assert "场所" in answer.json()["rows"][1]["reasons"][0]["message"]
    assert not FactRecord.objects.filter(key=ROW["终端编号"]).exists()
    partly = put([ROW, WRONG], whole=False)
    assert (partly.status_code, partly.json()["written"], partly.json()["refused"]) == (207, True, 1)


def test_a_warning_keeps_its_row_out_unless_a_reason_accepts_it(world: World, put: Callable[..., Any]) -> None:  # noqa: F811
    assert put([{**ROW, "备注": "x"}]).status_code == 422
    assert put([{**ROW, "备注": "x"}], reason="备注是那边的列，不用").status_code == 200


def test_a_token_writes_into_its_own_register_only(world: World, put: Callable[..., Any], make: Callable[..., str]) -> None:  # noqa: F811
    assert put([ROW], "/api/v1/lists/1/registers/zone/rows").status_code == 403
    for scope, key in (("read", "supervision"), ("write:terminal", "leader")):
        token = make(key, scope=scope)
        answer = Client().put(ADDRESS, {"rows": [ROW]}, content_type="application/json", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code in {403, 404}, (scope, answer.content)
    assert Client().put(ADDRESS, {"rows": [ROW]}, content_type="application/json").status_code == 401
    assert put([]).status_code == 422
    assert put([ROW], "/api/v1/lists/99/registers/terminal/rows").status_code == 404
