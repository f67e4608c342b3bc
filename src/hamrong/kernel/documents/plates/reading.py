"""Reads number plates: all that a text can mean, never the kind of vehicle by guess."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import get_args

from msgspec import Struct

from hamrong.kernel.documents.model import Position, Unreadable
from hamrong.kernel.documents.plates.book import book
from hamrong.kernel.documents.plates.glyphs import Glyph, glyphs, position
from hamrong.kernel.documents.plates.patterns import Fit, fits, misfit
from hamrong.kernel.documents.plates.shape import (
    CERTAINTIES,
    Alphabet,
    Certainty,
    Colour,
    Evidence,
    Form,
    Grouping,
    Kind,
    OldNumbers,
    PlateRuleError,
    Reserved,
    Source,
    Text,
)
from hamrong.kernel.documents.plates.wording import fill

_DIGITS = "0123456789"


class Province(Struct, frozen=True):
    """Whose a code was until 2025-06-30 and whose it is now; both None where the sources do not agree on anybody."""

    code: str
    before: str | None
    now: str | None


class Reading(Struct, frozen=True):
    """One thing that a plate can be.

    `series` is the code with the letters (`36A`; the army has letters only), `letters` the series proper, `number` the
    digits as they stand; `canonical` is `36A12345`, `display` `36A-123.45`, `lines` what a plate of two lines has above
    and below. `since`, `until`: the days between which
    this form was issued (None: since before our records; still issued). `certainty` is that of the least certain
    thing in the reading, `sources` are those of all of them.
    """

    form: str
    title: Text
    kind: Kind
    colours: tuple[Colour, ...]
    province: Province | None
    country: str | None
    letters: str
    series: str
    number: str
    canonical: str
    display: str
    lines: tuple[str, str]
    since: date | None
    until: date | None
    certainty: Certainty
    sources: tuple[Source, ...]
    notes: tuple[Text, ...]


def parse(
    text: str, *, on: date | None = None, kind: str | None = None, colour: str | None = None
) -> tuple[Reading, ...] | Unreadable:
    """Read a plate as people write it, of one or two lines: every reading, the surest first, or why there is none.

    `on` leaves out forms that did not exist yet on that day, `kind` and `colour` those of another kind or colour.
    Never raises on any text; raises PlateRuleError for a kind or colour that the rules do not know. The position of
    an error is a line and a column of `text` as given, both from 1.
    """
    check_words(kind, colour)
    found = glyphs(text)
    if not found:
        return Unreadable("empty", Position(1, 1))
    chars = [glyph.char for glyph in found]
    fault = _fault(chars)
    if fault:
        index, reason = fault
        return Unreadable(reason, position(text, found[index].at if index < len(found) else found[-1].at + 1))
    issued = [
        fit._replace(displaced=_displaced(fit, found))
        for fit in fits(chars)
        if int(fit.parts["number"]) >= fit.pattern.form.least
    ]
    return _readings(issued, position(text, found[0].at), on, kind, colour)


def _displaced(fit: Fit, found: list[Glyph]) -> bool:
    """Whether a dot or dash divides the number elsewhere than plates do: a digit may be missing, or one too many."""
    first = len(found) - fit.pattern.width
    return any(each.marked for index, each in enumerate(found) if first < index != len(found) - 2)


def _fault(chars: list[str]) -> tuple[int, str] | None:
    """Where reading ends and why, if it does; the index of the end where something is missing."""
    if reason := _code_fault("".join(chars[:2])):
        return 0, reason
    fitting = fits(chars)
    if not fitting:
        return misfit(chars)
    # Only a temporary plate, whose letters come first, can still have a code that nobody has.
    if reason := _code_fault(fitting[0].parts.get("code", "")):
        return len(fitting[0].parts["letters"]), reason
    if any(int(fit.parts["number"]) >= fit.pattern.form.least for fit in fitting):
        return None
    return len(chars) - fitting[0].pattern.width, "number.zero"


def check_words(kind: str | None, colour: str | None) -> None:
    """Raise PlateRuleError for a kind or a colour that the rules do not know; None stands for any."""
    for word, known in ((kind, get_args(Kind)), (colour, get_args(Colour))):
        if word is not None and word not in known:
            raise PlateRuleError(f"{word!r} is none of {', '.join(known)}")


def _code_fault(code: str) -> str | None:
    """Why no plate has such a code; None where some has, or where it is no code."""
    kept = reserved(code)
    if kept and not kept.read:
        return "code.reserved"
    known = kept or code in book().places
    return None if known or len(code) < 2 or any(char not in _DIGITS for char in code) else "code.unknown"


def reserved(code: str) -> Reserved | None:
    """What is said of a reserved code."""
    return next((each for each in book().codes.reserved if code in each.codes), None)


def _readings(
    fitting: list[Fit], start: Position, on: date | None, kind: str | None, colour: str | None
) -> tuple[Reading, ...] | Unreadable:
    filters: tuple[tuple[str, Callable[[Fit], bool]], ...] = (
        ("not_of_kind", lambda fit: kind is None or fit.pattern.form.kind == kind),
        ("not_of_colour", lambda fit: colour is None or colour in fit.pattern.form.colours),
        ("not_yet", lambda fit: bool(_colours(fit, on, colour)) and not (on and (issue(fit)[0] or on) > on)),
    )
    for reason, passes in filters:
        fitting = [fit for fit in fitting if passes(fit)]
        if not fitting:
            return Unreadable(reason, start)
    better = {form for fit in fitting for form in fit.pattern.form.instead_of}
    told = [_reading(fit, _colours(fit, on, colour)) for fit in fitting if fit.pattern.form.id not in better]
    return tuple(sorted(told, key=lambda reading: CERTAINTIES.index(reading.certainty)))


def _colours(fit: Fit, on: date | None, colour: str | None) -> tuple[Colour, ...]:
    hues = book().parts.colours
    return tuple(
        each
        for each in fit.pattern.form.colours
        if colour in (None, each) and not (on and (hues[each].since or on) > on)
    )


def issue(fit: Fit) -> tuple[date | None, date | None]:
    """First and last day on which such a plate was issued (None: before our records; still issued)."""
    first, last = issued_under(fit.pattern.form)
    old = old_number(fit)
    return (None, min(old.until, last or old.until)) if old else (first, last)


def issued_under(form: Form) -> tuple[date | None, date | None]:
    """First and last day of the versions that let a form be issued (None: before our records; still in force)."""
    versions = [version for name, version in book().versions.items() if name in form.under]
    return versions[0].start, versions[-1].end


def old_number(fit: Fit) -> OldNumbers | None:
    """What is said of a number with fewer digits than its form has now."""
    pattern = fit.pattern
    return None if pattern.width == pattern.form.widths[0] else book().parts.old_numbers[str(pattern.width)]


def _reading(fit: Fit, colours: tuple[Colour, ...]) -> Reading:
    rules, form = book(), fit.pattern.form
    evidence = list(_evidence(fit))
    since, until = issue(fit)
    code = fit.parts.get("code")
    place = rules.places.get(code) if code else None
    above, joint, below = _face(fit)
    return Reading(
        form=form.id,
        title=form.title,
        kind=form.kind,
        colours=colours,
        province=_province(code) if code else None,
        country=fit.parts.get("country"),
        letters=fit.parts["letters"],
        series=fit.series,
        number=fit.parts["number"],
        canonical=fit.canonical,
        display=above + joint + below,
        lines=(above, below),
        since=since,
        until=until,
        certainty=_least([*(each for each, _ in evidence), *((place.certainty,) if place else ())]),
        sources=rules.cited(name for _certainty, names in evidence for name in names),
        notes=tuple(dict.fromkeys(_notes(fit))),
    )


def _province(code: str) -> Province:
    place = book().places.get(code)
    return Province(code, place.before, place.now) if place else Province(code, None, None)


def _least(certainties: Iterable[Certainty]) -> Certainty:
    return max(certainties, key=CERTAINTIES.index)


def _evidence(fit: Fit) -> Iterator[tuple[Certainty, tuple[str, ...]]]:
    rules, form = book(), fit.pattern.form
    leaves: list[Evidence | None] = [form, *rules.alphabets(form), old_number(fit)]
    if code := fit.parts.get("code"):
        leaves.append(reserved(code) or rules.codes)
    yield from ((leaf.certainty, leaf.sources) for leaf in leaves if leaf)
    if unit := rules.units.get(fit.pattern.symbol) if form.army else None:
        yield unit.certainty, ()
    if fit.unsure or (form.apart and is_symbol(fit.parts["letters"])):
        yield "unconfirmed", ()


def is_symbol(letters: str) -> bool:
    """Whether a series is the symbol of some form, or what cameras without Đ make of one (MD of MĐ)."""
    return any(letters in (form.symbol, form.symbol.replace("Đ", "D")) for form in book().forms.values() if form.symbol)


def _notes(fit: Fit) -> Iterator[Text]:
    rules, form = book(), fit.pattern.form
    if fit.displaced:
        yield fill(rules.parts.displaced, display="".join(_face(fit)))
    yield from form.notes
    yield from (rules.parts.remarks[name] for name in form.remarks)
    yield from unsure_notes(form, fit.parts["letters"])
    yield from _about(form, fit.parts["letters"], lambda alphabet: alphabet.disputed)
    if fit.written_d:
        yield rules.parts.written_d
    if old := old_number(fit):
        yield from old.notes
    code = fit.parts.get("code", "")
    if kept := reserved(code):
        yield from kept.notes
    place = rules.places.get(code)
    if place and place.note_vi:
        yield Text(place.note_vi, place.note_en)


def unsure_notes(form: Form, letters: str) -> Iterator[Text]:
    """Why it is not sure that a series of a form may be issued; nothing where it is."""
    yield from _about(form, letters, lambda alphabet: alphabet.unsure)
    if form.apart and is_symbol(letters):
        yield book().parts.apart


def _about(form: Form, letters: str, which: Callable[[Alphabet], str]) -> Iterator[Text]:
    """What is said of the characters of a series that are among those of which the sources disagree."""
    for letter, alphabet in zip(letters[len(form.symbol) :], book().alphabets(form), strict=False):
        if letter in which(alphabet) and alphabet.about:
            yield alphabet.about


def _face(fit: Fit) -> tuple[str, str, str]:
    """What stands above, between and below, as people write it."""
    face = book().parts.faces[fit.pattern.form.face]
    told: dict[str, str] = {part: value for part, value in fit.parts.items()}
    told["number"] = _grouped(told["number"], face.grouping)
    return face.above.format_map(told), face.joint, face.below.format_map(told)


def _grouped(number: str, grouping: Grouping) -> str:
    """`dot`: 123.45, as plates of five digits have it; `pairs`: 12-34, as the army's of four have."""
    if grouping == "dot" and len(number) == 5:
        return f"{number[:3]}.{number[3:]}"
    if grouping == "pairs" and len(number) == 4:
        return f"{number[:2]}-{number[2:]}"
    return number
