"""What the files of rules say that does not fit together."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, pairwise
from typing import get_args

from hamrong.kernel.documents.plates.shape import Book, Certainty, Colour, Evidence, Form, Kind

Fault = tuple[str, str]
REASONS = (
    *("empty", "character", "start", "code.reserved", "code.unknown", "series.letter", "army.symbol", "number.digit"),
    *("number.zero", "too_short", "too_long", "not_of_kind", "not_of_colour", "not_yet"),
)
OBSTACLES = ("form.ended", "form.army", "number.old", "code.unsure", "series.unsure")
SENTENCES = (
    *("read_as", "colours", "place_same", "place_moved", "place_nobody", "unit", "unit_unknown", "country", "series"),
    *("issued_between", "issued_since", "issued_until", "issued", "certainty"),
)


def faults(book: Book) -> Iterator[Fault]:
    """(file, what is wrong in it) of everything that names what is not there, or contradicts another place."""
    yield from _in_versions(book)
    yield from chain.from_iterable(_in_form(book, form) for form in book.parts.forms)
    yield from _in_parts(book)
    yield from _in_codes(book)
    yield from _in_words(book)
    yield from _in_sources(book)


def _in_versions(book: Book) -> Iterator[Fault]:
    versions = list(book.versions.items())
    for (name, version), (after, following) in pairwise(versions):
        if version.end is None or following.start is None or (following.start - version.end).days != 1:
            yield "versions.yaml", f"{after} does not begin on the day after {name} ended"
    if versions[0][1].start is not None or versions[-1][1].end is not None:
        yield "versions.yaml", "the first version has a beginning, or the last one an end"


def _in_form(book: Book, form: Form) -> Iterator[Fault]:
    parts = book.parts
    named: tuple[tuple[str, Collection[str], Collection[str]], ...] = (
        ("alphabets", form.letters, parts.alphabets),
        ("faces", (form.face,), parts.faces),
        ("remarks", form.remarks, parts.remarks),
        ("versions", form.under, book.versions),
        ("forms", form.instead_of, book.forms),
        ("old numbers", [str(width) for width in form.widths[1:]], parts.old_numbers),
    )
    for what, names, known in named:
        if unknown := sorted(set(names) - set(known)):
            yield "forms.yaml", f"{form.id}: unknown {what} {unknown}"
    if form.army == bool(form.symbol or form.letters):
        yield "forms.yaml", f"{form.id}: a series is a symbol and letters, or a symbol of the army"
    if any(sorted(order) != sorted(form.orders[0]) or order[-1] != "number" for order in form.orders):
        yield "forms.yaml", f"{form.id}: every order has the same parts, the number last"


def _in_parts(book: Book) -> Iterator[Fault]:
    for form, times in Counter(form.id for form in book.parts.forms).items():
        if times > 1:
            yield "forms.yaml", f"the form {form} stands {times} times"
    for name, alphabet in book.parts.alphabets.items():
        if (alphabet.unsure or alphabet.disputed) and not alphabet.about:
            yield "forms.yaml", f"the alphabet {name} has characters that are not sure, and nothing about them"
        if set(alphabet.unsure) & set(alphabet.letters) or set(alphabet.disputed) - set(alphabet.letters):
            yield "forms.yaml", f"the alphabet {name} issues what is unsure, or does not issue what is disputed"
    if missing := sorted(set(get_args(Colour)) - set(book.parts.colours)):
        yield "forms.yaml", f"nothing is said of the colours {missing}"


def _in_codes(book: Book) -> Iterator[Fault]:
    reserved = [code for each in book.codes.reserved for code in each.codes]
    if twice := [code for code, times in Counter((*reserved, *book.places)).items() if times > 1]:
        yield "codes.yaml", f"{twice} are reserved twice, or belong to somebody all the same"
    turns = Counter((place.now, place.turn) for place in book.places.values())
    for place in book.places.values():
        if turns[place.now, place.turn] > 1 or (place.turn > 1 and not turns[place.now, place.turn - 1]):
            yield "provinces.csv", f"{place.code}: the turns of {place.now} are not 1, 2, 3 …"


def _in_words(book: Book) -> Iterator[Fault]:
    words = book.words
    told: tuple[tuple[str, Collection[str], Collection[str]], ...] = (
        ("kinds", words.kinds, get_args(Kind)),
        ("certainties", words.certainties, get_args(Certainty)),
        ("reasons", words.reasons, REASONS),
        ("obstacles", words.obstacles, OBSTACLES),
        ("sentences", words.sentences, SENTENCES),
    )
    for name, texts, needed in told:
        if different := sorted(set(needed) ^ set(texts)):
            yield "words.yaml", f"{name}: missing or not used: {different}"


def _in_sources(book: Book) -> Iterator[Fault]:
    parts, codes = book.parts, book.codes
    leaves: tuple[tuple[str, Iterable[Evidence]], ...] = (
        ("versions.yaml", (*book.versions.values(), *book.law.related)),
        ("forms.yaml", (*parts.forms, *parts.alphabets.values(), *parts.colours.values(), *parts.old_numbers.values())),
        ("codes.yaml", (codes, *codes.reserved)),
    )
    cited = [(file, name) for file, each in leaves for leaf in each for name in leaf.sources]
    for file, name in (*cited, *(("codes.yaml", claim.source) for claim in codes.claims)):
        if name not in book.sources:
            yield file, f"unknown source {name}"
