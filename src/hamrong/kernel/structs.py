"""Types that msgspec reads into, made ready by one thread: two that first use one at once can end the process."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, json


def make_ready() -> None:
    """Let msgspec look at every struct that is imported, before there are threads.

    msgspec 0.22 looks at a struct when it is first read into, and while it does, another thread takes what is half
    made: a null pointer, a worker gone, and every request in it. Once looked at, a struct is only read.
    """
    for kind in _below(Struct):
        try:
            json.Decoder(kind)
        except TypeError:
            continue  # it is only written, or has parts that nobody can read into


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
