"""What every page's frame shows. In: a request. Out: context: who, navigation, the list at hand, whether it is an example."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.store.who import Who

NAVIGATION: tuple[tuple[str, Any, str], ...] = (
    # address name, words, right; shown where the list is known and the right is there
    ("board", _("总览"), "see_lists"), ("exceptions", _("周一清单"), "supervise"), ("my_duties", _("我的事"), "file_report"),
    ("reviews", _("审核"), "see_reports"),
    ("slips", _("督办单"), "see_cases"), ("blockers", _("难点"), "see_cases"),
    ("registers", _("台账"), "see_registers"), ("search", _("搜索"), "see_lists"),
    ("bulletins", _("通报"), "make_bulletin"), ("imports", _("导入"), "import_document"))
SETTINGS: tuple[tuple[str, Any, str], ...] = (
    # the pages behind 设置, which belong to no list
    ("people", _("人员"), "see_people"), ("posts", _("岗位"), "see_people"), ("units", _("单位"), "see_people"),
    ("work_calendar", _("工作日历"), "see_people"), ("tokens", _("令牌"), "make_token"),
    ("journal", _("日志"), "see_journal"),
    ("jobs", _("定时任务"), "see_jobs"))

OWN: tuple[tuple[str, Any], ...] = (
    # a person's own pages, behind their name
    ("inbox", _("提醒")), ("channels", _("提醒方式")), ("my_password", _("换密码")),
    ("second_factor", _("二次验证")), ("my_sessions", _("登录处")))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for templates/frame.html. 设置 leads to the first of its pages that the person may see."""
    who: Who | None = getattr(request, "who", None)
    match = request.resolver_match
    list_id = match.kwargs.get("list_id") if match else None
    here = match.url_name if match else None
    shown = [(url, words, here == name) for name, url, words in _entries(NAVIGATION, who, (list_id,))] if list_id else []
    settings = [(url, words, request.path.startswith(url)) for _name, url, words in _entries(SETTINGS, who, ())]
    if who and who.may("score_sheet"):
        shown.append((_address("my_sheets"), _("评分表"), here in {"my_sheets", "score_sheet"}))
    if settings:
        shown.append((settings[0][0], _("设置"), any(at for _url, _words, at in settings)))
    return {"who": who, "navigation": shown, "settings_pages": settings, "list_id": list_id,
            "own_pages": [(_address(name), words, here == name) for name, words in OWN] if who else []}


def _entries(pages: tuple[tuple[str, Any, str], ...], who: Who | None, args: tuple[Any, ...]) -> list[tuple[str, str, Any]]:
    return [(name, _address(name, *args), words) for name, words, right in pages if who and who.may(right)]


@lru_cache(maxsize=2048)
def _address(name: str, *args: int) -> str:
    """Every page asks for some twenty."""
    return reverse(name, args=args)
