"""Names of people who do not exist, made from the commonest Vietnamese name words."""

from random import Random
from typing import Final, NamedTuple


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILY: Final = _words("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Trịnh Cao Lưu Hà Tạ")
MIDDLE_F: Final = _words("Thị Ngọc Thanh Thu Hồng Mỹ Khánh Quỳnh Bảo Diệu Hải Phương")
MIDDLE_M: Final = _words("Văn Hữu Đức Minh Quang Xuân Công Đình Gia Thành Tuấn Quốc")
GIVEN_F: Final = _words(
    "An Ánh Bích Chi Diễm Dung Giang Hà Hằng Hạnh Hiền Hoa Huệ Hương Lan Linh Ly Mai Nga Ngân Nhung Oanh "
    "Thảo Thúy Thủy Trang Tuyết Uyên Vân Yến "
)
GIVEN_M: Final = _words(
    "Anh Bình Cường Dũng Duy Đạt Đông Hải Hiếu Hòa Hoàng Hùng Huy Khoa Kiên Lâm Long Mạnh Nam Nghĩa Phong "
    "Phúc Quân Sơn Thắng Thịnh Tiến Toàn Trung Tú Việt Vinh "
)
FOREIGN: Final = (
    ("KOR", "Minjun", "Park"),
    ("KOR", "Seoyeon", "Choi"),
    ("JPN", "Haruto", "Sato"),
    ("JPN", "Aoi", "Tanaka"),
    ("FRA", "Camille", "Moreau"),
    ("DEU", "Jonas", "Becker"),
    ("LAO", "Khamla", "Vongsa"),
    ("THA", "Somchai", "Srisuk"),
    ("GBR", "Olivia", "Harris"),
    ("AUS", "Liam", "Wilson"),
    ("CHN", "Wei", "Zhang"),
    ("IND", "Arjun", "Mehta"),
)
PROVINCES: Final = (
    ("038", "Thanh Hóa"),
    ("001", "Hà Nội"),
    ("040", "Nghệ An"),
    ("036", "Nam Định"),
    ("031", "Hải Phòng"),
    ("034", "Thái Bình"),
)


class Invented(NamedTuple):
    """Somebody invented: `birth` is an ISO date, `number` has the structure of a citizen's or a passport's."""

    full_name: str
    sex: str
    birth: str
    nationality: str
    number: str
    home: str


def vietnamese(chance: Random) -> Invented:
    """An invented citizen."""
    female = chance.random() < 0.5
    middle, given = (MIDDLE_F, GIVEN_F) if female else (MIDDLE_M, GIVEN_M)
    name = f"{chance.choice(FAMILY)} {chance.choice(middle)} {chance.choice(given)}"
    year = chance.randint(1950, 2006)
    code, home = chance.choice(PROVINCES)
    century = (2 if year >= 2000 else 0) + female
    number = f"{code}{century}{year % 100:02d}{chance.randrange(1_000_000):06d}"
    return Invented(
        name,
        "F" if female else "M",
        f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "VNM",
        number,
        home,
    )


def foreigner(chance: Random) -> Invented:
    """An invented visitor from abroad."""
    country, given, family = chance.choice(FOREIGN)
    number = f"{chance.choice('ABCDEGHKLMNP')}{chance.randrange(10_000_000):07d}"
    born = f"{chance.randint(1955, 2004)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    return Invented(f"{given} {family}", chance.choice("MF"), born, country, number, "")
