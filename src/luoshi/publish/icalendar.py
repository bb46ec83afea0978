"""A calendar that phones subscribe to, as RFC 5545 says. In: `DueDay`s, a name, the moment. Out: text/calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75
"""A longer line is folded; a character is never cut in two."""


@dataclass(frozen=True, slots=True)
class DueDay:
    """「日历事项」 One whole day in the calendar. uid: the same for the same thing for ever; link: absolute, or empty."""

    uid: str
    on: date
    title: str
    text: str = ""
    link: str = ""


def write_calendar(due: Iterable[DueDay], name: str, at: datetime) -> str:
    """An event for each, reminding on the morning before; subscribers ask again every four hours."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//luoshi//luoshi//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
             f"X-WR-CALNAME:{escape(name)}", "X-WR-TIMEZONE:Asia/Shanghai", "REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H"]
    for each in due:
        lines += _event(each, at)
    return "".join(f"{fold(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def escape(text: str) -> str:
    """Backslash, semicolon, comma and line ends have a meaning in values; other control characters have no place there."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(c for c in escaped if c.isprintable())


def fold(line: str) -> str:
    """At most 75 octets a line; what follows begins with a blank."""
    parts, part, room = [], "", OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(part)
            part, room = "", OCTETS - 1
        part, room = part + character, room - size
    return "\r\n ".join((*parts, part))


def _event(due: DueDay, at: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{escape(due.uid)}", f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTSTART;VALUE=DATE:{due.on:%Y%m%d}",
             f"DTEND;VALUE=DATE:{due.on + timedelta(1):%Y%m%d}", f"SUMMARY:{escape(due.title)}", "TRANSP:TRANSPARENT"]
    lines += [f"DESCRIPTION:{escape(due.text)}"] if due.text else []
    lines += [f"URL:{due.link}"] if due.link else []
    return [*lines, "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(due.title)}", "TRIGGER:-PT15H", "END:VALARM", "END:VEVENT"]
