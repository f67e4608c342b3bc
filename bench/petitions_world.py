"""A register of petitions to measure with, written past triggers and walls as only a measurement may: invented."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from bench.harness import House
from django.db import connection
from django.db.models import Model

from hamrong.cases.models import Case, Clock, ClockFact, Fact
from hamrong.identity.keys import vault
from hamrong.org.queries import commune_units
from hamrong.petitions.models import DOORS, Petition
from hamrong.petitions.owed import morning
from hamrong.petitions.queries.reading import likeness_of, persons_of
from hamrong.petitions.queries.searching import marks_of
from hamrong.petitions.told import Content, Sender, written

PROVINCE: Final = "38"
SYLLABLES: Final = (
    "công an phường xã tỉnh đơn thư khiếu nại tố cáo biên bản xử phạt quyết định tạm giữ phương tiện xe máy căn cước "
    "đăng ký thường trú giấy phép lái hồ sơ trả chậm ngày tháng năm cán bộ tiếp dân trực ban lệ phí thu tiền không "
    "đúng sai địa điểm hành vi vi phạm giao thông đường bộ khu phố thôn làng nhà hàng quán hát ồn đêm trộm cắp mất "
    "điện thoại lừa đảo chuyển khoản ngân hàng tài sản con tôi bố mẹ anh chị em hàng xóm đề nghị xem xét lại giải "
    "quyết theo luật kính mong sớm có kết quả bằng văn để gia đình được biết trân trọng cảm ơn"
)
RARE: Final = "cầu phao Hoằng Khê"
"""One petition in two hundred tells of it."""

WEIGHTS: Final = (("complaint", 40), ("denunciation", 15), ("reflection", 35), ("crime_report", 10))
COURSES: Final = {"complaint": ("khieu-nai-lan-dau@2026-07-01", "KN", "kn.first"),
                  "denunciation": ("to-cao@2026-07-01", "TC", "tc.settle")}  # fmt: skip
ROWS: Final = {"complaint": "complaint_ours", "denunciation": "denunciation_ours", "reflection": "reflection_ours",
               "crime_report": "crime_report"}  # fmt: skip
FAMILIES: Final = ("Nguyễn Văn", "Lê Thị", "Trần Hữu", "Phạm Đức", "Hoàng Minh")
GIVEN: Final = ("Bịa", "Thử", "Đo", "Giả", "Mẫu", "Vẽ", "Dựng")


def register(home: House, each_year: int, years: int, today: date) -> int:
    """So many petitions in each of the last years, in every unit; answers how many there are."""
    chance, made = Random(1964), 0
    units = [PROVINCE, *(unit.code for unit in commune_units(today))]
    for back in range(years):
        rows = [_petition(chance, units, today - timedelta(days=365 * back), made + one) for one in range(each_year)]
        made += each_year
        _write(home, [row for rows_of in zip(*rows, strict=True) for row in _flat(rows_of)])
    with home.admin() as db:
        db.execute("vacuum analyze petitions_petition, cases_case, cases_fact, cases_clock, cases_clockfact")
    return made


def _flat(rows: Sequence[Any]) -> Iterator[Model]:
    for row in rows:
        if isinstance(row, list):
            yield from row
        elif row is not None:
            yield row


def _petition(
    chance: Random, units: Sequence[str], last: date, number: int
) -> tuple[Case | None, list[Fact], list[ClockFact], list[Clock], Petition]:
    came = last - timedelta(days=chance.randrange(365))
    kind = chance.choices([kind for kind, _ in WEIGHTS], [weight for _, weight in WEIGHTS])[0]
    unit, sealed = chance.choice(units), kind == "denunciation"
    row = Petition(
        ticket=f"bench-{number}", kind=kind, door="online" if sealed else chance.choice(DOORS), unit=unit,
        province=PROVINCE, received_on=came, secret=sealed, settled=True, register=unit, year=came.year,
        number=number + 1,
    )  # fmt: skip
    if not sealed:
        told = _content(chance, number)
        row.content, row.persons = vault().seal_bytes(written(told), row.pk.bytes), persons_of(told.senders)
        row.likeness, row.words = likeness_of(told), marks_of(told)
    if chance.random() < 0.04:
        return None, [], [], [], row
    row.sorting, row.sorted_on, row.sorted_by = ROWS[kind], came + timedelta(days=chance.randrange(4)), "person:bench"
    row.outcome = "transfer" if kind == "crime_report" else "accept"
    if kind not in COURSES:
        row.told_on, row.told_by = row.sorted_on + timedelta(days=chance.randrange(8)), "1/TB"
        return None, [], [], [], row
    case, facts, clock_facts, clocks = _case(chance, kind, unit, came, number)
    row.case = case
    return case, facts, clock_facts, clocks, row


def _content(chance: Random, number: int) -> Content:
    words = " ".join(chance.choices(SYLLABLES.split(), k=120)) + (f" {RARE}" if number % 200 == 0 else "")
    name = f"{chance.choice(FAMILIES)} {chance.choice(GIVEN)}"
    return Content(
        " ".join(chance.choices(SYLLABLES.split(), k=8)), words, senders=(Sender(name, f"0380{number:08d}"),)
    )


def _case(
    chance: Random, kind: str, unit: str, came: date, number: int
) -> tuple[Case, list[Fact], list[ClockFact], list[Clock]]:
    course, prefix, rule = COURSES[kind]
    begun = morning(came + timedelta(days=chance.randrange(1, 8)))
    legal, over = begun + timedelta(days=30), begun + timedelta(days=chance.randrange(10, 40))
    done = over < morning(date.today()) and chance.random() < 0.9
    state = ("decided" if kind == "complaint" else "concluded") if done else "settling"
    at = {"unit": unit, "province": PROVINCE}
    case = Case(
        code=f"{prefix}-{came.year}-{number:06d}", course=course, state=state, revision=3 if done else 2,
        opened_at=begun,
        result=chance.choice(("right", "partly", "wrong")) if done else "", **at,
    )  # fmt: skip
    acts = [("open", "", "received", begun), (f"{kind}.accept", "received", "settling", begun)]
    acts += [(f"{kind}.decide", "settling", state, over)] if done else []
    facts = [
        Fact(case=case, revision=place, act=act, source=source, target=target, effective_at=when, recorded_at=when,
             by="person:bench", role="ward-duty", **at)
        for place, (act, source, target, when) in enumerate(acts, 1)
    ]  # fmt: skip
    touches = [ClockFact(fact=facts[1], case=case, rule=rule, what="start", **at)]
    touches += [ClockFact(fact=facts[2], case=case, rule=rule, what="stop", **at)] if done else []
    clock = Clock(
        case=case, rule=rule, state="stopped" if done else "running", started_at=begun, strict=legal, legal=legal,
        law_version="bench", stopped_at=over if done else None, **at,
    )  # fmt: skip
    return case, facts, touches, [clock]


def _write(home: House, rows: Sequence[Model]) -> None:
    """Rows of any tables, in any order."""
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    with home.admin() as db:
        db.execute("set session_replication_role = replica")
        for model, some in tables.items():
            fields = model._meta.concrete_fields
            names = ", ".join(f'"{field.column}"' for field in fields)
            with db.cursor() as cursor, cursor.copy(f"copy {model._meta.db_table} ({names}) from stdin") as copy:
                for row in some:
                    copy.write_row(
                        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
                    )
