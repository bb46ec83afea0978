"""The calendar that phones subscribe to keeps to RFC 5545: line ends, folds, escapes, whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from luoshi.publish.icalendar import OCTETS, DueDay, escape, fold, write_calendar

AT = datetime(2019, 9, 30, 9, 0, tzinfo=UTC)


def unfolded(text: str) -> list[str]:
    """As a reader does: a line that begins with a blank goes on with the one before."""
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(text: str) -> str:
    read, characters = "", iter(text)
    for character in characters:
        if character != "\\":
            read += character
            continue
        after = next(characters)
        read += "\n" if after == "n" else after
    return read


def test_a_due_day_is_a_whole_day_with_its_link_and_an_alarm_on_the_morning_before() -> None:
    text = write_calendar([DueDay("report-1@luoshi", date(2019, 12, 31), "年报，示例", "甲；乙", "https://示例/lists/1/")], "落实", AT)
    lines = unfolded(text)
    assert text.endswith("END:VCALENDAR\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for line in ("UID:report-1@luoshi", "DTSTAMP:20190930T090000Z", "DTSTART;VALUE=DATE:20191231", "DTEND;VALUE=DATE:20200101", "SUMMARY:年报，示例",
                 "TRIGGER:-PT15H", "URL:https://示例/lists/1/"):
        assert line in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1


def test_a_comma_a_semicolon_a_backslash_and_a_line_end_are_escaped() -> None:
    assert escape("a,b;c\\d\r\ne\x07") == "a\\,b\\;c\\\\d\\ne"


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_no_line_is_longer_than_75_octets_and_folding_loses_nothing(text: str) -> None:
    folded = fold(f"SUMMARY:{text}")
    assert all(len(line.encode()) <= OCTETS for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == f"SUMMARY:{text}"


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")), max_size=100), st.text("a\n;,\\", max_size=20))
def test_what_is_written_is_read_back(title: str, note: str) -> None:
    lines = unfolded(write_calendar([DueDay("u", date(2019, 1, 1), title, note)], "示例", AT))
    assert next(unescaped(line.removeprefix("SUMMARY:")) for line in lines if line.startswith("SUMMARY:")) == title
    assert next(unescaped(line.removeprefix("DESCRIPTION:")) for line in lines if line.startswith("DESCRIPTION:")) == (note or title)
