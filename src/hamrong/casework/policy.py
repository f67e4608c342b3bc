"""Who may see cases and move them between units; who may take their steps stands in the courses."""

from typing import Final

from hamrong.access.decisions import Allow

OFFICERS: Final = ("ward-duty", "petition-officer", "ward-chief", "province-leader")
"""Posts that courses name; a system with courses for other posts adds them here. Of a course that does not name
their post they see nothing."""

LEADERS: Final = ("ward-chief", "province-leader")
DUTY: Final = ("ward-duty", "ward-chief")
"""Who is on duty at night and sees only the cases of their own commune; the province's posts see every unit's."""

EMERGENCY: Final = "13/2023/NĐ-CP Đ17"
WORK: Final = ("casework",)

POLICY: Final = (
    Allow("case.list", OFFICERS, WORK),
    Allow("case.read", OFFICERS, WORK),
    Allow("case.export", OFFICERS, WORK),
    Allow("case.seen", OFFICERS, WORK),
    Allow("case.calendar", OFFICERS, WORK),
    Allow("case.withdraw", OFFICERS, WORK),
    Allow("case.footing", OFFICERS, WORK, "30/2020/NĐ-CP Đ18"),
    Allow("case.review", OFFICERS, WORK),
    # between units, and between cases
    Allow("case.offer", OFFICERS, WORK, "42/2013/QH13 Đ26"),
    Allow("case.receive", LEADERS, WORK, "42/2013/QH13 Đ26"),
    Allow("case.join", LEADERS, WORK),
    Allow("case.part", LEADERS, WORK),
    Allow("case.split", LEADERS, WORK),
    # in an emergency: who opens the case of another unit, and who judges it afterwards
    Allow("emergency.list", (*DUTY, "province-leader", "inspector"), ("inspection",), EMERGENCY),
    Allow("emergency.open", DUTY, ("emergency",), EMERGENCY),
    Allow("emergency.read", (*DUTY, "emergency-reader"), ("emergency",), EMERGENCY),
    Allow("emergency.review", (*LEADERS, "inspector"), ("inspection",), EMERGENCY),
    Allow("case.backdated", (*LEADERS, "inspector"), ("inspection",)),
    Allow("case.reorganise", ("province-leader",), WORK),
    Allow("case.reckon", ("province-leader",), WORK),
    # the night
    Allow("case.confirm", ("keeper",), WORK),
)
