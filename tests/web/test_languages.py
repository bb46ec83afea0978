"""English by a switch: every text of the pages has English, an English page has no Chinese but marked data, a Chinese page no English."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from docs import messages
from lxml import html

from luoshi.actions.case_data import BLOCKER_CATEGORIES, BLOCKER_LEVELS
from luoshi.actions.make_list import make_list
from luoshi.actions.plan_meeting import KINDS as AGENDA_KINDS
from luoshi.actions.seed_slips import seed_slips
from luoshi.actions.seed_solving import seed_solving
from luoshi.pack.indicator_spec import CLASS_WORDS
from luoshi.pack.strict import VERIFICATION_WORDS
from luoshi.publish.board_html import CLASS_TAGS
from luoshi.register.supply import SUPPLY_WORDS
from luoshi.status.exceptions import CALL_WORDS
from luoshi.status.light import STATE_WORDS
from luoshi.store.models import BulletinRecord, DocumentRecord, FactRecord, ImportRecord, ReportRecord, SampleItemRecord
from luoshi.store.queries.reports import ACTS
from luoshi.store.roles import ROLE_WORDS
from luoshi.store.scopes import SCOPE_WORDS
from luoshi.supervision.course import COURSES
from luoshi.supervision.sample import RISK_WORDS
from luoshi.web import registers, units
from luoshi.web.fixed_words import FIXED_WORDS
from luoshi.web.templatetags.cases import MAIN
from tests.web.importing import OWN, upload
from tests.web.test_bulletins import FORM
from tests.web.world import AT, World

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")              # %(count)s
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")     # 总览，
LOGIC = re.compile(r"{%.*?%}|{{.*?}}", re.S)              # {% if who %}
TAG = re.compile(r"<code>.*?</code>|<[^>]*>|&\w+;", re.S) # <p class="lead">, &nbsp;
AS_TYPED = re.compile(r"[\w.]+@[\w.]+|--[a-z-]+|luoshi (?:serve|work)\b|\b[a-z]+_[a-z]+\b|\.SEC\b|\bkey\b=?|\bhook/|\bcalendar\.yaml\b|\bsha256\b",
                      re.A)                                   # name@example.gov.cn, --no-jobs, access_token
ENGLISH = re.compile(r"[A-Za-z]{2,}")                     # Board
CASE_LINK = re.compile(r'"(/lists/\d+/(?:slips|blockers|changes|meetings|samples|contributions)/\d+/)[?"]')     # "/lists/1/slips/5/"
NAMES = {"luoshi", "register", "yaml", "DOCX", "docx", "xlsx", "html", "txt", "jpg", "png", "PDF", "API", "JSON", "OpenAPI", "Word", "Excel", "MB",
         "KB", "English", "JavaScript", "detail", "li", "wei", "CSV", "csv", "pdf", "doc", "wps", "UTF", "StratML", "TOTP", "Ctrl", "Outlook"}
ROLES = ("supervision", "liaison", "head", "administrator", "auditor")


def english(client: Client) -> Client:
    """The same client after the switch at the foot of every page."""
    client.get("/language/?to=en&next=/")
    return client


def walk(client: Client, start: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """One page of each kind that can be reached by links."""
    waiting, seen = [start, "/api/docs"], set()
    while waiting:
        path = waiting.pop(0)
        try:
            name = resolve(path.partition("?")[0]).url_name
        except Resolver404:
            continue
        if name in seen or name in {"language", "evidence", "download_bulletin"}:
            continue
        seen.add(name)
        response = client.get(path, follow=True)
        if response.headers["Content-Type"].startswith("text/html"):
            page = html.fromstring(response.content.decode())
            waiting += [link.get("href") for link in page.iterfind(".//a[@href]") if link.get("href").startswith("/")]
            yield path, page


def words(page: html.HtmlElement, marked: str) -> Iterator[str]:
    """What is read on the page outside elements in the other language; what people type or choose is data."""
    skip = {"script", "style", "title", "option", "textarea"}
    for node in page.iter():
        chain = [node, *node.iterancestors()]
        if not isinstance(node.tag, str) or any(each.tag in skip or (each.get("lang") or "").startswith(marked) for each in chain):
            continue
        yield from (node.get(name) or "" for name in ("aria-label", "placeholder"))
        yield node.text or ""
        yield from (child.tail or "" for child in node)


def test_every_text_of_the_pages_has_english_with_the_same_placeholders() -> None:
    kept, used = messages.read_po(), messages.collect()
    assert list(kept) == list(used), "run docs/messages.py and translate what it lists"
    for message in kept.values():
        assert bool(message.plural) == bool(used[message.text].plural)
        assert len(message.said) == (2 if message.plural else 1), message.text
        for said in message.said:
            assert said.strip(), message.text
            assert set(PLACEHOLDER.findall(said)) == set(PLACEHOLDER.findall(message.text)), message.text
            assert not CHINESE.search(said), said


def test_nothing_is_marked_as_a_guess() -> None:
    assert "fuzzy" not in messages.PO.read_text("utf-8")
    assert messages.write_po(messages.read_po()) == messages.PO.read_text("utf-8")


def test_what_the_server_reads_is_what_the_translators_wrote() -> None:
    assert messages.MO.read_bytes() == messages.compiled(messages.read_po())
    with messages.MO.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("总览") == "Board"
    assert [read.ngettext("%(n)s行", "%(n)s行", n) for n in (1, 2)] == ["%(n)s row", "%(n)s rows"]
    assert messages.MO.is_relative_to(settings.LOCALE_PATHS[0])


def test_every_fixed_word_of_core_and_tables_is_in_the_table() -> None:
    states = [label for record in (BulletinRecord, DocumentRecord, ReportRecord, ImportRecord) for _, label in record.STATES]
    courses = [word for course in COURSES.values() for word in (course.title, *course.states.values(), *course.acts.values())]
    matters = [*BLOCKER_LEVELS.values(), *BLOCKER_CATEGORIES.values(), *(station for station, _ in MAIN), *AGENDA_KINDS.values(),
               *SUPPLY_WORDS.values(), *RISK_WORDS.values(), *VERIFICATION_WORDS.values(), *CALL_WORDS.values(),
               *(label for labels in (FactRecord.ACTS, SampleItemRecord.RESULTS) for _, label in labels)]
    written = {*courses, *matters,
               *STATE_WORDS.values(), *CLASS_WORDS.values(), *CLASS_TAGS.values(), *ROLE_WORDS.values(), *SCOPE_WORDS.values(), *ACTS.values(),
               *registers.KINDS, *units.KINDS, *states}
    assert written <= set(FIXED_WORDS)


@pytest.mark.django_db
def test_the_switch_keeps_the_language_in_a_cookie(client: Client) -> None:
    assert "<h1>登录</h1>" in client.get("/sign-in/").content.decode()
    response = client.get("/language/?to=en&next=/sign-in/", follow=True)
    assert client.cookies["django_language"].value == "en"
    assert '<html lang="en">' in response.content.decode()
    assert "<h1>Sign in</h1>" in response.content.decode()
    back = client.get("/language/?to=zh-hans&next=/sign-in/", follow=True).content.decode()
    assert '<html lang="zh-Hans">' in back
    assert "<h1>登录</h1>" in back


@pytest.mark.django_db
def test_a_form_says_in_english_what_is_wrong(client: Client) -> None:
    page = english(client).post("/sign-in/", {"username": "nobody", "password": "wrong"}).content.decode()
    assert "Sign-in name or password is wrong." in page


def test_lights_days_and_numbers_of_things_are_english(world: World) -> None:
    page = english(world.client("supervision")).get(f"/lists/{world.list.pk}/").content.decode()
    for said in ("Seriously behind", "On track", "As of 30 September 2019", "Plan version 1"):
        assert said in page


@pytest.mark.parametrize("role", ROLES)
def test_an_english_page_has_no_chinese_but_marked_data(busy_world: World, role: str) -> None:
    pages = list(walk(english(busy_world.client(role)), f"/lists/{busy_world.list.pk}/"))
    found = {(path, text.strip()) for path, page in pages for text in words(page, "zh") if CHINESE.search(text)}
    assert found == set()
    assert len(pages) >= 8, [path for path, _ in pages]


def test_pages_of_work_under_way_have_no_chinese_but_marked_data_either(busy_world: World) -> None:
    fresh = make_list(busy_world.who("supervision"), AT, "又一份清单", 2019, "jiaxing-2019")
    office, liaison = english(busy_world.client("supervision")), english(busy_world.client("liaison"))
    uploaded = upload(office, fresh.pk, "清单.txt", OWN.read_bytes()).headers["Location"]
    drafted = office.post(f"/lists/{busy_world.list.pk}/bulletins/", FORM).headers["Location"]
    answers = {
        "questions": office.get(uploaded), "bulletin": office.get(drafted), "bulletins": office.get(f"/lists/{busy_world.list.pk}/bulletins/"),
        "no plan": office.get(f"/lists/{fresh.pk}/imports/"), "found": office.get(f"/lists/{busy_world.list.pk}/search/?q=企业"),
        "months": office.get(f"/lists/{busy_world.list.pk}/?months=1"), "not found": office.get("/nowhere/"), "refused": liaison.get("/journal/"),
        "wrong list": office.post("/lists/new/", {}), "wrong bulletin": office.post(f"/lists/{fresh.pk}/bulletins/", {**FORM, "code": "督1"}),
        "no sign-in": english(Client()).get("/sign-in/")}
    found = {(name, text.strip()) for name, response in answers.items() for text in words(html.fromstring(response.content.decode()), "zh")
             if CHINESE.search(text)}
    assert found == set()
    assert answers["not found"].status_code == 404
    assert answers["refused"].status_code == 403


def test_pages_of_slips_blockers_changes_meetings_and_samples_have_no_chinese_but_marked_data_either(busy_world: World) -> None:
    seed_slips(AT, AT.date(), busy_world.list.pk)
    seed_solving(AT, AT.date(), busy_world.list.pk)
    client, lists = english(busy_world.client("supervision")), f"/lists/{busy_world.list.pk}"
    paths = [f"{lists}/{name}/" for name in ("slips", "blockers", "changes", "meetings", "samples", "contributions", "mine")]
    for path in list(paths):
        page = client.get(path).content.decode()
        paths += [link for link in dict.fromkeys(CASE_LINK.findall(page)) if link not in paths]
    pages = [(path, html.fromstring(client.get(path).content.decode())) for path in paths]
    found = {(path, text.strip()) for path, page in pages for text in words(page, "zh") if CHINESE.search(text)}
    assert found == set()
    assert {path.split("/")[3] for path in paths[7:]} >= {"slips", "blockers", "changes", "meetings", "samples"}


@pytest.mark.parametrize("role", ROLES)
def test_a_chinese_page_shows_none_of_the_english(busy_world: World, role: str) -> None:
    translated = {said.strip() for message in messages.read_po().values() for said in message.said if ENGLISH.search(said)}
    found = {(path, text.strip()) for path, page in walk(busy_world.client(role), f"/lists/{busy_world.list.pk}/")
             for text in words(page, "en") if text.strip() in translated}
    assert found == set()


def test_templates_and_texts_hold_no_english_but_names() -> None:
    templates = {path.name: TAG.sub(" ", LOGIC.sub("", path.read_text("utf-8"))) for path in messages.SOURCE.glob("web/templates/**/*.html")}
    texts = {text: PLACEHOLDER.sub("", text) for text in messages.collect()}
    shown = {where: AS_TYPED.sub(" ", text) for where, text in {**templates, **texts}.items()}
    found = {(where, word) for where, text in shown.items() for word in ENGLISH.findall(text) if word not in NAMES}
    assert found == set()
