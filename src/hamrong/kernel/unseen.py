"""Text that shows what it says: nothing in it that nobody sees makes anybody read another thing than is written."""

import re
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SHOWING_NOTHING: Final = re.compile("[\u200e\u202a\u202c\u202d\u2066\u2068\u2069\ufeff]")
_TURNING_OR_UNREADABLE: Final = re.compile(
    "[\u061c\u200f\u202b\u202e\u2067\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]"
)

_WRITTEN_OUT: Final = re.compile(r"\[U\+[0-9A-F]{4}\]")


def made_visible(text: str) -> str:
    """`text` with its line ends as `\\n`, and a visible `[U+202E]` for what would turn it around unseen.

    Nothing that can be read is lost, and letters stand in the order in which they were written. Written out are marks
    of right-to-left direction (Unicode Annex 9: they can show `12 - 15` as `15 - 12`), characters of control but line
    ends and `\\t`, and halves of surrogate pairs. Left out are marks of left-to-right direction, which telephones put
    around a number that is copied, and the byte order mark: in our letters they show nothing and turn nothing. Joiners
    and spaces of no width stay. Repeating it changes nothing.
    """
    if text.isprintable():
        return text
    plain = _SHOWING_NOTHING.sub("", _LINE_ENDS.sub("\n", text))
    return _TURNING_OR_UNREADABLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", plain)


def holds_written_out(text: str) -> bool:
    """Whether a text that `made_visible` gave holds a sign that was written out, and whoever reads it wonders."""
    return _WRITTEN_OUT.search(text) is not None
