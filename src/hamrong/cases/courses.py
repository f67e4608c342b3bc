"""A course as one table that a lawyer can read: states, the steps between them, the clocks that each step touches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from hamrong.access.decisions import Allow
from hamrong.access.roles import Words as Called
from hamrong.kernel.vietnamese import lowered

Need = Literal["reason", "document"]
"""What whoever takes a step must tell: why in words, or the number and day of the decision that it rests on."""

What = Literal["start", "suspend", "resume", "extend", "stop", "lift"]
"""What is done to a clock. No row lifts: only a paper that was recalled does (`actions.footing`)."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a state, a step or a course is called."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Deed(Words):
    """What a step is called: as an order where it is offered or proposed, and as told where it was done."""

    done_vi: str = ""
    done_en: str = ""

    @property
    def whole(self) -> bool:
        return all((self.vi, self.en, self.done_vi, self.done_en))

    @property
    def done(self) -> Words:
        return Words(self.done_vi, self.done_en)


UNSAID: Final = Deed("", "")
"""Of what no row of a course offers: the pages that put it down have words of their own for it."""


@dataclass(frozen=True, slots=True)
class Touch:
    """What a step does to the clock of a rule of the law; `name` is the event or the extension as the leaf names it.

    `by` is what the leaf calls whoever decides it by this step (`settler`), where the leaf demands one. With `after`
    the clock is touched only where that act is on record with no `unless` since.
    """

    what: What
    rule: str
    name: str = ""
    by: str = ""
    after: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a course: who may bring a case from which state to which, under which article, with what in hand.

    With `approvers` the act takes two people: one of `roles` proposes, another person of these approves. `register`
    names the register (sổ) that gives the case its number at this step. An act may stand in several rows, one a source.
    `results` are what it may find of the matter (`Course.results`): whoever takes it says which.
    `after` names an act that has to be on record, with no `unless` since: what is changed is in force.
    `awaits` names a clock whose time has to have passed: a decision is in force when nobody may complain any more.
    `grounds` are those that the law names for it, (code, words); whoever takes it says which.
    """

    act: str
    words: Deed
    source: str
    target: str
    roles: tuple[str, ...]
    law: str
    needs: tuple[Need, ...] = ()
    touches: tuple[Touch, ...] = ()
    approvers: tuple[str, ...] = ()
    register: str = ""
    results: tuple[str, ...] = ()
    after: str = ""
    unless: str = ""
    awaits: str = ""
    grounds: tuple[tuple[str, Words], ...] = ()

    def ground(self, code: str) -> Words | None:
        """What a ground is called."""
        return dict(self.grounds).get(code)


@dataclass(frozen=True, slots=True)
class Lasting:
    """A decision that the end of a case does not end: in force while `act` is on record with no `unless` since.

    `words`: what is in force; `rules`: clocks of it that the end of the case does not stop. `acts`: what else can be
    done about it after that end, where a row says so: asked for anew, decided, changed.
    """

    act: str
    unless: str
    words: Words
    law: str
    rules: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one type of case while one version of the law applies: from `first`, until before `last`.

    A case begins in the state `begin`, which starts the clocks of `starts`; `ends` are the states that nothing leaves.
    `lasting`: decisions that an end does not end; steps may change and end them there. `wherever`: rows that are alike
    in many states, and end a case that should not have begun: nothing was owed in it; they may put another end in the
    place of one. `notes`: what to know in a state, or of an act.
    """

    code: str
    words: Words
    prefix: str
    first: date
    last: date | None
    purposes: tuple[str, ...]
    states: Mapping[str, Words]
    begin: str
    starts: tuple[Touch, ...]
    ends: frozenset[str]
    steps: tuple[Step, ...]
    results: Mapping[str, Words] = field(default_factory=dict)
    lasting: tuple[Lasting, ...] = ()
    notes: Mapping[str, Words] = field(default_factory=dict)
    wherever: tuple[Step, ...] = ()
    rows: Mapping[tuple[str, str], Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = {(step.act, step.source): step for step in self.every_step}
        object.__setattr__(self, "rows", MappingProxyType(rows))

    @property
    def key(self) -> str:
        """The course and its version as a case keeps them: `khieu-nai@2026-07-01`."""
        return f"{self.code}@{self.first}"

    @property
    def every_step(self) -> tuple[Step, ...]:
        """Every row, those that are alike in many states, too."""
        return (*self.steps, *self.wherever)

    @property
    def rules(self) -> frozenset[str]:
        """The rules of the law whose clocks a case of this course may have."""
        told = (*self.starts, *(touch for step in self.steps for touch in step.touches))
        return frozenset(touch.rule for touch in told if touch.what == "start")

    def step(self, act: str, source: str) -> Step | None:
        """The row for an act in a state."""
        return self.rows.get((act, source))

    def steps_from(self, source: str) -> tuple[Step, ...]:
        """What can be done in a state."""
        return tuple(step for step in self.every_step if step.source == source)


class Flawed(ValueError):
    """A course says something that cannot be; every flaw is named."""


_courses: dict[str, Course] = {}


def declare(courses: Iterable[Course]) -> None:
    """Make courses known; raises `Flawed` for what cannot be, and where two versions of one course overlap."""
    for course in courses:
        found = list(flaws(course))
        for other in _courses.values():
            if other.code == course.code and other != course and _overlap(course, other):
                found.append(f"overlaps {other.key}")
        if found:
            raise Flawed(f"{course.key}: {'; '.join(found)}")
        _courses[course.key] = course


def declared() -> tuple[Course, ...]:
    """Every course of every version."""
    return tuple(_courses.values())


def course(key: str) -> Course:
    """The course of a case, by the key that it keeps; KeyError for one that nobody declared."""
    return _courses[key]


def course_on(code: str, day: date) -> Course | None:
    """The version of a course that applies to what begins on a day."""
    found = (each for each in _courses.values() if each.code == code and each.first <= day)
    return next((each for each in found if each.last is None or day < each.last), None)


def courses_of(role: str) -> frozenset[str]:
    """The keys of the courses in which a role takes or approves a step: whoever holds it may see their cases."""
    return frozenset(
        each.key
        for each in _courses.values()
        if any(role in (*step.roles, *step.approvers) for step in each.every_step)
    )


def policy_of(courses: Iterable[Course]) -> tuple[Allow, ...]:
    """The rows of policy that courses imply: an act for its roles, `act.approve` for whoever approves it."""
    roles: dict[str, dict[str, None]] = {}
    told: dict[str, tuple[tuple[str, ...], str]] = {}
    for each in courses:
        for step in each.every_step:
            roles.setdefault(step.act, {}).update(dict.fromkeys(step.roles))
            told.setdefault(step.act, (each.purposes, step.law))
            if step.approvers:
                roles.setdefault(f"{step.act}.approve", {}).update(dict.fromkeys(step.approvers))
                told.setdefault(f"{step.act}.approve", (each.purposes, step.law))
    return tuple(Allow(act, tuple(roles[act]), *told[act]) for act in roles)


def words_of(courses: Iterable[Course]) -> dict[str, Called]:
    """What the acts that courses imply are called where people read of what was done (`access.roles.call`)."""
    found: dict[str, Called] = {}
    for each in courses:
        for act in dict.fromkeys(step.act for step in each.every_step):
            rows = [step for step in each.every_step if step.act == act]
            if any(step.approvers for step in rows):
                found[act] = _called(each, [Words(f"Đề xuất: {rows[0].words.vi}", f"Proposed: {rows[0].words.en}")])
                answer = Words(f"Duyệt hoặc không: {rows[0].words.vi}", f"Approved or refused: {rows[0].words.en}")
                found[f"{act}.approve"] = _called(each, [answer])
            else:
                found[act] = _called(each, [step.words.done for step in rows])
    return found


def _called(course: Course, told: Iterable[Words]) -> Called:
    vi, en = (" / ".join(dict.fromkeys(getattr(words, lang) for words in told)) for lang in ("vi", "en"))
    return Called(f"{vi} ({lowered(course.words.vi)})", f"{en} ({lowered(course.words.en)})")


def flaws(course: Course) -> Iterator[str]:
    """What is wrong with a course, in words."""
    yield from _flaws_of_states(course)
    yield from _flaws_of_clocks(course)
    yield from _flaws_of_words(course)
    lasting = {act for one in course.lasting for act in (one.unless, *one.acts)}
    for step in course.every_step:
        if step.source not in course.states or step.target not in course.states:
            yield f"{step.act} leads from or to a state that is not named"
        stays = step.target == step.source and step.act in lasting
        if step.source in course.ends and not stays and not (step in course.wherever and step.target in course.ends):
            yield f"{step.act} leads out of {step.source}, which is an end"
        if not course.results.keys() >= set(step.results):
            yield f"{step.act} finds a result that is not named"
        if not step.roles or not step.law:
            yield f"{step.act} has no role or no article"
        waits = {step.after, step.unless, *(each for touch in step.touches for each in (touch.after, touch.unless))}
        if waits - {"", *(each.act for each in course.every_step)}:
            yield f"{step.act} waits for an act that no step has"
    for (act, source), count in Counter((step.act, step.source) for step in course.every_step).items():
        if count > 1:
            yield f"{act} stands twice for {source}"


def _flaws_of_states(course: Course) -> Iterator[str]:
    if course.begin not in course.states or not course.ends <= course.states.keys():
        yield "begins or ends in a state that is not named"
        return
    forward, backward = {course.begin}, set(course.ends)
    for _ in course.states:
        forward |= {step.target for step in course.every_step if step.source in forward}
        backward |= {step.source for step in course.every_step if step.target in backward}
    for state in course.states:
        if state not in forward:
            yield f"{state} is never reached"
        if state not in backward:
            yield f"no way leads from {state} to an end"


def _flaws_of_words(course: Course) -> Iterator[str]:
    for step in course.every_step:
        if not step.words.whole:
            yield f"{step.act} is not told as an order and as done in both languages"


def _flaws_of_clocks(course: Course) -> Iterator[str]:
    steps = [("the beginning", course.starts), *((step.act, step.touches) for step in course.every_step)]
    started = {touch.rule for _, touches in steps for touch in touches if touch.what == "start"}
    for act, touches in steps:
        for touch in touches:
            if touch.what == "lift":
                yield f"{act} lifts what was done to {touch.rule}"
            if touch.rule not in started:
                yield f"{act} touches {touch.rule}, which no step starts"
    for step in course.every_step:
        if step.awaits and step.awaits not in started:
            yield f"{step.act} awaits {step.awaits}, which no step starts"


def _overlap(one: Course, other: Course) -> bool:
    return (one.last is None or other.first < one.last) and (other.last is None or one.first < other.last)
