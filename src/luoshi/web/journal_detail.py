"""What changed, as people read it. In: the detail of a journal entry. Out: rows of field, old value, new value; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_noop as _

from luoshi.store.roles import ROLE_WORDS

FIELD_WORDS: dict[str, str] = {
    "added": _("新增"), "after": _("改后"), "alias": _("别名"), "answers": _("答案"), "as_of": _("统计日"), "asks": _("请协调"),
    "before": _("改前"), "changed": _("修改"), "content": _("内容的哈希"), "database": _("数据库"), "document": _("文件"),
    "docx": _("Word 文件的哈希"), "dropped": _("去掉"), "entries": _("日志条数"), "evidence": _("佐证"), "expires_at": _("到期"),
    "fault": _("问题"), "files": _("文件数"), "forecast_on": _("预计完成"), "holder": _("在岗人员"), "kind": _("类型"),
    "late": _("来迟了，没有改动"), "measures": _("举措数"), "missing": _("未报"), "month": _("月份"), "overdue": _("逾期"), "owed": _("应报"),
    "bulletin": _("通报"), "cycle": _("报送周期"), "grace": _("宽限天数"), "ladder": _("升级阶梯"), "allowed_rung": _("系统最高可以拟到哪一步"),
    "reminder": _("提醒"), "slip_scheme": _("督办单编号"), "ceiling": _("每个单位每月最多填几项"), "quiet_from": _("免打扰从"),
    "quiet_to": _("免打扰到"), "change_until": _("指标调整最晚哪天提出"), "over_ceiling": _("新的要求超过上限时"),
    "accepted": _("已接收"), "returned": _("被退回"), "migration": _("数据结构"), "name": _("名称"), "new_units": _("新的单位"),
    "next_step": _("下一步"), "number": _("编号"), "numbers": _("绑定的数"), "observed_on": _("数据日期"), "organ": _("单位"),
    "pack": _("数据包"), "pdf": _("PDF 文件的哈希"), "period": _("月份"), "post": _("岗位"), "posts": _("岗位"), "posts_vacated": _("空出的岗位"),
    "progress": _("进展"), "promise": _("事项的编号"), "reason": _("原因"), "refused": _("读不了的原因"), "removed": _("移除"),
    "revision": _("修改次数"), "right": _("要用的权限"), "role": _("角色"), "rows": _("行数"), "scope": _("范围"), "sealed": _("封存件"),
    "sha256": _("哈希"), "size": _("字节"), "snapshot_sha256": _("封存内容的哈希"), "state": _("状态"), "table": _("清单所在的表"),
    "targets": _("指标数"), "tasks": _("任务数"), "title": _("名称"), "username": _("登录名"), "valid": _("启用与停用"), "value": _("数值"),
    "version": _("程序版本"), "why_lower": _("为何减少"), "year": _("年度")}
"""Keys that actions write into their details; one that is not here is shown as it stands."""
VALUE_WORDS: dict[str, str] = {
    "none": _("还没有填"), "draft": _("草稿"), "submitted": _("待单位负责人签发"), "signed": _("待督查室接收"), "accepted": _("已接收"),
    "returned": _("已退回"), "issued": _("已印发"), "raised": _("已提出，待核实"), "triaged": _("已核实，限期解决"), "consulting": _("待会商"),
    "escalated": _("待领导决定"), "decided": _("已决定，落实中"), "solved": _("已答复，待提出单位确认"), "explained": _("仅作解释说明"),
    "closed": _("已办结"), "received": _("办理中"), "replied": _("已回复，待核验"), "verified": _("已核验，待销号"), "withdrawn": _("已撤回"),
    "asked": _("已提出"), "reviewed": _("待领导决定"), "approved": _("已同意"), "agreed": _("已同意，办理中"), "confirmed": _("已确认"),
    "slip": _("督办单"), "blocker": _("难点堵点"), "change": _("指标调整"), "contribution": _("配合请求"), "incoming": _("来件"),
    "not_found": _("不存在，或看不到"),
    "read": _("只读"), **ROLE_WORDS}
WORDED = frozenset({"state", "role", "posts", "right", "scope", "kind"})
PAIRS = frozenset({"state", "holder", "due_on", "organ"})
"""Fields that hold [before, after]."""


@dataclass(frozen=True, slots=True)
class DetailRow:
    """「细节行」 field: in the language of the page, is_raw where it has no words; old: None where nothing was before."""

    field: str
    is_raw: bool
    old: str | None
    new: str


def detail_rows(detail: dict[str, Any]) -> tuple[DetailRow, ...]:
    """In the order of the entry."""
    return tuple(_rows(detail))


def _rows(detail: dict[str, Any]) -> Iterator[DetailRow]:
    for key, value in detail.items():
        if key == "changed" and isinstance(value, dict):
            for name, pair in value.items():
                yield _row(name, pair, is_pair=True)
        elif key in PAIRS:
            yield _row(key, value, is_pair=True)
        elif key == "before" and "after" in detail:
            yield _row("changed", [value, detail["after"]], is_pair=True)
        elif key != "after" or "before" not in detail:
            yield _row(key, value, is_pair=False)


def _row(name: str, value: Any, is_pair: bool) -> DetailRow:
    words, is_raw = _field(name)
    if is_pair and isinstance(value, list) and len(value) == 2:
        return DetailRow(words, is_raw, _said(name, value[0]), _said(name, value[1]))
    return DetailRow(words, is_raw, None, _said(name, value))


def _field(name: str) -> tuple[str, bool]:
    """A bulletin's paragraphs are counted from 0 in its entries."""
    if name.isdecimal():
        return translate("第%(n)d段") % {"n": int(name) + 1}, False
    return (translate(FIELD_WORDS[name]), False) if name in FIELD_WORDS else (name, True)


def _said(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return translate("是") if value else translate("否")
    if isinstance(value, list):
        return translate("、").join(_said(name, each) for each in value)
    if isinstance(value, dict):
        return translate("；").join(f"{_field(key)[0]}{translate('：')}{_said(key, each)}" for key, each in value.items())
    return translate(VALUE_WORDS[value]) if name in WORDED and value in VALUE_WORDS else str(value)
