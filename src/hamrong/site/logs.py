"""Log lines that give away no personal data, and no tracebacks of what is not our error."""

import logging
import re
from typing import Final

from hamrong.access.connections import is_lost
from hamrong.ui.sealedpaths import PREFIXES, is_sealed

# PostgreSQL writes the offending values on lines of their own, and a broken constraint's whole row after "contains".
VALUES: Final = re.compile(
    r"^(DETAIL|CONTEXT|HINT|LINE \d+):.*(?:\n(?![A-Z]+:|\s*$|Traceback|  File).*)*$", re.MULTILINE
)


class Discreet(logging.Formatter):
    """Formats as usual, then removes the values that PostgreSQL quotes in its errors."""

    def format(self, record: logging.LogRecord) -> str:
        return VALUES.sub(r"\1: (left out)", super().format(record))


class Brief(logging.Filter):
    """Takes the traceback from what is no bug: a refusal, an address that is not there, a database that is away."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and (getattr(record, "status_code", 500) < 500 or is_lost(error)):
            record.exc_info, record.exc_text = None, None
            record.msg, record.args = f"{record.getMessage()} ({type(error).__name__})", ()
        return True


class Routed(logging.Filter):
    """Tells of an address which page it is of, and not what stands in it: a plate, a ticket, a whole receipt."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if request is not None and match is not None and isinstance(record.args, tuple):
            record.args = tuple(f"/{match.route}" if each == request.path else each for each in record.args)
        return True


class Sealed(logging.Filter):
    """Keeps requests for sealed addresses out of the log; of an error of ours only its kind is told."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        if not is_sealed(path) and not any(prefix in str(each) for each in self._said(record) for prefix in PREFIXES):
            return True
        if getattr(record, "status_code", 0) < 500:
            return False
        kind = record.exc_info[0] if record.exc_info else None
        record.msg, record.args = f"error in a sealed page: {kind.__name__ if kind else 'unknown'}", ()
        record.exc_info, record.exc_text = None, None
        return True

    @staticmethod
    def _said(record: logging.LogRecord) -> tuple[object, ...]:
        return record.args if isinstance(record.args, tuple) else ()
