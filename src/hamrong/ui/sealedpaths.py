"""Addresses of which nothing is left behind: no log line, no kept form, no copy in a browser."""

from typing import Final

PREFIXES: Final = ("/to-cao/", "/niem-phong/")
"""Where denouncers write and come back, and where identities are asked for and opened."""


def is_sealed(path: str) -> bool:
    """Whether an address is one of these."""
    return path.startswith(PREFIXES)
