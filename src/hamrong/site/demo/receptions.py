"""Invented receptions of the demo: the schedules of its units, and a book with a delegation in it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions import receptions as acts
from hamrong.petitions.actions.receptions import Held, Planned
from hamrong.petitions.queries import visible
from hamrong.petitions.rules import Kind
from hamrong.petitions.schedule import Rhythm
from hamrong.petitions.told import Sender, Visit
from hamrong.site.demo.cast import Cast
from hamrong.site.demo.names import vietnamese
from hamrong.site.demo.stage import Stage, done

SEED: Final = 42


class Scene(NamedTuple):
    """A reception: how many days ago, who received, for what, how many came and spoke, what was told and answered."""

    ago: int
    who: str
    kind: Kind
    people: int
    speaking: int
    subject: str
    text: str
    end: str
    answer: str = ""


SCENES: Final = (
    Scene(41, "head", "reflection", 12, 3, "Xe tải chạy đêm qua khu dân cư",
          "Bà con tổ dân phố phản ánh xe tải chạy quá tốc độ sau 22 giờ, gây ồn và nguy hiểm cho trẻ nhỏ.", "answered",
          "Đã giao tổ tuần tra kiểm soát từ 22 giờ đến 2 giờ trong một tháng và báo kết quả cho tổ dân phố."),
    Scene(26, "duty", "complaint", 1, 1, "Không trả lại giấy phép lái xe",
          "Đã nộp phạt từ tháng trước mà chưa được trả giấy phép lái xe.", "taken"),
    Scene(18, "duty", "reflection", 2, 2, "Tranh chấp lối đi chung",
          "Hai nhà liền kề tranh chấp lối đi chung, đề nghị công an phân xử.", "guided",
          "Tranh chấp đất đai thuộc Ủy ban nhân dân phường hòa giải; đã hướng dẫn nơi nộp đơn."),
    Scene(11, "head", "denunciation", 1, 1, "", "", "later"),
    Scene(5, "duty", "reflection", 1, 1, "Đề nghị lắp gương cầu ở ngã ba",
          "Ngã ba khuất tầm nhìn, đã có hai vụ va chạm trong quý.", "later"),
)  # fmt: skip


def make(now: datetime, units: Sequence[str]) -> None:
    """Plan the hours of the units and of the province, and fill the book of the first unit; once."""
    stage = Stage(Cast(now))
    for unit in (settings.HAMRONG_PROVINCE, *units):
        _plan(stage, unit, now)
    by = stage.may("reception.register", "officer", units[0])
    with acting(by):
        if visible.receptions(by).exists():
            return
    chance = Random(SEED)
    for scene in SCENES:
        _hold(stage, units[0], scene, chance, now)


def _plan(stage: Stage, unit: str, now: datetime) -> None:
    by, today = stage.may("reception.plan", "leader", unit), timezone.localdate(now)
    with acting(by):
        if visible.hours(by).filter(unit=unit).exists():
            return
    place, since = "Phòng tiếp công dân, trụ sở đơn vị", today - timedelta(days=180)
    weekly = (1, 2, 3, 4, 5) if unit == settings.HAMRONG_PROVINCE else (2, 4)
    for weekday in weekly:
        rhythm = Rhythm(since, weekday=weekday)
        done(acts.plan(by=by, planned=Planned(unit, "duty", place, time(7, 30), time(11), rhythm), at=now))
    monthly = Rhythm(since, monthday=15)
    done(acts.plan(by=by, planned=Planned(unit, "head", place, time(8), time(11), monthly), at=now))


def _hold(stage: Stage, unit: str, scene: Scene, chance: Random, now: datetime) -> None:
    came = [vietnamese(chance) for _ in range(scene.speaking)]
    visit = Visit(scene.subject, scene.text, scene.answer, tuple(Sender(one.full_name, one.number) for one in came))
    held = Held(
        UUID(int=chance.getrandbits(128)), unit, timezone.localdate(now) - timedelta(days=scene.ago),
        "Phòng tiếp công dân", scene.who, "Cán bộ tiếp công dân", scene.kind, visit, people=scene.people,
        end="later" if scene.end == "taken" else scene.end,
    )  # fmt: skip
    row = done(acts.register_reception(by=stage.may("reception.register", "officer", unit), held=held, at=now))
    if scene.end == "taken":
        taking = stage.may("petition.hand-in", "officer", unit)
        done(acts.take_petition(by=taking, reception=row, code=new_code(), at=now))
