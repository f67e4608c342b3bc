"""Whatever happens to a clock of a case, in whatever order: its state, and its day by a count of our own."""

from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hamrong.cases.clocks import Happened, Reading, further_of, read
from hamrong.law import VIETNAM

RULE, TERM = "tc.settle", 30
"""Thirty days from acceptance, twice thirty more; days of suspension are not counted (Law 25/2018/QH14 art. 30, 34)."""


class AClock(RuleBasedStateMachine):
    """One clock from its start on; each rule is a day on which something is put on record, or days that pass."""

    @initialize(day=st.dates(date(2021, 1, 1), date(2025, 12, 31)))
    def starts(self, day: date) -> None:
        self.facts: list[Happened] = []
        self.first = self.today = day
        self.extended, self.still, self.paused, self.over = 0, 0, None, None
        self.put("start", "accepted")

    def put(self, what: str, name: str, role: str = "") -> None:
        at = datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=VIETNAM)
        self.facts.append(Happened(RULE, what, name, at, role, role, "01/QĐ"))  # type: ignore[arg-type]

    def reading(self, later: int = 0) -> Reading:
        (found,) = read(self.facts, datetime.combine(self.today + timedelta(later), datetime.max.time(), VIETNAM))
        return found

    @property
    def end(self) -> date:
        """The last day, by counting from the day after the start; days of suspension are not counted."""
        return self.first + timedelta(TERM * (1 + self.extended) + self.still)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days)

    @precondition(lambda self: not self.over and not self.paused and self.today < self.end)
    @rule()
    def is_suspended(self) -> None:
        self.paused = self.today
        self.put("suspend", "suspended")

    @precondition(lambda self: not self.over and self.paused and self.today > self.paused)
    @rule()
    def goes_on(self) -> None:
        self.put("resume", "resumed")
        counted = max(self.paused, self.first + timedelta(1))  # the day of the start cannot be lost twice
        self.still, self.paused = self.still + max(0, (self.today - counted).days), None

    @precondition(lambda self: not self.over and not self.paused and self.extended < 2)
    @rule()
    def is_extended(self) -> None:
        before = self.reading().deadline
        assert len(further_of(self.facts, RULE, self.facts[-1].at) or ()) == 2 - self.extended
        self.put("extend", ("complex", "specially_complex")[self.extended], "settler")
        self.extended += 1
        after = self.reading().deadline
        assert after.strict - before.strict == timedelta(TERM) and after.legal > before.legal

    @precondition(lambda self: not self.over and not self.paused)
    @rule()
    def is_done(self) -> None:
        self.put("stop", "")
        self.over = self.reading().deadline

    @invariant()
    def stands_as_counted(self) -> None:
        found = self.reading()
        assert found.state == ("stopped" if self.over else "paused" if self.paused else "running")
        assert found.deadline.strict <= found.deadline.legal
        if self.over:
            assert self.reading(400).deadline == self.over  # nothing that comes later moves what was done
        elif not self.paused:
            assert found.deadline.strict_day == self.end <= found.deadline.legal_day


AClock.TestCase.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
TestAClock = AClock.TestCase
