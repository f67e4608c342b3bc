"""Who may see cases and move them between units; who may take their steps stands in the courses."""

from typing import Final

from hamrong.access.decisions import Allow

OFFICERS: Final = ("ward-duty", "petition-officer", "ward-chief", "province-leader")
"""Posts that courses name; a system with courses for other posts adds them here. Of a course that does not name
their post they see nothing."""

LEADERS: Final = ("ward-chief", "province-leader")
WORK: Final = ("casework",)

POLICY: Final = (
    Allow("case.list", OFFICERS, WORK),
    Allow("case.read", OFFICERS, WORK),
    Allow("case.export", OFFICERS, WORK),
    Allow("case.seen", OFFICERS, WORK),
    Allow("case.calendar", OFFICERS, WORK),
    Allow("case.withdraw", OFFICERS, WORK),
    # between units, and between cases
    Allow("case.offer", OFFICERS, WORK, "42/2013/QH13 Đ26"),
    Allow("case.receive", LEADERS, WORK, "42/2013/QH13 Đ26"),
    Allow("case.join", LEADERS, WORK),
    Allow("case.part", LEADERS, WORK),
    Allow("case.split", LEADERS, WORK),
    Allow("case.reorganise", ("province-leader",), WORK),
    Allow("case.reckon", ("province-leader",), WORK),
)
