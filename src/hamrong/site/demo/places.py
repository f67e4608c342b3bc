"""The demo's establishments: the two that the guide speaks of, and as many others as the scale asks for."""

from random import Random
from typing import Final, NamedTuple

SAM_SON: Final = "16531"


class Place(NamedTuple):
    """An establishment to be made. `busy` is the share of its beds taken on a night, `answers` how it reports."""

    ward: str
    kind: str
    name: str
    address: str
    manager: str
    rooms: int
    busy: float
    answers: str = "reports"


FIRST: Final = (
    Place(SAM_SON, "hostel", "Nhà nghỉ Hương Biển", "Số 12 đường Thanh Niên", "Lê Thị Hương", 9, 0.6),
    Place(SAM_SON, "hotel", "Khách sạn Sóng Ngọc", "Số 88 đường Hồ Xuân Hương", "Trịnh Quốc Bảo", 400, 0.25),
    Place(SAM_SON, "homestay", "Homestay Vườn Dừa", "Ngõ 3 đường Nguyễn Du", "Phạm Thu Hà", 5, 0.7, "nil"),
    Place(SAM_SON, "hotel", "Khách sạn Trống Mái", "Số 41 đường Lê Lợi", "Hoàng Đức Mạnh", 30, 0.4, "silent"),
    Place(SAM_SON, "hostel", "Nhà nghỉ Bình Minh", "Số 7 đường Tây Sơn", "Đỗ Thị Thảo", 12, 0.5, "late"),
    Place(SAM_SON, "hospital", "Trạm điều dưỡng Biển Xanh", "Số 2 đường Trần Hưng Đạo", "Bùi Minh Khoa", 20, 0.5),
    Place(SAM_SON, "apartment", "Căn hộ du lịch FT2", "Tòa B, đường Nguyễn Hồng Lễ", "Mai Khánh Linh", 24, 0.4),
    Place("16516", "hotel", "Khách sạn Nam Biển", "Đường 4C", "Vũ Hữu Thắng", 40, 0.4),
    Place("16516", "household", "Hộ gia đình ông Ngô Xuân Hòa", "Thôn 5", "Ngô Xuân Hòa", 2, 0.5),
    Place("14797", "hotel", "Khách sạn Hạc Trắng", "Số 25 đường Lê Hoàn", "Cao Thanh Yến", 60, 0.5),
    Place("14797", "dormitory", "Ký túc xá Bến Ngự", "Số 9 đường Bến Ngự", "Lưu Công Đạt", 40, 0.3),
    Place("14797", "vehicle", "Xe giường nằm Hàm Rồng 07", "Bến xe phía Bắc", "Hà Văn Long", 0, 0.0, "silent"),
)
APPLICANT: Final = Place(
    SAM_SON, "homestay", "Homestay Chân Sóng", "Số 3 ngõ 15 đường Ngô Quyền", "Dương Hải Yến", 0, 0.0
)

KINDS: Final = (
    ("hostel", "Nhà nghỉ", 12),
    ("hotel", "Khách sạn", 35),
    ("homestay", "Homestay", 5),
    ("household", "Hộ gia đình", 2),
)
WORDS: Final = [
    "Sao Mai",
    "Hoa Ban",
    "Thùy Dương",
    "Phú Quý",
    "An Bình",
    "Thanh Xuân",
    "Hải Âu",
    "Ngọc Lan",
    "Đồng Xanh",
    "Sông Mã",
    "Hồng Đức",
    "Lam Sơn",
    "Núi Nưa",
    "Bến En",
]

STREETS: Final = ["Trần Phú", "Lê Lợi", "Nguyễn Trãi", "Quang Trung", "Hạc Thành", "Trường Thi", "Bà Triệu", "Lam Sơn"]


def more(wards: list[str], count: int, chance: Random) -> list[Place]:
    """Further establishments, half of them in the two wards of the beach, the others spread over all wards."""
    return [
        _one(chance.choice((SAM_SON, "16516")) if number % 2 else chance.choice(wards), number, chance)
        for number in range(count)
    ]


def _one(ward: str, number: int, chance: Random) -> Place:
    kind, title, rooms = chance.choice(KINDS)
    answers = chance.choices(("reports", "nil", "silent", "late"), (80, 8, 6, 6))[0]
    name = f"{title} {chance.choice(WORDS)} {number + 1}"
    return Place(
        ward,
        kind,
        name,
        _address(kind, chance),
        f"Chủ cơ sở số {number + 1}",
        rooms,
        chance.uniform(0.1, 0.6),
        answers,
    )


def _address(kind: str, chance: Random) -> str:
    """A house of a hamlet for a household, else a number in a street, as people write them."""
    number = chance.randint(1, 200)
    return (
        f"Số nhà {number}, thôn {number % 9 + 1}"
        if kind == "household"
        else f"Số {number} đường {chance.choice(STREETS)}"
    )
