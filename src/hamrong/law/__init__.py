"""The law as data (`data/**.yaml`, one rule a leaf) and the one function that turns it into a deadline."""

from hamrong.law.calendars import Calendar, Year, calendar, calendars
from hamrong.law.citations import citation
from hamrong.law.clocks import VIETNAM, Event
from hamrong.law.deadlines import (
    Deadline,
    basis,
    citizens_time,
    deadline,
    further,
    is_doubted,
    of_liberty,
    rule,
    rules,
    wordings,
)
from hamrong.law.explaining import Step
from hamrong.law.retention import Retention, retention, retentions
from hamrong.law.shape import LawError, Rule, Text

__all__ = [
    "VIETNAM",
    "Calendar",
    "Deadline",
    "Event",
    "LawError",
    "Retention",
    "Rule",
    "Step",
    "Text",
    "Year",
    "basis",
    "calendar",
    "calendars",
    "citation",
    "citizens_time",
    "deadline",
    "further",
    "is_doubted",
    "of_liberty",
    "retention",
    "retentions",
    "rule",
    "rules",
    "wordings",
]
