"""The tables of docs/plate-rules.md, row by row, from the rules themselves."""

from collections.abc import Iterator

from hamrong.kernel.documents.plates import Book, codes_of
from hamrong.kernel.documents.plates.issuing import issued_under
from hamrong.kernel.documents.plates.shape import Evidence, Form


def rows(book: Book) -> Iterator[str]:
    """Every row that the page must have."""
    for table in (_sources, _versions, _forms, _alphabets, _colours, _codes, _reserved, _army, _words, _notes):
        yield from (f"| {' | '.join(row)} |" for row in table(book))


def _sure(leaf: Evidence) -> tuple[str, str]:
    return leaf.certainty, ", ".join(leaf.sources)


def _sources(book: Book) -> Iterator[tuple[str, ...]]:
    yield from ((f"`{source.id}`", source.vi, source.en) for source in book.sources.values())


def _versions(book: Book) -> Iterator[tuple[str, ...]]:
    for name, version in book.versions.items():
        days = (f"{version.start or 'before'}", f"{version.end or 'in force'}")
        yield (f"`{name}`", version.title.vi, *days, " ".join(change.en for change in version.changes), *_sure(version))
    for related in book.law.related:
        yield related.instrument, related.title.vi, *_sure(related)


def _forms(book: Book) -> Iterator[tuple[str, ...]]:
    for form in book.forms.values():
        first, last = issued_under(form)
        days = f"{first or 'before'} – {last or 'now'}"
        widths = " or ".join(map(str, form.widths))
        yield f"`{form.id}`", form.title.vi, _series(form), widths, ", ".join(form.colours), days, *_sure(form)


def _series(form: Form) -> str:
    return "army symbol" if form.army else " + ".join((*((form.symbol,) if form.symbol else ()), *form.letters))


def _alphabets(book: Book) -> Iterator[tuple[str, ...]]:
    for name, alphabet in book.parts.alphabets.items():
        yield f"`{name}`", " ".join(alphabet.letters), alphabet.unsure, alphabet.disputed, *_sure(alphabet)


def _colours(book: Book) -> Iterator[tuple[str, ...]]:
    for name, hue in book.parts.colours.items():
        yield f"`{name}`", hue.title.vi, hue.holders.vi, f"{hue.since or 'before'}", *_sure(hue)


def _codes(book: Book) -> Iterator[tuple[str, ...]]:
    for name in sorted({place.now for place in book.places.values()}):
        codes = codes_of(name)
        before = [book.places[code].before for code in codes]
        told = [code if was == name else f"{code} ({was})" for code, was in zip(codes, before, strict=True)]
        yield name, ", ".join(told)


def _reserved(book: Book) -> Iterator[tuple[str, ...]]:
    for each in book.codes.reserved:
        yield ", ".join(each.codes), "yes" if each.read else "no", *_sure(each)
    for claim in book.codes.claims:
        yield f"`{claim.source}`", ", ".join(claim.codes)


def _army(book: Book) -> Iterator[tuple[str, ...]]:
    for unit in book.units.values():
        if unit.vi:
            yield unit.symbol, unit.vi, unit.en, unit.certainty
    for certainty in ("secondary", "unconfirmed"):
        unnamed = [unit.symbol for unit in book.units.values() if not unit.vi and unit.certainty == certainty]
        yield " ".join(unnamed), certainty


def _words(book: Book) -> Iterator[tuple[str, ...]]:
    for texts in (book.words.reasons, book.words.obstacles):
        yield from ((f"`{name}`", text.vi, text.en) for name, text in texts.items())


def _notes(book: Book) -> Iterator[tuple[str, ...]]:
    parts = book.parts
    common = {**parts.remarks, "apart": parts.apart, "written_d": parts.written_d, "displaced": parts.displaced}
    yield from ((f"`{name}`", text.vi, text.en) for name, text in common.items())
    leaves: dict[str, Evidence] = {
        **book.forms,
        **parts.colours,
        **{f"{n} digits": o for n, o in parts.old_numbers.items()},
    }
    leaves |= {", ".join(each.codes): each for each in book.codes.reserved}
    leaves |= {**book.versions, **{each.instrument: each for each in book.law.related}}
    for name, leaf in leaves.items():
        yield from ((f"`{name}`", text.vi, text.en) for text in leaf.notes)
    for name, alphabet in parts.alphabets.items():
        if alphabet.about:
            yield f"`{name}`", alphabet.about.vi, alphabet.about.en
    for place in book.places.values():
        if place.note_vi:
            yield f"`{place.code}`", place.note_vi, place.note_en
