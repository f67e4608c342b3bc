"""What commands read from a file or standard input: one text, or one a line."""

import codecs
from collections.abc import Iterator
from typing import Final

import click

FILE: Final = click.argument("file", type=click.File("rb"), default="-")
"""A path, or `-` (as is nothing) for standard input. A path that cannot be read is wrong usage, exit code 2."""


def cases(data: bytes, lines: bool) -> Iterator[str]:
    """Divide UTF-8 (with or without a byte order mark), or UTF-16 with one, into its lines, or give it whole.

    Bytes that are no letters become U+FFFD and are reported where they stand.
    """
    # What Windows PowerShell writes into a file or a pipe.
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    if not lines:
        yield text
        return
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield line.removesuffix("\r")
