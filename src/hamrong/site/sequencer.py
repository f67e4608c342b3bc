"""The work of one leader: places in the log of audit, checkpoints, and the draws of plates; standbys wait behind it."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Final

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant, Target, sequencer
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.audit import logs, publishing, witnesses
from hamrong.audit.models import Checkpoint
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.plates import publishing as beside
from hamrong.plates.actions.pressing import PRESSED
from hamrong.plates.deciding import Deciding
from hamrong.plates.entries import LOG
from hamrong.plates.publickeys import PublicKeys
from hamrong.plates.queries.files import somebody_pressed
from hamrong.plates.sealer import Sealer
from hamrong.site import deciders, published

EVERY: Final = 1.0
"""Seconds between two checkpoints of a log that grows."""

PAUSE: Final = 0.1
STANDBY: Final = 1.0
SWITCH: Final = 0.0005
"""Seconds after which a thread that counts lets the others: who draws waits for many short answers in turn."""

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

    sys.setswitchinterval(SWITCH)
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


class Certifier:
    """Has one log signed, cosigned and published, at most once a second."""

    def __init__(
        self, log: str, signing: Signing, greet: Callable[[Checkpoint], object], put: Callable[[Checkpoint], object]
    ) -> None:
        self._log, self._signing, self._greet, self._put = log, signing, greet, put
        self._last = 0.0

    def due(self) -> bool:
        """Whether a second has gone since the last time."""
        return time.monotonic() - self._last >= EVERY

    def work(self) -> None:
        """Sign what is new, ask the witnesses, and put it where everybody can fetch it."""
        self._last = time.monotonic()
        with acting(granted("log.sequence")):
            checkpoint = logs.certify(self._log, self._signing, timezone.now())
            if checkpoint is not None:
                self._greet(checkpoint)
        if checkpoint is not None:
            self._put(checkpoint)


class Draws:
    """Publishes the log of draws with what belongs to it; knows how far it has come."""

    def __init__(self) -> None:
        self._since = 0

    def put(self, newest: Checkpoint) -> None:
        """Write what is new, up to a checkpoint that witnesses have seen."""
        folder = settings.HAMRONG_PUBLIC / LOG / "log"
        with acting(granted("log.sequence")):
            publishing.publish(LOG, folder, publishing.public_entries(LOG), newest)
            self._since = beside.publish(folder, self._since)


class Aside:
    """Does a work again and again in a thread of its own, so that who asks for it need not wait for it.

    One at a time: what is asked meanwhile is left out. What failed there is raised when it is asked for again.
    """

    def __init__(self, work: Callable[[Checkpoint], None]) -> None:
        self._work = work
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def ask(self, given: Checkpoint) -> None:
        """Have it done, unless it is being done."""
        if self._last is not None:
            if not self._last.done():
                return
            self._last.result()
        self._last = self._thread.submit(self._work, given)

    def close(self) -> None:
        """Wait for what is being done, and give the thread and its connection back."""
        self._thread.submit(connection.close)
        self._thread.shutdown()


def _put_hashes(newest: Checkpoint) -> None:
    with acting(granted("log.sequence")):
        publishing.publish(logs.RECORD, settings.HAMRONG_PUBLIC / logs.RECORD, None, newest)


def record(ended: threading.Event) -> None:
    """Give entries of the record their places, and have the log signed once a second."""
    if lead("record", ended) is None:
        return
    _tell_programs()
    signing = Signing(settings.HAMRONG_SIGNER)
    asking = witnesses.Asking(_witnesses())
    certifier = Certifier(logs.RECORD, signing, lambda each: asking.cosign(each, timezone.now()), _put_hashes)
    while not ended.is_set():
        with acting(granted("log.sequence")):
            placed = logs.sequence()
        if certifier.due() or placed >= logs.AT_ONCE:
            tried(certifier.work)
        if placed < logs.AT_ONCE:
            ended.wait(PAUSE)
    connection.close()


class Turns:
    """Takes a sealer's turns: the first one of a term, and then only when somebody pressed or a batch waits.

    A turn asks what would decide a batch: local witnesses that nobody needs now are left alone. Whoever presses while
    one begins is sealed by what it has just asked, so that no batch is sealed without asking.
    """

    def __init__(self, sealer: Sealer, pressed: Callable[[], bool]) -> None:
        self._sealer, self._pressed = sealer, pressed
        self._owed = True

    def take(self) -> None:
        """One turn where there is something to do, or the last one failed."""
        if self._owed or self._sealer.sealed or self._sealer.waits or self._pressed():
            self._owed = not tried(self._sealer.turn)


def _somebody_pressed() -> bool:
    with acting(granted("plate.seal")):
        return somebody_pressed()


def draws(ended: threading.Event) -> None:
    """Seal and draw whenever an owner has pressed; publish the log of plates."""
    term = lead("plates", ended)
    if term is None:
        return
    signing, known, chain = Signing(settings.HAMRONG_SIGNER), _witnesses(), deciders.chain(settings.ENVIRONMENT)
    asking = witnesses.Asking(known)
    deciding = Deciding(
        grant=lambda: granted("plate.seal"), asking=asking, witnesses=known, chain=chain, clock=timezone.now
    )
    sealer = Sealer(granted, signing, term, deciding.decides, deciding.fetch, clock=timezone.now)
    turns = Turns(sealer, _somebody_pressed)
    shown = Aside(Draws().put)
    certifier = Certifier(LOG, signing, deciding.greet, shown.ask)
    while not tried(lambda: _tell_keys(deciders.public_keys(signing, known, chain))) and not ended.is_set():
        pass
    with closing(shown), _listening() as bell:
        tried(certifier.work)  # witnesses are greeted before the first batch is sealed
        while not ended.is_set():
            turns.take()
            if certifier.due():
                tried(certifier.work)
            if not sealer.sealed:
                for _ in bell.notifies(timeout=PAUSE if sealer.waits else EVERY, stop_after=1):
                    pass
    connection.close()


def _witnesses() -> dict[str, witnesses.Known]:
    return witnesses.read(settings.ENVIRONMENT.witnesses_file)


def _tell_keys(keys: PublicKeys) -> None:
    """Publish the keys of draws; that they are new is on record, so that nobody changes them unseen."""
    told = deciders.put_keys(settings.HAMRONG_PUBLIC, keys)
    if told:
        grant = granted("log.sequence")
        with acting(grant):
            enter(grant, subject=f"plates-keys:{told}", at=timezone.now(), sha256=told)


def _tell_programs() -> None:
    """That the programs which check us are new is on record, so that nobody hands out other ones unseen."""
    for name, told in published.put_programs(settings.HAMRONG_PUBLIC).items():
        grant = granted("log.sequence")
        with acting(grant):
            enter(grant, subject=f"program:{name}:{told}", at=timezone.now(), sha256=told)


def _listening() -> "psycopg.Connection[tuple[object, ...]]":
    """A plain connection that hears when somebody presses."""
    parts = connection.get_connection_params()
    told = {name: parts[name] for name in ("dbname", "user", "password", "host", "port") if parts.get(name)}
    bell = psycopg.connect(**told, autocommit=True)
    bell.execute(f"listen {PRESSED}")
    return bell


def tried(work: Callable[[], object]) -> bool:
    """Do it, or say that the signer does not let it, and wait a little; everything else ends the process."""
    try:
        work()
    except SigningProblem as problem:
        logger.error("not signed: %s", problem)
        time.sleep(STANDBY)
        return False
    return True
