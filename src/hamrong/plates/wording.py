"""How pools, plates, states and levels are put into words."""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from hamrong.kernel.documents.plates import PlateRuleError, book, format_plate
from hamrong.law import VIETNAM
from hamrong.plates.models import Pool
from hamrong.plates.numbers import split

COLOURS: Final[dict[str, str | Promise]] = {
    "white": gettext_lazy("biển trắng"),
    "yellow": gettext_lazy("biển vàng"),
    "blue": gettext_lazy("biển xanh"),
    "white-red": gettext_lazy("biển trắng, chữ đỏ"),
    "yellow-red": gettext_lazy("biển vàng, chữ đỏ"),
    "red": gettext_lazy("biển đỏ"),
}
STATES: Final[dict[str, str | Promise]] = {
    "filed": gettext_lazy("Chờ chủ xe bấm"),
    "pressed": gettext_lazy("Đã bấm"),
    "sealed": gettext_lazy("Đã chốt thứ tự"),
    "drawn": gettext_lazy("Đã có số"),
    "void": gettext_lazy("Đã hủy"),
}
LOOKS: Final = {"filed": "todo", "pressed": "waiting", "sealed": "running", "drawn": "done", "void": "cancelled"}
"""State of a draw → how `ui.states` shows it."""

LEVELS: Final[dict[str, str | Promise]] = {
    "A": gettext_lazy("Mức A: ai cũng kiểm chứng được"),
    "B": gettext_lazy("Mức B: có người chứng kiến tại tỉnh"),
    "C": gettext_lazy("Mức C: chỉ máy chủ của Công an quyết định"),
}
MEANINGS: Final[dict[str, str | Promise]] = {
    "A": gettext_lazy(
        "Số do một giá trị ngẫu nhiên công khai trên thế giới quyết định. Khi thứ tự của bạn được chốt, chưa ai biết "
        "giá trị đó, và có bên ngoài Công an làm chứng."
    ),
    "B": gettext_lazy(
        "Số do các bên chứng kiến trong tỉnh cùng quyết định, sau khi thứ tự của bạn đã chốt. Không dùng nguồn ngẫu "
        "nhiên bên ngoài."
    ),
    "C": gettext_lazy(
        "Số do riêng máy chủ của Công an quyết định. Mức này chỉ dùng khi mất kết nối hoặc khi chạy thử; người ngoài "
        "không kiểm chứng được rằng không ai chọn trước."
    ),
}
LIMITS: Final[dict[str, str | Promise]] = {
    "A": gettext_lazy(
        "Không chống được việc mọi bên chứng kiến bên ngoài cùng thông đồng với Công an tỉnh, hay việc quá nửa các tổ "
        "chức giữ nguồn ngẫu nhiên cùng thông đồng."
    ),
    "B": gettext_lazy(
        "Không chống được việc tất cả các bên chứng kiến trong tỉnh cùng thông đồng với người giữ khóa của Công an."
    ),
    "C": gettext_lazy(
        "Không chống được người giữ khóa của máy chủ: người đó có thể thử trước nhiều giá trị rồi chọn. Hãy coi số này "
        "như số do máy tính của Công an đưa ra."
    ),
}


def english() -> bool:
    return (get_language() or "vi").startswith("en")


def pool_name(pool: Pool) -> str:
    """What a pool is called in the reader's language."""
    return pool.name_en if english() and pool.name_en else pool.name_vi


def plate_kind(pool: Pool | None, other: str, colour_code: str) -> str:
    """What a plate is, by what it goes on and its colour: "Ô tô, biển vàng"; a pool's name may tell another colour.

    `other`: what it goes on where there is no pool.
    """
    told = vehicle_kind(pool.kind if pool else other)
    return f"{told[:1].upper()}{told[1:]}, {colour(colour_code)}"


def vehicle_kind(code: str) -> str:
    """What a plate goes on, as the book of plates calls it; the code where the book has no such kind."""
    words = {str(kind): told for kind, told in book().words.kinds.items()}.get(code)
    return (words.en if english() else words.vi) if words else code


def colour(code: str) -> str:
    """A colour of plates in words; the code itself where it has none."""
    return str(COLOURS.get(code, code))


def state(code: str) -> str:
    """How a draw stands, in words."""
    return str(STATES[code])


def plate(number: str, kind: str = "") -> str:
    """A number as people write it: `36A-123.45`, of a motorcycle `36-AA 123.45`; what is no number stays as it is."""
    try:
        return format_plate(number, kind or "car")
    except PlateRuleError:
        found = split(number)
        return f"{found[0]}-{found[1] // 100:03d}.{found[1] % 100:02d}" if found else number


def hint(masked: str) -> str:
    """A masked number by its last letters, for its owner: `…0784`."""
    return f"…{masked.lstrip('*')}"


def level(code: str) -> str:
    """A level of assurance in a few words."""
    return str(LEVELS[code])


def local(moment: datetime) -> datetime:
    """An instant on the clocks of Viet Nam."""
    return moment.astimezone(VIETNAM)


EVENTS: Final[dict[str, str | Promise]] = {
    "pool.open": gettext_lazy("Mở kho"),
    "pool.add": gettext_lazy("Thêm số"),
    "pool.set-aside": gettext_lazy("Để riêng đấu giá"),
    "pool.return": gettext_lazy("Trả về kho"),
    "pool.hold": gettext_lazy("Giữ cho chủ cũ"),
    "pool.release": gettext_lazy("Hết hạn giữ, trả về kho"),
    "pool.issue": gettext_lazy("Cấp không qua bấm số"),
    "pool.recall": gettext_lazy("Rút khỏi kho"),
}


def event_word(type: str) -> str:
    """What happened to a pool, in a few words."""
    return str(EVENTS[type])


PROBLEMS: Final[dict[str, str | Promise]] = {
    "unreadable": gettext_lazy("Không phải biển số"),
    "series": gettext_lazy("Sê-ri không thuộc kho này"),
    "divided": gettext_lazy("Dấu chấm hoặc gạch không đứng ở chỗ này trên biển: xem có thiếu hay thừa chữ số"),
    "run": gettext_lazy("Dải số sai: hai đầu phải cùng sê-ri, số sau lớn hơn"),
    "hidden": gettext_lazy("Trang tính bị ẩn, hoặc sau trang thứ 50: không đọc"),
}


def problem_word(why: str) -> str:
    """Why a line of a list was not read."""
    return str(PROBLEMS[why])


ACTS: Final[dict[str, str | Promise]] = {
    "exchange": gettext_lazy("Đổi biển"),
    "reissue": gettext_lazy("Cấp lại biển"),
    "renew": gettext_lazy("Thu biển 3, 4 số để cấp số mới"),
    "keep": gettext_lazy("Thu hồi, giữ cho chủ xe"),
    "assign": gettext_lazy("Gắn lại biển cho xe của chủ xe"),
    "move": gettext_lazy("Chủ xe chuyển đến, nhận hồ sơ biển về"),
    "leave": gettext_lazy("Chủ xe chuyển đi tỉnh khác"),
    "enter": gettext_lazy("Nhận biển do tỉnh khác cấp"),
    "book": gettext_lazy("Ghi biển kiểu cũ vào sổ"),
    "won": gettext_lazy("Cấp biển trúng đấu giá"),
    "withdraw": gettext_lazy("Thu hồi hẳn"),
    "release": gettext_lazy("Hết hạn giữ, trở về kho"),
}
REASONS: Final[dict[str, str | Promise]] = {
    "worn": gettext_lazy("Biển mờ, gãy, hỏng"),
    "colour": gettext_lazy("Đổi màu biển"),
    "rebuilt": gettext_lazy("Xe cải tạo"),
    "lost": gettext_lazy("Mất biển"),
    "sold": gettext_lazy("Chuyển quyền sở hữu xe"),
    "deregistered": gettext_lazy("Xe hết niên hạn, hỏng hoặc thôi đăng ký"),
    "moved": gettext_lazy("Chủ xe đổi nơi cư trú hoặc trụ sở"),
    "returned": gettext_lazy("Chủ xe chuyển về từ tỉnh khác"),
    "other-province": gettext_lazy("Chủ xe chuyển nơi cư trú hoặc trụ sở sang tỉnh khác"),
    "from-province": gettext_lazy("Chủ xe mang biển từ tỉnh khác đến"),
    "auction": gettext_lazy("Trúng đấu giá"),
    "older": gettext_lazy("Biển cấp từ trước, kiểu nay không còn cấp"),
    "five-digits": gettext_lazy("Chủ xe đổi sang biển 5 số"),
    "registered": gettext_lazy("Chủ xe đăng ký xe khác"),
    "wrongly-given": gettext_lazy("Cấp sai quy định"),
    "decision": gettext_lazy("Theo quyết định của cơ quan có thẩm quyền"),
    "kept": gettext_lazy("Hết thời hạn giữ"),
    "withdrawn": pgettext_lazy("plate", "Đã thu hồi"),
}
ORIGINS: Final[dict[str, str | Promise]] = {
    "province": gettext_lazy("Do tỉnh khác cấp"),
    "auction": gettext_lazy("Trúng đấu giá"),
    "older": gettext_lazy("Biển kiểu cũ do tỉnh này cấp"),
}
"""Where a plate came from that was not drawn here."""

CERTIFICATES: Final = frozenset({"move", "enter"})
"""Acts at whose end the owner gets a certificate of registration, and keeps the plate."""

PLATE_STATES: Final[dict[str, tuple[str, str | Promise]]] = {
    "in-use": ("active", gettext_lazy("Đang gắn trên xe")),
    "kept": ("held", gettext_lazy("Đang giữ cho chủ xe")),
    "away": ("closed", gettext_lazy("Theo chủ xe sang tỉnh khác")),
    "withdrawn": ("closed", pgettext_lazy("plate", "Đã thu hồi")),
}
"""State of a plate → how `ui.states` shows it, and in which words."""


def act_word(act: str) -> str:
    """An act on a plate, in a few words."""
    return str(ACTS[act])


def reason_word(reason: str) -> str:
    """Why an act was asked for; the code itself where it has no words."""
    return str(REASONS.get(reason, reason))
