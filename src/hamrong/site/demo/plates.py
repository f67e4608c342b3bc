"""Number plates of the demo: two pools, an auction's numbers aside and back, draws, what became of plates since."""

import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as clock
from functools import partial
from random import Random
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.law import VIETNAM
from hamrong.plates.actions.after import AskIn, ask, finish
from hamrong.plates.actions.files import FileIn, file
from hamrong.plates.actions.keeping import settle
from hamrong.plates.actions.pools import Basis, change, open_pool
from hamrong.plates.actions.pressing import NONCE, press
from hamrong.plates.actions.remarks import remark
from hamrong.plates.entries import LOG, EventType
from hamrong.plates.models import Act, Draw, Remark
from hamrong.plates.numbers import LAST, Run
from hamrong.plates.offers import offers
from hamrong.plates.policy import POOL
from hamrong.plates.queries import delays, pools, visible
from hamrong.plates.sealer import VEHICLE_KEY, Sealer
from hamrong.site.demo.names import vietnamese
from hamrong.site.demo.places import SAM_SON
from hamrong.site.sequencer import granted

PURPOSE: Final = "vehicle-registration"
CODES: Final = ("36",)
DAYS: Final = 3
"""Days before today with three batches each; what is older has one batch on some days of the week."""

BATCHES: Final = (clock(8, 10), clock(10, 30), clock(14, 5))
BEFORE: Final = clock(7, 0)
"""When pools were opened and numbers set aside: before the first batch of a day, at whatever hour the demo is made."""

CAUGHT: Final = (2, 1)
"""Days before today, and which batch of that day: sealed in time, and its numbers withheld until the alarm was seen."""

WITHHELD: Final = timedelta(minutes=40)
EXPLAINED: Final = timedelta(minutes=25)
"""How long numbers were withheld, and how long after them the office said why."""

EACH: Final = {"36-o-to": 6, "36-xe-may": 4}
"""How many owners press in each batch of a pool."""

WHY: Final = (
    "Dữ liệu mẫu. Người trực dừng tiến trình ra số sau khi thứ tự đã chốt. Trang công khai báo động, thanh tra yêu cầu "
    "chạy lại; số ra đúng như thứ tự đã chốt, không lượt nào đổi. Người trực đã bị rút quyền."
)
"""What the office says about the batch that was caught."""

WAIT: Final = 3
"""How many files of each pool wait for their owners."""

OFFICES: Final = (SAM_SON, SAM_SON, "16516", "14797")
EARLIER: Final = (1, 3)
"""Days of the week, from Monday as 0, that have a batch before the last days."""

PLATES_FOR_AN_ACT: Final = 5
LATE_ONE: Final = 8
"""One act in so many is left open, and becomes late in time."""

DEEDS: Final = (("exchange", "worn"), ("keep", "sold"), ("reissue", "lost"))
START_LIMIT: Final = 30.0


class Kind(NamedTuple):
    """A pool to be made: its code, kind and colour, names, and how many series in a small demo."""

    code: str
    kind: str
    colour: str
    vi: str
    en: str
    series: int


KINDS: Final = (
    Kind("36-o-to", "car", "white", "Ô tô biển trắng", "Cars, white plates", 2),
    Kind("36-xe-may", "motorcycle", "white", "Xe máy biển trắng", "Motorcycles, white plates", 1),
)


def make(signing: Signing, now: datetime, chance: Random, days: int = DAYS, *, whole: bool = False) -> None:
    """Everything of so many days, unless the first pool is there; `whole`: every series that the province may issue.

    Draws are of level C: no witness is there. Where a sequencer leads already, what was pressed waits for it.
    """
    if pools.pool(KINDS[0].code):
        return
    today = now.astimezone(VIETNAM).date()
    for kind in KINDS:
        _open(kind, datetime.combine(today - timedelta(days=days + 2), BEFORE, VIETNAM), today, whole)
    _auction(KINDS[0].code, datetime.combine(today - timedelta(days=days + 1), BEFORE, VIETNAM))
    back, batch = CAUGHT
    caught = datetime.combine(today - timedelta(days=back), BATCHES[batch], VIETNAM)
    _draws(signing, _moments(today, now, days), caught, chance)
    for office in dict.fromkeys(OFFICES):
        _since(office, now, chance)
    _night(now)
    for number in range(WAIT):
        for kind in KINDS:
            _file(signing, kind, SAM_SON, now - timedelta(minutes=5 * number + 2), chance)


def _draws(signing: Signing, moments: Sequence[datetime], caught: datetime, chance: Random) -> None:
    """Owners press at each moment, and their numbers come a little later."""
    with _leading() as term:
        for moment in moments:
            for kind in KINDS:
                for number in range(EACH[kind.code]):
                    _pressed(signing, kind, moment + timedelta(seconds=number * 20), chance)
            if term is not None and moment == caught:
                _withheld(signing, term, moment + timedelta(minutes=3))
            elif term is not None:
                _draw(signing, term, moment + timedelta(minutes=3))


def _moments(today: date, now: datetime, days: int) -> list[datetime]:
    """When batches were pressed: on each day before, and once a little ago."""
    older = [today - timedelta(days=back) for back in range(days, DAYS, -1)]
    moments = [
        datetime.combine(day, BATCHES[day.toordinal() % len(BATCHES)], VIETNAM)
        for day in older
        if day.weekday() in EARLIER
    ]
    recent = [today - timedelta(days=back) for back in range(DAYS, 0, -1)]
    moments += [datetime.combine(day, at, VIETNAM) for day in recent for at in BATCHES]
    return [*moments, now - timedelta(minutes=20)]


def _since(ward: str, now: datetime, chance: Random) -> None:
    """What an office did with plates that it gave before today: exchanged, re-issued, kept for owners, put on again.

    One re-issue in a while is late where there are plates of long ago. No kept plate is near its return: the law
    keeps them five years, and knows them since 2025 only.
    """
    by = _grant("plate-officer", ward, "plate.change", Target(ward=ward, province=settings.HAMRONG_PROVINCE))
    with acting(by):
        there = visible.plates(by).filter(pool__in=[kind.code for kind in KINDS], state="in-use")
        there = there.filter(since__lt=now - timedelta(days=1))
        given = list(there.order_by("pool", "since", "number").values_list("number", "since"))  # some of each pool
    for place, (number, since) in enumerate(given[::PLATES_FOR_AN_ACT]):
        act, reason = DEEDS[place % len(DEEDS)]
        at = min(since + timedelta(days=chance.randint(1, 90)), now - timedelta(days=1))
        made = ask(by=by, number=number, act=act, told=AskIn(reason, f"BS-{chance.randrange(100_000):05d}"), at=at)
        assert isinstance(made, Act), made
        handed_over = at + timedelta(days=chance.randint(2, 9))
        if not made.done_at and handed_over < now and place % LATE_ONE:
            assert isinstance(finish(by=by, act=made.pk, at=handed_over), Act)


def _night(now: datetime) -> None:
    """The night in which the pools' histories are told what is kept."""
    done = settle(by=_grant("keeper", "", "pool.release", Target()), at=now, only=[kind.code for kind in KINDS])
    assert not any(isinstance(each, Refusal) for each in done), done


def _grant(role: str, scope: str, act: str, target: Target) -> Grant:
    who = Actor("system:demo", "demo", "job:demo", (Holding(role, scope),), strong=True)
    answer = decide(who, act, target, purpose=PURPOSE if role != "plate-owner" else "")
    assert isinstance(answer, Grant), answer
    return answer


def _manager(act: str = "pool.change") -> Grant:
    province = settings.HAMRONG_PROVINCE
    return _grant("plate-manager", province, act, Target(province=province))


def _basis(number: int, at: datetime, note: str) -> Basis:
    day = at.astimezone(VIETNAM).date()
    return Basis(POOL, f"Quyết định {number:02d}/QĐ-DEMO ngày {day:%d/%m/%Y}", day, settings.HAMRONG_PROVINCE, note)


def _open(kind: Kind, at: datetime, today: date, whole: bool) -> None:
    offer = next(each for each in offers(CODES, today) if each.kind == kind.kind and kind.colour in each.colours)
    opened = open_pool(
        by=_manager(), code=kind.code, kind=kind.kind, colours=[kind.colour], name_vi=kind.vi, name_en=kind.en,
        series=offer.series[: None if whole else kind.series], basis=_basis(2, at, "Mở kho của dữ liệu mẫu"), at=at,
    )  # fmt: skip
    assert not isinstance(opened, Refusal), opened


def _auction(pool: str, at: datetime) -> None:
    """Numbers of five like digits are set aside; those that nobody bid for come back a day later."""
    first = pools.series(pool)[0].name
    alike = [Run(first, number, number) for number in range(11_111, LAST + 1, 11_111)]
    steps: Sequence[tuple[EventType, Sequence[Run], str, datetime]] = (
        ("pool.set-aside", alike, "Để riêng đấu giá", at),
        ("pool.return", alike[3:5], "Đấu giá không có người mua, trả về kho", at + timedelta(days=1)),
    )
    for number, (what, runs, note, when) in enumerate(steps, 3):
        done = change(by=_manager(), pool=pool, type=what, runs=runs, basis=_basis(number, when, note), at=when)
        assert not isinstance(done, Refusal), done


def _file(signing: Signing, kind: Kind, ward: str, at: datetime, chance: Random) -> Draw:
    owner = vietnamese(chance)
    told = FileIn(
        dossier=f"HS-{at:%d%m}-{chance.randrange(100_000):05d}", vehicle=f"RLHDEM{chance.randrange(10**10):011d}",
        owner=owner.full_name, owner_document=owner.number, colour=kind.colour,
    )  # fmt: skip
    made = file(
        by=_grant("plate-officer", ward, "plate.file", Target(ward=ward, province=settings.HAMRONG_PROVINCE)),
        pool=kind.code, told=told, province=settings.HAMRONG_PROVINCE, prove=partial(signing.prove, VEHICLE_KEY), at=at,
    )  # fmt: skip
    assert isinstance(made, Draw), made
    return made


def _pressed(signing: Signing, kind: Kind, at: datetime, chance: Random) -> None:
    made = _file(signing, kind, chance.choice(OFFICES), at - timedelta(minutes=chance.randint(2, 15)), chance)
    owner = _grant("plate-owner", made.ticket, "plate.press", Target(ticket=made.ticket))
    assert isinstance(press(by=owner, nonce=secrets.token_bytes(NONCE), at=at), Draw)


def _draw(signing: Signing, term: int, at: datetime) -> None:
    assert Sealer(granted, signing, term, clock=lambda: at).work(), "what was pressed is drawn"


def _withheld(signing: Signing, term: int, at: datetime) -> None:
    """A batch that is sealed and gets its numbers too late: the same ones. The office says why, in public."""
    assert not Sealer(granted, signing, term, fetch=lambda seal, checkpoint: None, clock=lambda: at).work()
    _draw(signing, term, at + WITHHELD)
    by, said = _manager("pool.remark"), at + WITHHELD + EXPLAINED
    for late in delays.delays(said):
        if late.seal.at == at:
            assert isinstance(remark(by=by, seal=late.seal.leaf, text=WHY, at=said), Remark)


@contextmanager
def _leading() -> Iterator[int | None]:
    """A term of the draws' leader; None where another process leads."""
    with acting(granted("log.sequence")), connection.cursor() as cursor:
        cursor.execute("select audit_lead(%s)", [LOG])
        (term,) = cursor.fetchone()
    try:
        yield term
    finally:
        connection.close()  # whose lock it is


@contextmanager
def signer() -> Iterator[Signing]:
    """The signer that runs here; else one of our own until we have done."""
    client = Signing(settings.HAMRONG_SIGNER)
    own = None if _answers(client) else subprocess.Popen([sys.executable, "-m", "hamrong.site.cli", "signer"])
    try:
        _await(client.public)
        yield client
    finally:
        client.close()
        if own:
            own.terminate()
            own.wait()


def _answers(client: Signing) -> bool:
    try:
        client.public()
    except SigningProblem:
        return False
    return True


def _await(ask: Callable[[], object]) -> None:
    """Ask until there is an answer; SigningProblem after START_LIMIT seconds."""
    until = time.monotonic() + START_LIMIT
    while True:
        try:
            ask()
        except SigningProblem:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
