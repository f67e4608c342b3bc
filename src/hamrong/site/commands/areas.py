"""`hamrong areas`: administrative areas; needs no database and no settings."""

import json
import os
import sys
from typing import Any, BinaryIO, Final

import click

from hamrong.org.areas import AreaRef, Conversion
from hamrong.org.areas import convert as convert_address

RESOLVED: Final = ("ok", "unchanged", "province_only")


@click.group()
def areas() -> None:
    """Administrative areas: what an old address means today."""


@areas.command()
@click.argument("address", required=False)
@click.option(
    "--lines", is_flag=True, help="Read one address a line on standard input; print one JSON a line, in order."
)
def convert(address: str | None, lines: bool) -> None:
    """Say which commune or ward ADDRESS belongs to today, as JSON.

    Exit code 0 when every address is resolved, 1 when one is ambiguous or unknown.
    """
    if lines == (address is not None):
        raise click.UsageError("Give either one ADDRESS or --lines.")
    # Where the locale is C the argument comes as bytes in disguise.
    addresses = _lines(sys.stdin.buffer) if lines else [os.fsencode(str(address)).decode("utf-8", errors="replace")]
    unresolved = False
    for text in addresses:
        found = convert_address(text)
        unresolved = unresolved or found.status not in RESOLVED
        _write(_as_json(found), indent=None if lines else 2)
    sys.exit(1 if unresolved else 0)


def _lines(stream: BinaryIO) -> list[str]:
    """The lines of a UTF-8 file as people make them: with or without a byte order mark, ended by LF or CRLF."""
    text = stream.read().decode("utf-8-sig", errors="replace")
    return [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")] if text else []


def _write(value: dict[str, Any], indent: int | None) -> None:
    # Bytes, since text would be refused where the locale is C.
    line = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8"))


def _as_json(found: Conversion) -> dict[str, Any]:
    units = [_unit(area) for area in found.units]
    return {
        "status": found.status,
        "units": [] if found.status == "ambiguous" else units,
        "choices": units if found.status == "ambiguous" else [],
        "legacy": _former(found.legacy) if found.legacy else None,
        "legacies": [_former(area) for area in found.legacies],
        "matched": found.matched,
        "note": found.note,
    }


def _unit(area: AreaRef) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": area.name,
        "kind": area.kind,
        "province": area.province,
        "valid_from": area.valid_from.isoformat() if area.valid_from else None,
    }


def _former(area: AreaRef) -> dict[str, Any]:
    return _unit(area) | {
        "district": area.district,
        "valid_to": area.valid_to.isoformat() if area.valid_to else None,
    }
