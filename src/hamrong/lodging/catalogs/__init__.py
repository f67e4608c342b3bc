"""The catalogues of the room as dated data: reasons, documents, nationalities, kinds of establishment, issue codes."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import msgspec
import yaml

from hamrong.kernel.vietnamese import fold

NAMES: Final = ("reasons", "document-types", "nationalities", "establishment-kinds", "error-codes")
START: Final = date(2021, 7, 1)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One code of a catalogue: its names, the days on which it may be chosen, and what else is known of it.

    `kbtt` is the code of the ministry's interface where that is published; `same_as` the code under which it is stored;
    `also` other spellings in files; `facts` what belongs to one catalogue only (`digits`, `room`, `severity` …).
    """

    code: str
    vi: str
    en: str
    valid_from: date
    valid_to: date | None = None
    kbtt: str | None = None
    same_as: str | None = None
    law: str | None = None
    also: tuple[str, ...] = ()
    facts: Mapping[str, Any] = {}

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """A catalogue as it stands on a day; `etag` (with its quotation marks, RFC 9110) changes only with the entries."""

    name: str
    as_of: date
    entries: tuple[Entry, ...]
    etag: str


@lru_cache(maxsize=256)
def catalog(name: str, as_of: date) -> Catalog:
    """The codes of one of `NAMES` that may be chosen on a day; KeyError for another name."""
    entries = tuple(entry for entry in known(name).values() if entry.valid_on(as_of))
    told = json.dumps(msgspec.to_builtins(entries), sort_keys=True, ensure_ascii=False)
    return Catalog(name=name, as_of=as_of, entries=entries, etag=f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"')


@cache
def known(name: str) -> Mapping[str, Entry]:
    """Every code that a catalogue ever had, by code: codes out of date can still be read."""
    return {entry.code: entry for entry in _ENTRIES[name]()}


@cache
def spellings(name: str) -> Mapping[str, str]:
    """From everything a file may call an entry (folded: no diacritics, lower case) to the code that is stored.

    Names go before codes: "Nga" is Russia although NGA is Nigeria, "My" the United States although MY is Malaysia.
    """
    told: dict[str, str] = {}
    entries = known(name).values()
    for entry in entries:
        for spelling in (*entry.vi.split(","), entry.vi, entry.en, *entry.also):
            told.setdefault(fold(spelling), entry.same_as or entry.code)
    for entry in entries:
        for code in _codes(entry):
            told.setdefault(fold(code), entry.same_as or entry.code)
    told.pop("", None)
    return told


def _codes(entry: Entry) -> tuple[str, ...]:
    return (entry.code, entry.facts["alpha2"]) if entry.facts.get("alpha2") else (entry.code,)


@cache
def two_meanings(name: str) -> Mapping[str, tuple[str, str]]:
    """Codes in capitals that are another entry's name without diacritics, with the codes of both: nobody can tell."""
    told = spellings(name)
    return {
        code: (told[fold(code)], entry.same_as or entry.code)
        for entry in known(name).values()
        for code in _codes(entry)
        if told[fold(code)] != (entry.same_as or entry.code)
    }


@lru_cache(maxsize=4096)
def spelled(name: str, written: str) -> str | None:
    """The code that something written in a file stands for, in a catalogue or a closed list; None where unclear."""
    if name in read_yaml("small.yaml"):
        return small_spellings(name).get(fold(written))
    return None if written in two_meanings(name) else spellings(name).get(fold(written))


@cache
def small(name: str) -> Mapping[str, Mapping[str, Any]]:
    """A closed list of the interface (sex, kind, precision, method): code to names and spellings."""
    lists: Mapping[str, Mapping[str, Mapping[str, Any]]] = read_yaml("small.yaml")
    return lists[name]


@cache
def small_spellings(name: str) -> Mapping[str, str]:
    """From what a file may write for a code of a closed list (folded) to the code."""
    return {
        fold(spelling): code
        for code, entry in small(name).items()
        for spelling in (code, entry["vi"], entry["en"], *entry["also"])
    }


@cache
def read_yaml(file: str) -> Mapping[str, Any]:
    """A data file of this folder."""
    read: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath(file).read_text("utf-8"))
    return read


def _entries_of(file: str) -> Iterator[Entry]:
    own = set(Entry.__struct_fields__)
    for read in read_yaml(file)["entries"]:
        facts = {key: value for key, value in read.items() if key not in own}
        yield Entry(**{key: value for key, value in read.items() if key in own}, facts=facts)


def _nationalities() -> Iterator[Entry]:
    text = files(__package__).joinpath("nationalities.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield Entry(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            kbtt=row["kbtt"] or None,
            same_as=row["same_as"] or None,
            also=tuple(filter(None, row["also"].split("|"))),
            facts={"alpha2": row["alpha2"]} if row["alpha2"] else {},
        )


def _issue_codes() -> Iterable[Entry]:
    for code, read in read_yaml("issues.yaml").items():
        facts = {key: read[key] for key in ("severity", "hint_vi", "hint_en")}
        dates = {"valid_from": read.get("valid_from", START), "valid_to": read.get("valid_to")}
        yield Entry(code=code, vi=read["vi"], en=read["en"], law=read.get("law"), facts=facts, **dates)


_ENTRIES: Final = {
    "reasons": lambda: _entries_of("reasons.yaml"),
    "document-types": lambda: _entries_of("document-types.yaml"),
    "nationalities": _nationalities,
    "establishment-kinds": lambda: _entries_of("establishment-kinds.yaml"),
    "error-codes": _issue_codes,
}
