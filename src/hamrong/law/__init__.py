"""The law as data (`data/**.yaml`, one rule a leaf) and the one function that turns it into a deadline."""

from hamrong.law.calendars import Year, calendars
from hamrong.law.citations import citation
from hamrong.law.deadlines import VIETNAM, Deadline, Step, deadline, rule, rules
from hamrong.law.retention import Retention, retention, retentions
from hamrong.law.shape import LawError, Rule, Text

__all__ = [
    "VIETNAM",
    "Deadline",
    "LawError",
    "Retention",
    "Rule",
    "Step",
    "Text",
    "Year",
    "calendars",
    "citation",
    "deadline",
    "retention",
    "retentions",
    "rule",
    "rules",
]
