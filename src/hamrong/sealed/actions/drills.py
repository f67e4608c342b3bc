"""The yearly drill of the trustees' cards, put on record: that it was held, and whether the canary opened."""

from datetime import date, datetime
from typing import Final

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.sealed.models import Drill, Key

NOT_TRUSTED: Final = Refusal(
    "state", "Khóa này không phải khóa của người được ủy thác đang dùng. Dùng đúng tệp, hoặc ghi nhận khóa trước.",
    "This is not the trustees' key in use. Take the right file, or put it on record first (hamrong seal trust).",
)  # fmt: skip
NO_DAY: Final = Refusal(
    "invalid", "Ngày diễn tập từ ngày ghi nhận khóa đến hôm nay.",
    "A drill is held between the day on which the key was put on record and today.",
)  # fmt: skip


def hold(*, by: Grant, public: bytes, held_on: date, opened: bool, at: datetime) -> Drill | Refusal:
    """Record a drill with the cards of a public key; one that failed is told, too, and does not count as held."""
    with acting(by):
        key = Key.objects.filter(person=None, ended_on__isnull=True).first()
        if key is None or bytes(key.public) != public:
            return NOT_TRUSTED
        if not key.made_on <= held_on <= timezone.localdate(at):
            return NO_DAY
        drill = Drill.objects.create(key=key, held_on=held_on, opened=opened)
        enter(by, subject=f"sealed-drill:{drill.pk}", at=at, held_on=held_on.isoformat(), opened=opened)
        return drill
