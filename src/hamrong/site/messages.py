"""The words people see: found in every room's Python and templates, kept in its `locale/en`, compiled and checked.

Vietnamese is the source language, so a message's id is what a Vietnamese reader sees; only English has catalogues.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).parent.parent
CATALOGUE: Final = Path("locale/en/LC_MESSAGES/django.po")
KEYWORDS: Final[Mapping[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER: Final = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A message without a usable English text: the room, its id, and what is wrong."""

    room: str
    message: str
    problem: str


def rooms(root: Path = ROOT) -> list[Path]:
    """The folders of all rooms, in alphabetical order."""
    return sorted(folder for folder in root.iterdir() if (folder / "__init__.py").is_file())


def found(room: Path) -> Catalog:
    """Every message of a room's Python files and templates, each with the files it stands in."""
    catalogue = Catalog(locale="en")
    for file in sorted([*room.rglob("*.py"), *room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]):
        if "migrations" in file.parts:
            continue
        for function, words in _messages(file):
            _add(catalogue, KEYWORDS[function], words, file.relative_to(room).as_posix())
    return catalogue


def _messages(file: Path) -> Iterator[tuple[str, object]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Django blanks what is not a message and keeps the lines' indents, which Python's tokenizer would refuse.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    # Babel declares the answer of `extract` here; what it gives is (line, function, words, comments).
    calls: Any = extract_python(BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, words, _comments in calls:
        yield function, words


def _add(catalogue: Catalog, places: tuple[int | tuple[int, str], ...] | None, words: object, file: str) -> None:
    """Add one call. `places` says which argument is the context, the singular and the plural."""
    given = words if isinstance(words, tuple | list) else (words,)
    context, ids = None, []
    for place in places or (1,):
        number = place[0] if isinstance(place, tuple) else place
        text = given[number - 1] if len(given) >= number else None
        if not isinstance(text, str) or not text:
            return
        if isinstance(place, tuple):
            context = text
        else:
            ids.append(text)
    key = ids[0] if len(ids) == 1 else tuple(ids)
    catalogue.add(key, locations=[(file, 0)], context=context)


def known(room: Path) -> Catalog:
    """The room's English catalogue as it is kept; empty where there is none."""
    file = room / CATALOGUE
    if not file.is_file():
        return Catalog(locale="en")
    with file.open("rb") as stream:
        return read_po(stream, locale="en")


def extract(root: Path = ROOT, only: Collection[str] = ()) -> dict[str, int]:
    """Bring the rooms' catalogues up to date, keeping their translations; how many messages each room has."""
    counts = {}
    for room in rooms(root):
        if only and room.name not in only:
            continue
        wanted, kept = found(room), known(room)
        for message in wanted:
            old = kept.get(message.id, message.context) if message.id else None
            if old is not None:
                message.string, message.flags = old.string, message.flags | (old.flags & {"fuzzy"})
        counts[room.name] = len(wanted)
        _write(room / CATALOGUE, wanted)
    return counts


def _write(file: Path, catalogue: Catalog) -> None:
    if not len(catalogue):
        return
    stream = BytesIO()
    write_po(stream, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + stream.getvalue().decode().lstrip("\n"), encoding="utf-8")


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile every room's catalogue; the files written. Without them every page is in Vietnamese."""
    written = []
    for room in rooms(root):
        source = room / CATALOGUE
        if source.is_file():
            target = source.with_suffix(".mo")
            half = target.with_suffix(f".{os.getpid()}")
            with half.open("wb") as stream:
                write_mo(stream, known(room))
            half.replace(target)  # whoever reads meanwhile gets the old file or the new one, whole
            written.append(target)
    return written


def missing(root: Path = ROOT) -> list[Missing]:
    """What stands between the rooms and complete English: absent, empty, unsure, unused, or other placeholders.

    Django reads all catalogues as one: where two rooms differ, one of them speaks for both. A context keeps them apart.
    """
    return [*(problem for room in rooms(root) for problem in _missing(room)), *_at_odds(root)]


def _at_odds(root: Path) -> Iterator[Missing]:
    said: dict[tuple[str | None, str], tuple[str, object]] = {}
    for room in rooms(root):
        for message in known(room):
            first, text = said.setdefault((message.context, _name(message)), (room.name, message.string))
            if message.id and text != message.string:
                yield Missing(room.name, _name(message), f"another English than in {first}")


def _missing(room: Path) -> Iterator[Missing]:
    wanted, kept = found(room), known(room)
    for message in wanted:
        if message.id:
            problem = _problem(kept, kept.get(message.id, message.context))
            if problem:
                yield Missing(room.name, _name(message), problem)
    for message in kept:
        if message.id and wanted.get(message.id, message.context) is None:
            yield Missing(room.name, _name(message), "no longer used")


def _problem(catalogue: Catalog, message: Message | None) -> str:
    if message is None:
        return "not in the catalogue"
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not texts or not all(texts):
        return "not translated"
    if message.fuzzy:
        return "marked as unsure"
    return "; ".join(str(error) for error in message.check(catalogue))


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
