"""Invented petitions of the demo: each a life, lived act by act in the order of time, by the real actions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from itertools import cycle, islice
from random import Random
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.cases.actions import joining, transfers
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.registers import next_number
from hamrong.cases.actions.steps import Told, take
from hamrong.cases.courses import course
from hamrong.cases.models import Case, Transfer
from hamrong.kernel.seal.followup import new_code
from hamrong.law import VIETNAM
from hamrong.org.models import Unit
from hamrong.org.queries import commune_units, successors
from hamrong.papers.catalog import OUTGOING
from hamrong.papers.issuers import issuer
from hamrong.petitions.actions import opinions
from hamrong.petitions.actions.intake import Handed, enter_register, hand_in
from hamrong.petitions.actions.sorting import Sorted, link, sort_petition, tell_sender
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.rules import Instance, Kind
from hamrong.petitions.suggesting import suggest
from hamrong.petitions.told import Content, Sender
from hamrong.sealed.actions.reports import ticket_of
from hamrong.sealed.reporters import reporter
from hamrong.site.demo import deeds
from hamrong.site.demo.cast import Cast
from hamrong.site.demo.names import vietnamese
from hamrong.site.demo.people import FOLLOWED
from hamrong.site.demo.petition_ways import DISSOLVED, DISTRICTS, MATTERS, NEW, ORDERS, REORGANISED, WAYS, Way
from hamrong.site.demo.places import SAM_SON
from hamrong.site.demo.stage import Life, Stage, done, province_grant

SEED: Final = 1964
SOON: Final = timedelta(minutes=4)
"""After how long a proposal is approved."""

EACH_WAY: Final = sum(way.share for way in WAYS)
"""As many petitions as tell of every way once, by its share."""

PARAMS: Final = {
    "kn.first": {"area_complexity": "normal"}, "kn.second": {"area_complexity": "normal"},
    "kn.effective": {"area": "normal"}, "kn.second.window": {"area": "normal"},
}  # fmt: skip


def make(now: datetime, units: Sequence[str] = (SAM_SON,), count: int = EACH_WAY) -> Iterator[tuple[int, int]]:
    """Let so many petitions live until now, in these units; yields (lives begun, of how many).

    Where these units have some already, none.
    """
    stage = Stage(Cast(now))
    with acting(stage.may("petition.list", "officer", settings.HAMRONG_PROVINCE)) as by:
        if visible.petitions(by).filter(unit__in=units).exists():
            return
        told = visible.petitions(by).filter(ticket=ticket_of(FOLLOWED)).exists()
    chance, moves = Random(SEED), reorganisations(units)
    drawn = islice(cycle(way for way in WAYS for _ in range(way.share)), count)
    lives = [_drawn(way, sorted(moves[DISSOLVED]) if way.old else units, now, chance) for way in drawn]
    first = next((life for life in lives if "open+" in life.way.acts), None)
    if first and not told and SAM_SON in units:
        first.code, first.unit = FOLLOWED, SAM_SON
    yield from _lived(stage, lives, moves, now)


def _drawn(way: Way, units: Sequence[str], now: datetime, chance: Random) -> Life:
    """A petition as the lot makes it: where, when, by whom, about what."""
    oldest, latest = now - timedelta(days=way.days[1]), now - timedelta(days=way.days[0])
    if way.fresh:
        oldest = max(oldest, _at(NEW, 8))
    if way.old:
        oldest, latest = _at(DISTRICTS[0], 8), _at(DISTRICTS[1], 16)
    came = oldest + (latest - oldest) * chance.random()
    at = min(_at(came.astimezone(VIETNAM).date(), chance.uniform(7.5, 16.5)), now)
    unit = chance.choice(units)
    if "again" in way.acts and SAM_SON in units:
        unit = SAM_SON  # where no handler has a key, the first one is the province's, and nobody here is above it
    subject = chance.choice(MATTERS[way.kind])
    who = vietnamese(chance)
    signs = (Sender(who.full_name, who.number),) if way.facts.signed == "signed" else ()
    text = f"{subject}, ngày {chance.randint(1, 28)} tháng trước, ở khu phố {chance.randint(1, 12)}. {PLEA[way.kind]}"
    return Life(way, unit, at, Content(subject, text, signed=bool(signs), senders=signs))


PLEA: Final = {
    "complaint": "Tôi đề nghị xem xét lại.", "denunciation": "Tôi đề nghị xác minh và giữ kín tên tôi.",
    "reflection": "Đề nghị cơ quan công an cho biết cách giải quyết.",
    "crime_report": "Tôi báo để cơ quan công an biết.",
}  # fmt: skip


def _at(day: date, hour: float) -> datetime:
    return datetime.combine(day, time(), VIETNAM) + timedelta(hours=hour)


def reorganisations(units: Sequence[str]) -> dict[datetime, dict[str, str]]:
    """Whose cases went to whom, by the table of units: a district's to a commune of it, that one's to these units."""
    first, second = {}, {}
    for between in _of_ended_communes():
        area = between.area
        merged = Unit.objects.filter(area__in=successors(area).values("after")) if area else []
        heirs = [unit.code for unit in merged if unit.code in units]
        if area and heirs:
            district = Unit.objects.get(area=area.parent_id)
            first[district.code], second[between.code] = between.code, heirs[0]
    return {DISSOLVED: first, REORGANISED: second}


def _of_ended_communes() -> QuerySet[Unit]:
    ended = DISSOLVED.date()
    return commune_units(ended).filter(valid_to__gte=ended, valid_to__lt=REORGANISED.date()).select_related("area")


def _lived(
    stage: Stage, lives: Sequence[Life], moves: dict[datetime, dict[str, str]], now: datetime
) -> Iterator[tuple[int, int]]:
    """Every act of every life in the order of time, so that the numbers of registers follow it."""
    running = [_life(stage, life) for life in lives]
    queue = [(life.at, place) for place, life in enumerate(lives)]
    heapify(queue)
    begun, coming = 0, sorted(moves)
    while queue and queue[0][0] <= now:
        at, place = heappop(queue)
        while coming and at >= coming[0]:
            _reorganise(stage, moves[coming[0]], coming.pop(0))
        if lives[place].petition is None:
            begun += 1
            yield begun, len(lives)
        following = next(running[place], None)
        if following is not None:
            heappush(queue, (following, place))


def _reorganise(stage: Stage, heirs: dict[str, str], at: datetime) -> None:
    by = stage.may("case.reorganise", "leader", settings.HAMRONG_PROVINCE)
    done(transfers.reorganise(by=by, successors=heirs, document=ORDERS[at], at=at))


def _life(stage: Stage, life: Life) -> Iterator[datetime]:
    """The acts of a petition, one each time it is asked for the next; yields when the one after is due."""
    at = life.at
    life.petition = _taken(stage, life, life.at)
    for word in life.way.acts.split():
        act, days = word.split("+")
        at += timedelta(days=int(days), minutes=25)
        yield at
        _act(stage, life, act, at)


def _taken(stage: Stage, life: Life, at: datetime, unit: str = "") -> Petition:
    life.code = code = (life.code if life.petition is None else "") or new_code()
    unit = unit or life.unit
    online = life.way.door == "online"
    by = done(reporter(code, "petition.hand-in")) if online else stage.may("petition.hand-in", "officer", unit)
    handed = Handed(code, life.way.kind, life.way.door, unit, timezone.localdate(at), life.content)
    return done(hand_in(by=by, handed=handed, at=at))


def _act(stage: Stage, life: Life, act: str, at: datetime) -> None:
    if act in OF_PETITION:
        OF_PETITION[act](stage, life, at)
    elif act in OF_CASE:
        OF_CASE[act](stage, life, _now(life), at)
    else:
        _step(stage, life, act, at)


def _now(life: Life) -> Case:
    """The case as it stands: other lives and orders may have moved it."""
    assert life.case is not None
    with acting(province_grant("case.read")):
        life.case = Case.objects.get(pk=life.case.pk)
    return life.case


def _step(stage: Stage, life: Life, word: str, at: datetime) -> None:
    """A step of the course, by two people where the table wants two."""
    case = _now(life)
    of = course(case.course)
    step = next(step for step in of.steps_from(case.state) if step.act.split(".")[1] == word)
    reason = REASONS.get(word, "Theo kết quả xác minh") if "reason" in step.needs else ""
    by = stage.may(step.act, "officer", case.unit)
    document = _issued(by, case.unit, SIGNS.get(word, "TB"), at) if "document" in step.needs else ""
    told = Told(at, reason, document, PARAMS, _result(step.results, case))
    if not step.approvers:
        life.case = done(take(by=by, case=case, revision=case.revision, told=told, at=at))
        return
    proposal = done(propose(by=by, case=case, revision=case.revision, told=told, at=at))
    leader = stage.may(f"{step.act}.approve", "leader", case.unit)
    life.case = done(approve(by=leader, proposal=proposal, at=at + SOON))


def _issued(by: Grant, unit: str, sign: str, at: datetime) -> str:
    """A paper outside of this system: the next number of what the unit sent out that year, and the day."""
    day = timezone.localdate(at)
    with acting(by):
        number = next_number(OUTGOING, unit, day.year, settings.HAMRONG_PROVINCE)
    return f"{number:02d}/{sign}-{issuer(unit, settings.HAMRONG_PROVINCE).symbol}, {day:%d/%m/%Y}"


def _result(results: Sequence[str], case: Case) -> str:
    """What a step finds, by the number of its case: two in five right, two in part, one wrong."""
    return results[min(int(case.code[-6:]) % 5 // 2, len(results) - 1)] if results else ""


REASONS: Final = {
    "suspend": "Chờ kết quả giám định", "withdraw": "Người gửi tự nguyện rút đơn", "extend": "Vụ việc phức tạp",
    "return": "Hết thời hiệu", "refuse": "Không đủ điều kiện thụ lý", "guide": "Thuộc thẩm quyền nơi khác",
    "end": "Không có dấu hiệu vi phạm, ép buộc hay lợi dụng", "file": "Không nêu tên, không rõ nội dung",
}  # fmt: skip
SIGNS: Final = {"tell": "QĐ", "act": "QĐ", "verify": "QĐ", "tell-end": "QĐ", "transfer": "PC"}


def _enter(stage: Stage, life: Life, at: datetime) -> None:
    assert life.petition is not None
    by = stage.may("petition.enter", "officer", life.petition.unit)
    life.petition = done(enter_register(by=by, petition=life.petition, at=at))


def _sort(stage: Stage, life: Life, at: datetime, instance: Instance = "first", kind: Kind | None = None) -> None:
    assert life.petition is not None
    by = stage.may("petition.sort", "officer", life.petition.unit)
    hint = suggest("field", life.content.text)
    field = "" if life.petition.secret else hint.code if hint and len(life.content.text) % 7 else "other"
    facts, why = replace(life.way.facts, instance=instance), "Người gửi yêu cầu xem lại việc xử lý với chính mình"
    found = Sorted(facts, "Theo nội dung đơn", life.case, field=field, kind=kind, kind_why=why if kind else "")
    life.petition = done(sort_petition(by=by, petition=life.petition, found=found, at=at))
    life.case = life.petition.case


def _as_complaint(stage: Stage, life: Life, at: datetime) -> None:
    """What came as another kind is a complaint by what it tells."""
    _sort(stage, life, at, kind="complaint")


def _tell(stage: Stage, life: Life, at: datetime) -> None:
    assert life.petition is not None
    by = stage.may("petition.tell", "officer", life.petition.unit)
    document = _issued(by, life.petition.unit, "TB", at)
    life.petition = done(tell_sender(by=by, petition=life.petition, document=document, at=at))


def _repeat(stage: Stage, life: Life, at: datetime) -> None:
    """The same comes once more, and is linked to what came before."""
    assert life.petition is not None
    again = _taken(stage, life, at)
    by = stage.may("petition.link", "officer", again.unit)
    done(link(by=by, petition=again, earlier=life.petition, at=at))


def _second(stage: Stage, life: Life, at: datetime) -> None:
    """A second complaint, to the province, with the first case at hand."""
    life.petition = _taken(stage, life, at, settings.HAMRONG_PROVINCE)
    _sort(stage, life, at, "second")


def _again(stage: Stage, life: Life, at: datetime) -> None:
    """A re-denunciation, to the province: sent by the form, entered, sorted with the first case at hand."""
    life.petition = _taken(stage, life, at, settings.HAMRONG_PROVINCE)
    _enter(stage, life, at)
    _sort(stage, life, at, "second")


def _rate(stage: Stage, life: Life, at: datetime) -> None:
    """The sender says how they found it: most are content, one in five is not."""
    assert life.petition is not None
    answered = ("satisfied", "partly", "satisfied", "not", "satisfied")[len(life.content.text) % 5]
    words = "Trả lời rõ, nhưng phải chờ lâu." if answered == "partly" else ""
    by = done(reporter(life.code, "petition.follow"))
    done(opinions.answer(by=by, petition=life.petition, answered=answered, words=words, at=at))


OF_PETITION: Final = {
    "rate": _rate, "enter": _enter, "sort": _sort, "as-complaint": _as_complaint,
    "told": _tell, "repeat": _repeat, "second": _second, "again": _again,
}  # fmt: skip


def _offer(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    by = stage.may("case.offer", "officer", case.unit)
    done(transfers.offer(by=by, case=case, revision=case.revision, receiver=settings.HAMRONG_PROVINCE,
                         reason="Việc do phòng thuộc tỉnh làm", at=at))  # fmt: skip


def _offered(case: Case) -> Transfer:
    with acting(province_grant("case.read")):
        return Transfer.objects.get(case=case, state="offered")


def _take_over(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    offered = _offered(case)
    life.case = done(
        transfers.accept(by=stage.may("case.receive", "leader", offered.receiver), transfer=offered, at=at)
    )


def _turn_down(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    offered = _offered(case)
    by = stage.may("case.receive", "leader", offered.receiver)
    done(transfers.refuse(by=by, transfer=offered, answer="Việc do công an xã giải quyết", at=at))


def _join(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    """The same sender complains of the next thing in the same matter; both are settled as one."""
    other = Life(life.way, life.unit, at, life.content)
    other.petition = _taken(stage, other, at)
    _sort(stage, other, at)
    later = _now(other)
    told = Told(at, "Cùng người khiếu nại, cùng vụ việc")
    by = stage.may("case.join", "leader", case.unit)
    done(joining.join(by=by, case=later, revision=later.revision, into=case, told=told, at=at))


def _split(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    told = Told(at, "Hai quyết định hành chính khác nhau")
    by = stage.may("case.split", "leader", case.unit)
    done(joining.split(by=by, case=case, revision=case.revision, told=told, at=at))


OF_CASE: Final = {
    "offer": _offer, "taken": _take_over, "refused": _turn_down, "join": _join, "split": _split, "sign": deeds.sign,
    "open": deeds.open_identity, "glass": deeds.break_glass, "judged": deeds.judge,
}  # fmt: skip
