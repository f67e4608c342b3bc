"""The rules of a lodging notification: what it must say, when it is late, and what may become of the stay."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from hamrong.law import Deadline, deadline
from hamrong.lodging.catalogs import read_yaml
from hamrong.lodging.circumstances import capture, guardian, permit, reason, reference, residence, room
from hamrong.lodging.documents import Guest, document
from hamrong.lodging.findings import VIETNAM_OFFSET, Findings, local_day, mandatory, shown
from hamrong.lodging.issues import Issue, Severity, issue, mask, mask_date, numbers
from hamrong.lodging.persons import birth, name, nationality, phone, sex
from hamrong.lodging.shapes import (
    BirthIn,
    CaptureIn,
    Checked,
    DocumentIn,
    Kind,
    Reading,
    ReasonIn,
    ResidenceIn,
    Stay,
    StayIn,
    Text,
)

__all__ = [
    "RULESET_VERSION",
    "STATES",
    "STEPS",
    "BirthIn",
    "CaptureIn",
    "Checked",
    "DocumentIn",
    "Issue",
    "Reading",
    "ReasonIn",
    "ResidenceIn",
    "Severity",
    "Stay",
    "StayIn",
    "Step",
    "check",
    "issue",
    "mask",
    "mask_date",
    "night_of",
    "outcome",
    "step",
]

RULESET_VERSION: Final = "2026-11-24"
"""The day these checks last changed; kept with every batch, so that its result can be explained later."""

Outcome = Literal["accepted", "accepted_with_warnings", "rejected"]
Act = Literal["notify", "correct", "extend", "leave_early", "depart", "cancel"]
_TO_NIGHT: Final = VIETNAM_OFFSET - timedelta(hours=numbers()["night_opens_hour"])
_BACK: Final = timedelta(days=numbers()["arrival_back_days"])
_AHEAD: Final = timedelta(days=numbers()["arrival_ahead_days"])
_SLACK: Final = timedelta(minutes=numbers()["clock_slack_minutes"])
_LODGING: Final = timedelta(days=numbers()["lodging_days"])
_FIRST_DAY: Final[date] = read_yaml("fields.yaml")["first_day"]


def check(
    stay: StayIn,
    *,
    now: datetime,
    establishment_kind: str,
    area: str = "normal",
    draft: bool = False,
    found: tuple[Issue, ...] = (),
) -> Checked:
    """Check every field of a notification at once, as received at `now` (aware) from an establishment of this kind.

    `area` (normal or remote) decides the term for foreigners; a `draft` may lie in the future; `found` is what reading
    the row found already. Missing details that the law does not demand are warnings, and so is being late.
    """
    findings, now = Findings(found), now.astimezone(UTC)
    if found and any(each.code == "row.malformed" for each in found):
        return _checked(None, findings, "citizen", None, now, area)
    findings.required = mandatory(local_day(now), "foreigner")
    kind, nation = nationality(stay, findings)
    arrival = _arrival(stay.arrival_at, kind, now, draft, findings)
    departure = _departure(stay.planned_departure_at, kind, arrival, findings)
    kept = _kept(stay, kind, nation, arrival, departure, now, establishment_kind, findings)
    return _checked(kept, findings, kind, arrival, now, area)


def _kept(
    stay: StayIn,
    kind: Kind,
    nation: str,
    arrival: datetime | None,
    departure: datetime | None,
    now: datetime,
    establishment_kind: str,
    findings: Findings,
) -> Stay | None:
    """Read all that is left of a notification; None without its times."""
    today = local_day(now)
    arrives = local_day(arrival) if arrival else today
    called = name(stay, kind, findings)
    gender = sex(stay.sex, findings)
    born, precision = birth(stay.birth, max(arrives, today), findings)
    child_of = guardian(stay.guardian_ref, findings)
    paper = document(stay.document, Guest(kind, gender, born, arrives, child_of), findings)
    home = residence(stay.residence, kind, findings)
    why, words = reason(stay.reason, findings)
    where = room(stay.room, establishment_kind, findings)
    until = permit(stay.permitted_until, kind, local_day(departure) if departure else None, findings)
    taken = capture(stay.capture, findings)
    telephone = phone(stay.phone, findings)
    own = reference(stay.client_ref, "/client_ref", "client_ref", findings)
    place = reference(stay.establishment_id, "/establishment_id", "establishment_id", findings)
    if arrival is None or departure is None:
        return None
    # By position, in the order of `Stay`: names would cost a tenth of the whole check.
    return Stay(
        own, place, kind, called.full, called.key, called.mrz, gender, born, precision, nation,
        paper.type, paper.number, paper.issuer, paper.expires_on,
        home.text, home.area, home.ward, home.province,
        arrival, departure, where, why, words, until, child_of,
        taken.method, taken.at, taken.device, telephone,
    )  # fmt: skip


def _checked(
    kept: Stay | None, findings: Findings, kind: Kind, arrival: datetime | None, now: datetime, area: str
) -> Checked:
    """The verdict; `now` in UTC."""
    moment = arrival or now
    due = _deadline(kind, area, moment)
    on_time = now <= due.legal
    if not on_time:
        findings.add("stay.late", "/arrival_at", shown(moment), due.legal.strftime("%H:%M %d/%m/%Y"), law=due.rule)
    issues = tuple(findings.issues)
    if issues and any([each.severity == "error" for each in issues]):
        kept = None
    return Checked(kept, issues, (moment + _TO_NIGHT).date(), due, on_time)


@lru_cache(maxsize=16384)
def _deadline(kind: Kind, area: str, arrival: datetime) -> Deadline:
    if kind == "foreigner":
        return deadline("lodging.foreigner", arrival, params={"area": area})
    return deadline("lodging.notify", arrival)


def _arrival(value: Text, kind: Kind, now: datetime, draft: bool, findings: Findings) -> datetime | None:
    """The arrival in UTC; None where it cannot be read or lies too far away to be anything but a slip."""
    today = local_day(now)
    findings.required = mandatory(today, kind)
    arrival = findings.moment(value, "/arrival_at")
    if arrival is None:
        return None
    day = local_day(arrival)
    if day == today and arrival <= now:
        return arrival
    earliest = max(_FIRST_DAY, today - _BACK)
    if day < earliest:
        findings.add("stay.arrival_too_old", "/arrival_at", shown(arrival), earliest.strftime("%d/%m/%Y"))
        return None
    if arrival > now + (_AHEAD if draft else _SLACK):
        findings.add("stay.arrival_future", "/arrival_at", shown(arrival))
        return None if arrival > now + _AHEAD else arrival
    findings.required = mandatory(day, kind)
    return arrival


def _departure(value: Text, kind: Kind, arrival: datetime | None, findings: Findings) -> datetime | None:
    departure = findings.moment(value, "/planned_departure_at")
    if departure is None or arrival is None:
        return departure
    if departure <= arrival:
        findings.add("stay.order", "/planned_departure_at", shown(departure), shown(arrival))
    elif kind == "citizen" and departure - arrival >= _LODGING:
        findings.add("stay.over_30_days", "/planned_departure_at", shown(departure))
    return departure


def night_of(arrival: datetime) -> date:
    """The legal night of an arrival (aware): its date in Viet Nam, or the day before for an arrival before 08:00.

    The duty runs from the evening to 08:00: who comes at 23:30 is due at 08:00, and then the commune closes its list of
    the night. Who comes at 02:00 sleeps in the same night and stands on the same list; the law itself does not say so.
    """
    return (arrival.astimezone(UTC) + _TO_NIGHT).date()


def outcome(checked: Checked) -> Outcome:
    """What the row's result says; whether it is a duplicate or held only the register can tell."""
    if checked.stay is None:
        return "rejected"
    warned = any(each.severity == "warning" for each in checked.issues)
    return "accepted_with_warnings" if warned else "accepted"


class Step(NamedTuple):
    """One move of a stay: `source` "" is nothing yet; `needs` names what must come with the act."""

    act: Act
    source: str
    target: str
    role: tuple[str, ...]
    law: str
    needs: tuple[str, ...]


_HOST: Final = ("host-manager", "host-clerk", "machine")
_TAKES: Final = (*_HOST, "ward-duty", "ward-chief")
_LAW: Final = "lodging.notify"

STATES: Final = ("draft", "notified", "departed", "cancelled")
STEPS: Final = (
    Step("notify", "", "notified", _TAKES, _LAW, ("stay",)),
    Step("notify", "draft", "notified", _HOST, _LAW, ("stay",)),
    Step("correct", "notified", "notified", _HOST, _LAW, ("stay", "reason")),
    Step("correct", "departed", "departed", _HOST, _LAW, ("stay", "reason")),
    Step("extend", "notified", "notified", _HOST, _LAW, ("planned_departure_at",)),
    Step("leave_early", "notified", "notified", _HOST, _LAW, ("planned_departure_at",)),
    Step("depart", "notified", "departed", _HOST, _LAW, ("departed_at",)),
    Step("depart", "departed", "departed", _HOST, _LAW, ("departed_at",)),
    Step("extend", "departed", "notified", _HOST, _LAW, ("planned_departure_at",)),
    Step("cancel", "draft", "cancelled", _HOST, _LAW, ()),
    Step("cancel", "notified", "cancelled", _HOST, _LAW, ("reason",)),
)
"""The course of a stay. Every act upon a notified stay makes a new version and receipt; nothing is overwritten."""


def step(act: str, state: str) -> Step | None:
    """The move that an act makes in a state; None where there is no such move."""
    return next((each for each in STEPS if each.act == act and each.source == state), None)
