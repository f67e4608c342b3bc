"""`hamrong seal`: the trustees' paper cards, the yearly drill, and saving identities by cards."""

import getpass
import uuid
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from hamrong.kernel.seal import aead, cards, reports
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.keys import new_pair, pair_of
from hamrong.site import boot

WORK = "hamrong.site.sealing"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CANARY = "chim hoàng yến"
TRIES = 3
"""How often a card may be typed: what was typed of the others is not lost by one wrong word."""


class Problem(click.ClickException):
    """What was asked cannot be done: exit code 1."""


@click.group()
def seal() -> None:
    """Trustees' cards, by which sealed identities are saved when too few holders are left."""


@seal.command(name="cards")
@click.option(
    "--public", required=True, type=click.Path(path_type=Path, dir_okay=False), help="New file for the public key."
)
@click.option("--cards", "count", default=cards.CARDS, show_default=True, type=click.IntRange(2, 16))
@click.option("--needed", default=cards.NEEDED, show_default=True, type=click.IntRange(2, 16))
def make_cards(public: Path, count: int, needed: int) -> None:
    """Make a new key, print its cards one after the other, and keep nothing of it but the public key.

    Do it on a machine without network, with a printer or a pen. Each card belongs to another body.
    """
    if needed > count:
        raise click.UsageError("more cards would be needed than there are")
    pair = new_pair()
    try:
        with public.open("x", encoding="ascii") as file:
            file.write(cards.public_text(pair.public))
    except OSError as problem:
        raise Problem(f"{public}: {problem.strerror}") from problem
    for number, words in enumerate(cards.write(pair.seed, needed=needed, cards=count), 1):
        click.echo(_card(number, count, needed, words, pair.public))
    click.echo(f"public key in {public}; any {needed} of these {count} cards open; shown this once", err=True)


ADVICE = (
    "Cơ quan giữ · Kept by: ..............................  Ngày · Day: ..............",
    "Giữ kín, xa các thẻ kia; không chụp ảnh. Chỉ gõ vào hamrong seal recover, hamrong seal drill.",
    "Keep it secret, away from the other cards; take no picture. Type it into these commands only.",
)
"""What whoever finds a card in a safe years later has to know of it."""


def _card(number: int, count: int, needed: int, words: str, public: bytes) -> str:
    each = words.split()
    lines = ["".join(f"{place + 1:>3} {each[place]:<10}" for place in row) for row in _rows(len(each))]
    title = f"Thẻ ủy thác {number}/{count} (cần {needed})  ·  Trustee's card {number} of {count}, {needed} needed"
    return "\n".join([title, cards.fingerprint(public), *ADVICE, "", *lines, "", "-" * 70])


def _rows(words: int, wide: int = 5) -> list[range]:
    return [range(start, min(start + wide, words)) for start in range(0, words, wide)]


@seal.command()
@click.option("--public", required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--needed", default=cards.NEEDED, show_default=True, type=click.IntRange(2, 16))
@click.option("--record", is_flag=True, help="Put it on record here, also where it fails; needs the database.")
def drill(public: Path, needed: int, record: bool) -> None:
    """Once a year: seal a canary for the public key, type the cards, and see that it opens. Nothing real is opened.

    On a machine without the database, leave out --record and record it afterwards with `hamrong seal drilled`.
    """
    trustees = _public(public)
    try:
        _canary(trustees, needed)
    except Broken as problem:
        if record:
            _record(trustees, None, opened=False)
        raise Problem(f"the drill failed: {problem}") from problem
    click.echo(f"the canary opened; key {cards.fingerprint(trustees)}")
    if record:
        _record(trustees, None, opened=True)
    else:
        today = datetime.now(VIETNAM).date()
        click.echo(f"put it on record where the database is: hamrong seal drilled {public.name} --on {today}", err=True)


def _canary(trustees: bytes, needed: int) -> None:
    """Seal a canary and open it by cards; `Broken` where they do not open it."""
    key, report = aead.new_key(), uuid.uuid4()
    record = reports.seal_identity(key, report, CANARY.encode())
    copy = reports.hand_recovery(key, report, trustees)
    seed = _typed(needed)
    opened = reports.open_identity(reports.take_recovery(copy, report, seed), report, record)
    assert opened.decode() == CANARY and pair_of(seed).public == trustees


@seal.command()
@click.argument("public", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--on", "held_on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was held.")
@click.option("--failed", is_flag=True, help="The canary did not open.")
def drilled(public: Path, held_on: datetime, failed: bool) -> None:
    """Put a drill on record that was held on a machine without the database."""
    _record(_public(public), held_on.date(), opened=not failed)


def _record(trustees: bytes, held_on: date | None, *, opened: bool) -> None:
    with boot.application() as load:
        problem = load(f"{WORK}.drilled")(trustees, held_on, getpass.getuser(), opened=opened)
    if problem:
        raise Problem(f"not put on record: {problem}")
    click.echo("put on record" if opened else "put on record as failed", err=True)


def _public(file: Path) -> bytes:
    """The trustees' public key in a file."""
    try:
        return cards.read_public(file.read_text("ascii", errors="replace"))
    except Broken as problem:
        raise Problem(f"{file}: {problem}") from problem


def _typed(needed: int) -> bytes:
    """The seed of the cards that are typed, each looked at once it is; `Broken` where they are not right."""
    typed: list[str] = []
    for number in range(1, needed + 1):
        typed.append(_card_typed(number, typed))
    return cards.read(typed)


def _card_typed(number: int, before: list[str]) -> str:
    flaw = ""
    for _try in range(TRIES):
        words: str = click.prompt(f"words of card {number}", hide_input=True, err=True)
        flaw = cards.flaw(words, before)
        if not flaw:
            return words
        click.echo(f"card {number}: {flaw}; type this card again", err=True)
    raise Broken(f"card {number}: {flaw}")


@seal.command()
@click.argument("public", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def trust(public: Path) -> None:
    """Put the trustees' public key on record: identities that are sealed from now on are wrapped for it too."""
    key = _public(public)
    with boot.application() as load:
        load(f"{WORK}.trust")(key, getpass.getuser())
    click.echo(f"trusted: {cards.fingerprint(key)}")


@seal.command()
@click.option("--needed", default=cards.NEEDED, show_default=True, type=click.IntRange(2, 16))
def recover(needed: int) -> None:
    """Carry out the standing order to deal anew by the trustees' cards, where too few holders are left to do it."""
    try:
        seed = _typed(needed)
        with boot.application() as load:
            done, problem = load(f"{WORK}.recover")(seed, getpass.getuser())
    except Broken as broken:
        raise Problem(f"nothing was changed: {broken}") from broken
    click.echo(f"{done} reports have new holders")
    if problem:
        raise Problem(problem)
