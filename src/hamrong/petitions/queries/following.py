"""How a petition stands for its sender: the state in words, the dates of the law, what happened; no officer's name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone
from msgspec import json

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.cases.actions.steps import OPEN
from hamrong.cases.clocks import Happened, Reading, read
from hamrong.cases.courses import Course, Words, course
from hamrong.cases.dates import Standing as Date
from hamrong.cases.dates import standing as dated
from hamrong.cases.queries.history import law_role
from hamrong.petitions.denunciations import FOLLOWED
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import stands
from hamrong.petitions.queries import visible
from hamrong.sealed import queries as sealed

RECEIVED: Final = Words("Đã nhận, chưa phân loại", "Received, not sorted yet")
AGAIN: Final = Words(
    "Việc phân loại trước đó được bỏ, đơn được phân loại lại; thời hạn tính từ ngày nhận đơn",
    "That sorting was taken back and the petition is sorted anew; its clocks run from the day on which it came in",
)
OUTCOMES: Final = {
    "accept": Words("Đã tiếp nhận để giải quyết", "Taken up"),
    "guide": Words("Đã hướng dẫn đến nơi có thẩm quyền", "Guided to the competent body"),
    "transfer": Words("Đã chuyển đến nơi có thẩm quyền", "Passed on to the competent body"),
    "return": Words("Không thụ lý", "Not accepted"),
    "file": Words("Lưu đơn", "Filed"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to the petition, and the document on which it rests."""

    words: Words
    on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """That the sealed identity was opened: when, and on what ground."""

    on: date
    ground: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a sender may know. `clocks` are those that run or are paused, as they are kept, the earliest first.

    `result`: what was found, once the decision or the conclusion was sent. `note`: what to know in this state.
    """

    petition: Petition
    state: Words
    code: str
    clocks: Sequence[Date]
    happenings: Sequence[Happening]
    openings: Sequence[Opening]
    over: bool
    result: Words | None = None
    note: Words | None = None


COLUMNS: Final = (
    "code", "course", "state", "closed_at", "revision", "rule", "what", "name", "effective_at", "role",
    "approved_role", "document", "params::text", "act", "source", "result",
)  # fmt: skip


def standing(by: Grant, at: datetime) -> Standing | None:
    """How the petition of a ticket stands, within the grant's transaction; None where nobody has the ticket."""
    petition = visible.petitions(by).filter(ticket=by.scope).first()
    if petition is None:
        return None
    rows = _rows()
    asked = sealed.told(by, timezone.localdate(at)) if petition.secret else ()
    openings = [Opening(each.opened_on, each.ground) for each in asked if each.opened_on]
    begun = [Happening(Words("Đơn được gửi đến", "The petition came in"), petition.received_on), *_before(petition)]
    if not rows:
        return _before_a_case(petition, begun, openings, at)
    of = course(rows[0]["course"])
    kept = _kept()
    clocks = [dated(each.deadline, kept.get(each.rule)) for each in _readings(rows, of, at) if not each.stopped_at]
    state, over = of.states[rows[0]["state"]], rows[0]["closed_at"] is not None
    happened = [*begun, *_happenings(rows, of)]
    if petition.told_on and petition.told_by not in {each.document for each in happened}:
        happened = sorted([*happened, _told(petition.told_by, petition.told_on)], key=lambda each: each.on)
    sent = over or any(row["act"].endswith(".send") for row in rows)
    result = of.results.get(rows[0]["result"]) if sent else None
    note = FOLLOWED.get(rows[0]["state"])
    return Standing(petition, state, rows[0]["code"], _ordered(clocks), happened, openings, over, result, note)


def _before(petition: Petition) -> Iterator[Happening]:
    """That it was sorted before, how its sender was told, and that this was taken back."""
    for each in petition.sorted_before:
        yield Happening(OUTCOMES[each["outcome"]], date.fromisoformat(each["sorted_on"]))
        if "told_on" in each:
            yield _told(each["told_by"], date.fromisoformat(each["told_on"]))
        yield Happening(AGAIN, date.fromisoformat(each["stopped_on"]))


def _before_a_case(petition: Petition, begun: list[Happening], openings: list[Opening], at: datetime) -> Standing:
    due = stands(petition, at)
    if not petition.sorting:
        return Standing(petition, RECEIVED, "", [due] if due else [], begun, openings, False)
    state = OUTCOMES[petition.outcome]
    happened = [*begun, Happening(state, petition.sorted_on or petition.received_on)]
    if petition.told_on:
        happened.append(_told(petition.told_by, petition.told_on))
    clocks = [due] if due and not petition.told_on else []
    return Standing(petition, state, "", clocks, happened, openings, petition.told_on is not None)


def _told(document: str, on: date) -> Happening:
    return Happening(Words("Đã báo cho bạn", "You were told"), on, document)


def _rows() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(COLUMNS)} from petitions_followed()")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Kept(NamedTuple):
    """Both readings of a date of the case, as they are kept."""

    strict: datetime
    legal: datetime


def _kept() -> Mapping[str, Kept]:
    """Rule → the date that stands, of every clock of the case that runs."""
    with connection.cursor() as cursor:
        cursor.execute("select rule, strict, legal from petitions_followed_dates()")
        return {rule: Kept(strict, legal) for rule, strict, legal in cursor.fetchall()}


def _readings(rows: list[dict[str, Any]], of: Course, at: datetime) -> Iterator[Reading]:
    return read([_clock(row, of) for row in rows if row["rule"]], at)


def _clock(row: dict[str, Any], of: Course) -> Happened:
    role = law_role(of, row["act"], row["source"], row["rule"], row["name"]) or row["role"]
    return Happened(
        row["rule"], row["what"], row["name"], row["effective_at"], role, row["approved_role"], row["document"],
        json.decode(row["params"]),
    )  # fmt: skip


def _happenings(rows: list[dict[str, Any]], of: Course) -> Iterator[Happening]:
    seen = set()
    for row in rows:
        if row["revision"] in seen or row["act"] == OPEN:
            continue
        seen.add(row["revision"])
        step = of.step(row["act"], row["source"])
        if step is not None:
            yield Happening(step.words.done, timezone.localdate(row["effective_at"]), row["document"])


def _ordered(clocks: list[Date]) -> list[Date]:
    return sorted(clocks, key=lambda each: each.due.legal)


def replaced_on(by: Grant) -> date | None:
    """The day on which the code of the grant was replaced at a desk, if it was."""
    with acting(by):
        return visible.replaced(by).values_list("replaced_on", flat=True).first()
