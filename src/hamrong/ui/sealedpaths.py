"""Addresses of which nothing is left behind: no log line, no kept form, no copy in a browser, no cookie."""

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
