"""The people of the demo: who they are, what they may do, and how to sign in as them."""

import shlex
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings

from hamrong.access import actions
from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.roles import roles
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.site.demo.places import SAM_SON

PASSWORD: Final = "cau-ham-rong-1964"
PASSPHRASE: Final = "cau ham rong bac qua song ma"
"""Of every demo officer's sealing key."""

FOLLOWED: Final = "BXTB-YZE4-GPV5-BCRD-B7JH-J"
"""The code by which the sender of one denunciation follows it; that it was opened is told there."""

ORDER: Final = "Quyết định 01/QĐ-DEMO"
SINCE: Final = date(2025, 1, 1)
"""Since when everybody has their post: before the first act that the demo lets them do."""


class DemoPerson(NamedTuple):
    """A person of the demo; `scope` is the unit or the establishment of their post."""

    username: str
    full_name: str
    role: str
    scope: str


PEOPLE: Final = (
    DemoPerson("chu.huongbien", "Lê Thị Hương", "host-manager", "SS-0001"),
    DemoPerson("letan.huongbien", "Nguyễn Thị Ly", "host-clerk", "SS-0001"),
    DemoPerson("letan.songngoc", "Trần Quang Huy", "host-clerk", "SS-0002"),
    DemoPerson("trucban.samson", "Phạm Đức Kiên", "ward-duty", SAM_SON),
    DemoPerson("truong.samson", "Hoàng Minh Sơn", "ward-chief", SAM_SON),
    DemoPerson("photruong.samson", "Đỗ Xuân Hải", "ward-chief", SAM_SON),
    DemoPerson("dangkyxe.samson", "Tạ Hữu Thành", "plate-officer", SAM_SON),
    DemoPerson("khobienso.tinh", "Cao Thị Nhung", "plate-manager", "38"),
    DemoPerson("tiepdan.tinh", "Lê Văn Đạt", "petition-officer", "38"),
    DemoPerson("cutru.tinh", "Vũ Thanh Giang", "province-residence", "38"),
    DemoPerson("lanhdao.tinh", "Đặng Quốc Trung", "province-leader", "38"),
    DemoPerson("pholanhdao.tinh", "Lương Thị Bình", "province-leader", "38"),
    DemoPerson("giukhoa1.tinh", "Trịnh Hồng Vân", "identity-holder", "38"),
    DemoPerson("giukhoa2.tinh", "Mai Văn Lộc", "identity-holder", "38"),
    DemoPerson("giukhoa3.tinh", "Lưu Thị Sâm", "identity-holder", "38"),
    DemoPerson("thanhtra.tinh", "Bùi Thu Hằng", "inspector", "38"),
    DemoPerson("quantri.taikhoan", "Ngô Gia Khoa", "accounts-admin", "38"),
)
"""The first of a post in a unit is who acts in the demo; the second is the colleague to whom something can be given."""


def demo_grant(act: str) -> Grant:
    """The grant of the demo itself to administer accounts."""
    province = settings.HAMRONG_PROVINCE
    loader = Actor("system:demo", "demo", "job:demo", (Holding("accounts-admin", province),), strong=True)
    answer = decide(loader, act, Target(province=province))
    assert isinstance(answer, Grant)
    return answer


def service_number() -> str:
    """The next invented one: nobody of the demo is given twice, whoever invents them."""
    have = Person.objects.exclude(service_number=None).count()
    return f"000-{have:03}" if have < 1000 else f"{have // 1000:03}-{have % 1000:03}"


def make(at: datetime) -> None:
    """Create everybody who is not there yet, with password, post and, where the role needs it, a second factor."""
    for one in PEOPLE:
        if Person.objects.filter(username=one.username).exists():
            continue
        person = actions.create_person(
            by=demo_grant("person.create"), username=one.username, full_name=one.full_name, password=PASSWORD, at=at,
            service_number="" if roles()[one.role].scope == "establishment" else service_number(),
        )  # fmt: skip
        assert not isinstance(person, Refusal)
        actions.appoint(
            by=demo_grant("post.appoint"),
            person=person,
            role=one.role,
            scope=one.scope,
            starts_on=SINCE,
            ordered_by=ORDER,
            at=at,
        )
        if roles()[one.role].strong:
            _give_second_factor(person, at)


def _give_second_factor(person: Person, at: datetime) -> None:
    by = demo_grant("person.create")
    with acting(by):
        TOTP.activate(person, generate_totp_secret())
        enter(by, subject=f"person:{person.pk}", at=at, factor="totp")


def sign_ins() -> str:
    """Who can sign in and how, as a table for the terminal."""
    enrolled = set(Authenticator.objects.values_list("user__username", flat=True))
    lines = ["Demo sign-ins (password for all: " + PASSWORD + ")"]
    for one in PEOPLE:
        second = "+ one-time code" if one.username in enrolled else ""
        lines.append(f"  {one.username:<18} {roles()[one.role].en:<38} {one.scope:<8} {second}")
    lines.append("Passphrase of every sealing key: " + PASSPHRASE)
    lines.append(f"Code of a denunciation whose identity was opened, for /theo-doi/: {FOLLOWED}")
    lines.append(f"The one-time code of an officer: {as_typed('people code USERNAME')}")
    return "\n".join(lines)


def as_typed(words: str) -> str:
    """A command of ours as it has to be typed in this folder: with its path, and with VAR where it is not the usual."""
    here, program = Path.cwd(), Path(sys.executable).with_name("hamrong")
    var = settings.ENVIRONMENT.var
    given = "" if var == here / "var" else f"VAR={shlex.quote(str(var))} "
    shown = program.relative_to(here) if program.is_relative_to(here) else program
    return f"{given}{shown} {words}"


def one_time_code(username: str) -> str:
    """The code that an authenticator would show now for somebody of the demo."""
    held = Authenticator.objects.get(user__username=username, type=Authenticator.Type.TOTP)
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(decrypt(held.data["secret"]), counter)))
