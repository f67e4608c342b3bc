"""Writing down how a deadline follows from the law: a tree of sentences, each with the place it rests on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hamrong.law.calendars import Calendar
from hamrong.law.citations import cite_all
from hamrong.law.clocks import VIETNAM, Note, Run, day_of, last_in
from hamrong.law.counting import Ends
from hamrong.law.library import Library
from hamrong.law.plans import one
from hamrong.law.reckoning import Reckoned
from hamrong.law.shape import Basis, Convention, Reading, Term, Text, Words

_DAY = timedelta(days=1)
FEW = 12
"""So many days off or working days are named one by one; longer rows are left to the calendar."""


class Step(NamedTuple):
    """One sentence of a derivation, the place in the law on which it rests, and the steps that lead to it."""

    vi: str
    en: str
    citation: Text
    steps: "tuple[Step, ...]" = ()

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the step in one language, its own steps only where it has some."""
        shown: dict[str, object] = {
            "text": self.en if lang == "en" else self.vi,
            "citation": self.citation.to(lang),
        }
        if self.steps:
            shown["steps"] = [step.as_dict(lang) for step in self.steps]
        return shown


def explained(
    library: Library, found: Reckoned, strict: datetime, legal: datetime, caution: Text | None
) -> tuple[Step, ...]:
    """Return the steps from the event to the dates `strict` and `legal`."""
    words, version = library.words, found.plan.version
    source = cite_all(library, version.basis)
    texts = [_started(words, found), _in_force(words, found), *found.branch.says]
    if version.then:
        texts.append(_then(words, library.conventions[version.then.count], version.then))
    steps = [_step(text, source) for text in texts]
    if found.clock:
        steps += [_noted(library, note, source) for note in found.clock.notes]
        steps += _readings(library, found, found.clock, source)
    if found.plan.rule.kind == "immediate":
        steps.append(_step(words.sentences.immediate, source))
    whole = found.dates.days is not None or not isinstance(found.start, datetime)
    steps.append(_step(_due(words, strict, legal, whole), source))
    if found.request_by:
        steps.append(_request(library, found, source))
    if caution:
        steps.append(_step(caution, source))
    return tuple(steps)


def warned(library: Library, clock: Run) -> tuple[Text, ...]:
    """Return what has to be checked by a person, in words."""
    return tuple([_filled(library.words, note) for note in clock.warnings])


def unsure_years(words: Words, years: Sequence[int]) -> Text:
    """Return that the days off of these years are not decided yet."""
    return fill(words.sentences.calendar_unsure, years=", ".join(map(str, years)))


def places(found: Reckoned) -> tuple[Basis, ...]:
    """Return every place of the leaf on which the dates rest, each once, in the order of the derivation."""
    basis = [*found.plan.version.basis]
    for note in found.clock.notes if found.clock else ():
        basis += note.basis
    return tuple(dict.fromkeys(basis))


def _step(text: Text, citation: Text, steps: Sequence[Step] = ()) -> Step:
    return Step(text.vi, text.en, citation, tuple(steps))


def fill(sentence: Text, **filled: object) -> Text:
    """Return the sentence with every value in each language: texts, days and moments as people write them."""
    return Text(
        vi=sentence.vi.format(**{name: _shown(value, "vi") for name, value in filled.items()}),
        en=one(sentence.en.format(**{name: _shown(value, "en") for name, value in filled.items()})),
    )


def _shown(value: object, lang: str) -> object:
    if isinstance(value, Text):
        return value.to(lang)
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM)
        clock = f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
        return f"{clock} {'on' if lang == 'en' else 'ngày'} {value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value


def _filled(words: Words, note: Note) -> Text:
    filled = dict(note.filled)
    if "unit" in filled:
        filled["unit"] = words.units[filled["unit"]]  # type: ignore[index]
    if "role" in filled:
        filled["role"] = words.roles[filled["role"]]  # type: ignore[index]
    return fill(getattr(words.sentences, note.sentence), **filled)


def _noted(library: Library, note: Note, source: Text) -> Step:
    return _step(_filled(library.words, note), cite_all(library, note.basis) if note.basis else source)


def _started(words: Words, found: Reckoned) -> Text:
    trigger = found.plan.rule.trigger
    name = Text(vi=trigger.vi, en=trigger.en)
    if found.clock and found.clock.alone:
        return fill(words.sentences.extension_alone, moment=found.start)
    if isinstance(found.start, datetime):
        return fill(words.sentences.started, trigger=name, moment=found.start)
    return fill(words.sentences.started_day, trigger=name, moment=found.start)


def _in_force(words: Words, found: Reckoned) -> Text:
    version = found.plan.version
    if version.end:
        return fill(words.sentences.version_closed, start=version.start, end=version.end)
    return fill(words.sentences.version_open, start=version.start)


def _then(words: Words, convention: Convention, term: Term) -> Text:
    return fill(words.sentences.term_then, n=term.n, unit=words.units[term.unit], count=convention.name)


def _readings(library: Library, found: Reckoned, clock: Run, source: Text) -> list[Step]:
    if not found.dates.days:
        return []
    convention = library.conventions[clock.terms[0].count]
    cited = cite_all(library, convention.basis) if convention.basis else source
    names = library.words.sentences
    steps = []
    for title, reading, ends in zip(
        (names.reading_strict, names.reading_legal),
        (convention.strict, convention.legal),
        zip(found.dates.first or found.dates.days, found.dates.days, strict=True),
        strict=True,
    ):
        steps.append(_step(fill(title, day=ends[1].end), cited, _counting(library, clock, reading, ends, cited)))
    if convention.strict == convention.legal and steps[0].steps == steps[1].steps:
        return [_step(fill(names.reading_one, day=found.dates.days[0].end), cited, steps[0].steps)]
    return steps


def _counting(library: Library, clock: Run, reading: Reading, ends: tuple[Ends, Ends], cited: Text) -> list[Step]:
    names, convention = library.words.sentences, library.conventions[clock.terms[0].count]
    start = day_of(clock.start)
    counted = names.first_day_counted if reading.first_day == "counted" else names.first_day_excluded
    steps = [] if convention.direction == "back" else [_step(fill(counted, start=start), cited)]
    if convention.days == "working":
        steps += _working(library, clock, start, ends[0].nominal, cited)
    months = any(term.unit == "month" for term in clock.terms) and not convention.month_days
    if months and not clock.pauses and start.day > ends[0].nominal.day and len(clock.terms) == 1:
        steps.append(_step(fill(names.month_end, day=start.day), cited))
    steps += _moved(library, clock.calendar, convention, ends[0])
    if ends[0] != ends[1] and clock.plan.version.then:
        after = cite_all(library, library.conventions[clock.plan.version.then.count].basis)
        steps += _working(library, clock, ends[0].end, ends[1].nominal, after)
    return steps


def _working(library: Library, clock: Run, start: date, end: date, cited: Text) -> list[Step]:
    """Name the working days after `start` up to `end`, or before it down to `end`, where they are few, and days off."""
    calendar, names = clock.calendar, library.words.sentences
    first, last = (start + _DAY, end) if end > start else (end, start - _DAY)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [day for day in days if calendar.is_working(day)]
    steps = []
    if len(worked) <= FEW:
        steps.append(_step(fill(names.working_days, days=_listed(worked)), cited))
    off = [day for day in days if day in calendar.off]
    for year in sorted({day.year for day in off}):
        text = fill(names.days_off, days=_listed([day for day in off if day.year == year]))
        steps.append(_step(text, cite_all(library, calendar.years[year].basis)))
    return steps


def _listed(days: Sequence[date]) -> Text:
    told = ", ".join(f"{day:%d/%m}" for day in days) or "–"
    return Text(vi=told, en=told)


def _moved(library: Library, calendar: Calendar, convention: Convention, ends: Ends) -> list[Step]:
    if ends.nominal == ends.end:
        return []
    words, names = library.words, library.words.sentences
    weekday = words.weekdays[ends.nominal.weekday()]
    why = calendar.off.get(ends.nominal, names.weekly_rest)
    sentence = names.moved_later if ends.end > ends.nominal else names.moved_earlier
    text = fill(sentence, weekday=weekday, nominal=ends.nominal, why=why, end=ends.end)
    year = calendar.years.get(ends.nominal.year)
    return [_step(text, cite_all(library, [*convention.basis, *(year.basis if year else ())]))]


def _due(words: Words, strict: datetime, legal: datetime, whole: bool) -> Text:
    names = words.sentences
    sentence = names.due if strict == legal else names.due_two
    if not whole:
        return fill(sentence, strict=strict, legal=legal)
    first, last = fill(names.day_end, day=last_in(strict)), fill(names.day, day=last_in(legal))
    return fill(sentence, strict=first, legal=last)


def _request(library: Library, found: Reckoned, source: Text) -> Step:
    clock = found.clock
    asked = clock.left[0].request if clock else None
    cited = cite_all(library, library.rules[asked].versions[-1].basis) if asked else source
    return _step(fill(library.words.sentences.request_by, day=found.request_by), cited)
