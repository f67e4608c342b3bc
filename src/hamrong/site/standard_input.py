"""What commands read from standard input: one text, or one a line."""

from collections.abc import Iterator


def cases(data: bytes, lines: bool) -> Iterator[str]:
    """Divide UTF-8 (with or without a byte order mark) into its lines, or give it whole.

    Bytes that are no UTF-8 become U+FFFD and are reported where they stand.
    """
    text = data.decode("utf-8-sig", "replace")
    if not lines:
        yield text
        return
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield line.removesuffix("\r")
