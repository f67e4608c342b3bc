"""A calendar file (iCalendar, RFC 5545) of days and moments at which something is due; pure text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

OCTETS: Final = 75
"""The longest line, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something due on a day, or at a moment; `uid` stays the same when it moves, so that calendars move it too.

    `alarms`: how long before a moment the calendar rings; what is due on a day rings for nobody.
    """

    uid: str
    on: date | datetime
    title: str
    note: str = ""
    url: str = ""
    alarms: Sequence[timedelta] = ()


def calendar(name: str, entries: Iterable[Entry], now: datetime) -> str:
    """The file: whole days and moments, lines folded at 75 octets and ended by CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ham Rong//cases//VI", "METHOD:PUBLISH",
             f"X-WR-CALNAME:{_text(name)}"]  # fmt: skip
    for entry in entries:
        lines += _event(entry, now)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{_moment(now)}", *_when(entry.on),
        f"SUMMARY:{_text(entry.title)}", *([f"DESCRIPTION:{_text(entry.note)}"] if entry.note else []),
        *([f"URL:{entry.url}"] if entry.url else []), "TRANSP:TRANSPARENT", *_alarms(entry), "END:VEVENT",
    ]  # fmt: skip


def _when(on: date | datetime) -> list[str]:
    if isinstance(on, datetime):
        return [f"DTSTART:{_moment(on)}"]
    return [f"DTSTART;VALUE=DATE:{on:%Y%m%d}", f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _alarms(entry: Entry) -> Iterator[str]:
    for before in entry.alarms:
        trigger = f"TRIGGER:-PT{int(before.total_seconds()) // 60}M"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}", trigger, "END:VALARM")


def _text(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> str:
    """A long line in pieces: each later one begins with a space, and no letter is torn apart."""
    pieces, piece = [], b""
    for letter in line:
        if len(piece + letter.encode()) > OCTETS:
            pieces.append(piece.decode())
            piece = b" "
        piece += letter.encode()
    return "\r\n".join([*pieces, piece.decode()])
