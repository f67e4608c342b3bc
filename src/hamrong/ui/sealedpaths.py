"""Addresses of which nothing is left behind: no log line, no kept form, no copy in a browser, no cookie."""

from collections.abc import Mapping
from typing import Final

SENDERS: Final = ("/to-cao/", "/khieu-nai/", "/phan-anh/", "/theo-doi/")
"""Where people write to the police and come back by a code."""

KEYED: Final = "/niem-phong/"
"""Where officers work with keys of their own."""

PREFIXES: Final = (*SENDERS, KEYED)
"""These, and where identities are asked for and opened."""


def is_sealed(path: str) -> bool:
    """Whether an address is one of these."""
    return path.startswith(PREFIXES)


INTAKE: Final = ("/don/nhan", "/tiep-cong-dan/ghi")
"""Where officers type what people bring, of any kind."""


def may_keep(path: str, fields: Mapping[str, object]) -> bool:
    """Whether a form that did not go through may wait for its writer: not what is a denunciation, or could be one.

    It would lie sealed for the house, which opens it alone; a denunciation opens only to those who hold its keys.
    """
    return path not in INTAKE or (fields.get("kind") or "denunciation") != "denunciation"
