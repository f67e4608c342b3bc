"""How a state looks: its word, its tone and its icon, so that colour alone never carries it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamrong.ui.parts import Tone


@dataclass(frozen=True, slots=True)
class State:
    label: str | Promise
    tone: Tone
    icon: str


STATES: Final[dict[str, State]] = {
    "reported": State(_("Đã thông báo"), "good", "circle-check"),
    "nil": State(_("Không có khách"), "plain", "circle-minus"),
    "going_on": State(_("Khách ở tiếp"), "good", "bed-double"),
    "late": State(_("Chậm"), "warn", "clock-alert"),
    "silent": State(_("Chưa thông báo"), "bad", "triangle-alert"),
    "excused": State(_("Được miễn đêm nay"), "info", "info"),
    "draft": State(_("Bản nháp"), "plain", "pencil"),
    "held": State(_("Đang giữ lại"), "warn", "circle-pause"),
    "sent": State(_("Đã gửi"), "good", "send"),
    "received": State(_("Đã tiếp nhận"), "good", "inbox"),
    "accepted": State(_("Đã nhận"), "good", "circle-check"),
    "warned": State(_("Đã nhận, có cảnh báo"), "warn", "triangle-alert"),
    "duplicate": State(_("Trùng, đã có biên nhận"), "info", "copy"),
    "rejected": State(_("Không nhận"), "bad", "circle-x"),
    "corrected": State(_("Đã sửa"), "info", "pencil"),
    "cancelled": State(_("Đã hủy"), "plain", "ban"),
    "departed": State(_("Đã đi"), "plain", "log-out"),
    "staying": State(_("Đang lưu trú"), "good", "bed-double"),
    "waiting": State(_("Đang chờ"), "info", "clock"),
    "running": State(_("Đang xử lý"), "info", "clock"),
    "signed": State(_("Đã ký"), "good", "shield-check"),
    "recalled": State(_("Đã thu hồi"), "bad", "ban"),
    "ready": State(_("Đủ người đồng ý"), "good", "circle-check"),
    "opened": State(_("Đã mở"), "warn", "eye"),
    "refused": State(_("Bị từ chối"), "bad", "circle-x"),
    "ended": State(_("Đã hết hạn"), "plain", "ban"),
    "failed": State(_("Không thành công"), "bad", "circle-x"),
    "done": State(_("Đã xong"), "good", "check"),
    "todo": State(_("Chưa làm"), "info", "circle-dashed"),
    "undone": State(_("Không được làm"), "bad", "circle-x"),
    "blocked": State(_("Chưa thể làm"), "plain", "lock"),
    "active": State(_("Đang hoạt động"), "good", "circle-check"),
    "suspended": State(_("Tạm ngừng"), "warn", "circle-pause"),
    "closed": State(_("Đã đóng"), "plain", "ban"),
    "due": State(_("Sắp đến hạn"), "warn", "clock"),
    "overdue": State(_("Quá hạn"), "bad", "clock-alert"),
}


def state(name: str) -> State:
    """The look of a state. KeyError for a name nobody has given a look: a page must not show a bare code."""
    return STATES[name]
