"""The work of one leader: places in the log of audit, checkpoints, and the draws of plates; standbys wait behind it."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Final

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant, Target, sequencer
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.audit import logs
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.plates.actions.files import PRESSED
from hamrong.plates.sealer import Sealer

CHECKPOINT_EVERY: Final = 1.0
PAUSE: Final = 0.1
STANDBY: Final = 1.0
Work = Callable[[], bool]
"""One round; whether there may be more to do at once."""

logger = logging.getLogger(__name__)


def granted(act: str) -> Grant:
    """The sequencer's grant for an act; policy gives it every act that it is asked for here."""
    answer = decide(sequencer(timezone.now()), act, Target())
    assert isinstance(answer, Grant), answer
    return answer


def run() -> None:
    """Lead both kinds of work, each in its own thread, until SIGTERM; a thread that fails ends the process."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    failed: list[BaseException] = []

    def guarded(work: Callable[[threading.Event], None]) -> None:
        try:
            work(ended)
        except BaseException as error:  # the process ends with it, and is started again
            failed.append(error)
            ended.set()

    threads = [threading.Thread(target=guarded, args=(work,), name=work.__name__) for work in (record, draws)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def lead(work: str, ended: threading.Event) -> int | None:
    """Wait until this process leads; the number of its term, or None where it was told to end first.

    Who leads holds a lock of this thread's connection, so that whoever lost the connection writes nothing any more.
    """
    while not ended.is_set():
        with acting(granted("log.sequence")), connection.cursor() as cursor:
            cursor.execute("select audit_lead(%s)", [work])
            (term,) = cursor.fetchone()
        if term is not None:
            logger.info("leads %s, term %s", work, term)
            return int(term)
        ended.wait(STANDBY)
    return None


def record(ended: threading.Event) -> None:
    """Give entries of the record their places, and have the log signed once a second."""
    if lead("record", ended) is None:
        return
    signing, certified = Signing(settings.HAMRONG_SIGNER), 0.0
    while not ended.is_set():
        with acting(granted("log.sequence")):
            placed = logs.sequence()
        due = time.monotonic() - certified >= CHECKPOINT_EVERY
        if (due or placed >= logs.AT_ONCE) and _tried(partial(_certify, signing)):
            certified = time.monotonic()
        if placed < logs.AT_ONCE:
            ended.wait(PAUSE)
    connection.close()


def _certify(signing: Signing) -> None:
    with acting(granted("log.sequence")):
        logs.certify(logs.RECORD, signing, timezone.now())


def draws(ended: threading.Event) -> None:
    """Seal and draw whenever an owner has pressed."""
    term = lead("plates", ended)
    if term is None:
        return
    sealer = Sealer(granted, Signing(settings.HAMRONG_SIGNER), term, clock=timezone.now)
    with _listening() as bell:
        while not ended.is_set():
            _tried(sealer.work)
            for _ in bell.notifies(timeout=PAUSE if sealer.waits else STANDBY, stop_after=1):
                pass
    connection.close()


def _listening() -> "psycopg.Connection[tuple[object, ...]]":
    """A plain connection that hears when somebody presses."""
    parts = connection.get_connection_params()
    told = {name: parts[name] for name in ("dbname", "user", "password", "host", "port") if parts.get(name)}
    bell = psycopg.connect(**told, autocommit=True)
    bell.execute(f"listen {PRESSED}")
    return bell


def _tried(work: Callable[[], object]) -> bool:
    """Do it, or say that the signer does not let it; everything else ends the process."""
    try:
        work()
    except SigningProblem as problem:
        logger.error("not signed: %s", problem)
        time.sleep(STANDBY)
        return False
    return True
