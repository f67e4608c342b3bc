"""A log line that gives away no personal data: database errors quote the row, and we leave that out."""

import logging
import re
from typing import Final

# PostgreSQL writes the offending values on lines of their own, and a broken constraint's whole row after "contains".
VALUES: Final = re.compile(
    r"^(DETAIL|CONTEXT|HINT|LINE \d+):.*(?:\n(?![A-Z]+:|\s*$|Traceback|  File).*)*$", re.MULTILINE
)


class Discreet(logging.Formatter):
    """Formats as usual, then removes the values that PostgreSQL quotes in its errors."""

    def format(self, record: logging.LogRecord) -> str:
        return VALUES.sub(r"\1: (left out)", super().format(record))
