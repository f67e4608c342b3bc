"""`hamrong audit`: whether the record is as it was written; proofs and copies of it for others."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import httpx

from hamrong.kernel.proofs import checkpoints, hamrong_verify, notes
from hamrong.kernel.proofs.tiles import WIDTH, tile_path
from hamrong.site import boot
from hamrong.site.cli import Unusable

TAMPERED, CANNOT_TELL, USAGE = 1, 2, 3
NOT_FOUND = 404
EXIT_CODES = "Exit codes: 0 intact; 1 tampered with or withheld; 2 cannot tell; 3 wrong usage."
UNVOUCHED = "--export and --tiles need --keys: whoever made the copy cannot vouch for itself"
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
FOLDER = click.Path(path_type=Path, file_okay=False)
UPKEEP = "hamrong.access.upkeep"


class WrongUsage(click.UsageError):
    """Wrong usage, with the exit code that the verifier has for it."""

    exit_code = USAGE


class Verifies(click.Command):
    """Its exit codes are the verifier's own: 2 means that nothing can be said, so wrong usage has to be 3."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise WrongUsage(error.message, error.ctx) from error


class Audits(click.Group):
    """The commands of the record; one that does not exist is wrong usage like any other."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise WrongUsage(error.message, error.ctx) from error


@click.group(cls=Audits)
def audit() -> None:
    """Check the append-only record of acts, prove what is in it, and hand copies of it to others."""


@audit.command(cls=Verifies, epilog=EXIT_CODES)
@click.option("--stream", default="", help="Only the chain of this stream (a case, a session), without the log.")
@click.option("--trusted", multiple=True, type=FILE, help="A checkpoint that was kept elsewhere; may be given again.")
@click.option("--db", is_flag=True, help="Check the database; what is done where nothing else is asked for.")
@click.option("--export", "folder", type=FOLDER, help="Check an exported copy instead of the database (needs --keys).")
@click.option("--tiles", default="", help="Check the hashes as published, in a folder or at an address (needs --keys).")
@click.option("--keys", type=FILE, help="keys.json, or verifier keys a line each; without it the signer is asked.")
def verify(
    stream: str, trusted: tuple[Path, ...], db: bool, folder: Path | None, tiles: str, keys: Path | None
) -> None:  # fmt: skip
    """Recompute every entry, follow every chain and the log, and name the first thing that is not as it was written.

    Without a checkpoint that was kept elsewhere it says UNANCHORED: whoever rules database and signer could have
    written everything anew. What the signer itself has signed last is looked at too, where it is asked for the key.
    """
    if sum((db or bool(stream), folder is not None, bool(tiles))) > 1:
        raise WrongUsage("one of --db (with or without --stream), --export and --tiles at a time")
    if folder is not None:
        _verify_copy("log", folder, keys, trusted)
    if tiles:
        _verify_tiles(tiles, keys, trusted)
    began = time.monotonic()
    try:
        with boot.application() as load:
            # what the signer says has to be older than what is read
            key, seen = (None, []) if stream else _key(load, keys)
            with load(f"{UPKEEP}.at_one_moment")(load("django.utils.timezone.now")()):
                report = _chains(load, stream)
                log = _log(load, key, seen, trusted) if key else None
    except Unusable as error:
        _cannot_tell(error.message)
    if stream and not report.entries:
        _cannot_tell(f"there is no stream {stream}")
    seconds = max(time.monotonic() - began, 1e-9)
    anchored = "continues what was kept elsewhere" if trusted else "UNANCHORED"
    placed = "" if log is None else f"{log.size} of them in the log, "
    click.echo(
        f"intact, {anchored}: {report.entries} entries in {report.streams} streams, {placed}"
        f"details of {report.erased} erased, {report.entries / seconds:,.0f} entries/s"
    )


def _chains(load: Callable[[str], Any], stream: str) -> Any:
    """The report over the chains; ends the command where one is bad."""
    problem = load("django.db.DatabaseError")
    try:
        report = load(f"{UPKEEP}.check_record")(stream, load("django.utils.timezone.now")())
    except problem as error:
        raise Unusable(f"the record cannot be read: {error}") from error
    if report.bad:
        row, word = report.bad.row, load("hamrong.audit.verification.WORDS")[report.bad.kind]
        _tampered(f"stream {row.stream} entry {row.stream_seq} id {row.id}: {report.bad.kind}, {word}")
    return report


def _log(
    load: Callable[[str], Any], key: notes.Key, seen: list[checkpoints.Checkpoint], trusted: tuple[Path, ...]
) -> Any:
    """The report over the log; ends the command where it is bad."""
    known = [*seen, *(_checkpoint(file, key) for file in trusted)]
    report = load(f"{UPKEEP}.check_log")(key, known, load("django.utils.timezone.now")())
    if report.kind:
        _tampered(f"log {key.name} {report.where}: {report.kind}, {report.words}")
    return report


def _key(load: Callable[[str], Any], keys: Path | None) -> tuple[notes.Key | None, list[checkpoints.Checkpoint]]:
    """The key of the log, and what the signer signed last; None where nobody tells the key."""
    log = load("hamrong.audit.logs.RECORD")
    if keys is not None:
        found = [key for key in map(notes.read_key, _told(keys)["logs"]) if key.name.endswith(f"/{log}")]
        if not found:
            raise Unusable(f"{keys} has no key of the log {log}")
        return found[0], []
    signing = load("hamrong.audit.signing.Signing")(load("django.conf.settings").HAMRONG_SIGNER)
    try:
        public, signed = signing.public(), signing.state(log)
    except load("hamrong.audit.signing.SigningProblem") as error:
        click.echo(f"the log is not checked: {error}; --keys names its key", err=True)
        return None, []
    key = notes.Key(f"{public['origin']}/{log}", notes.ED25519, public["keys"][f"log.{log}"])
    return key, [checkpoints.read(notes.read(signed.note).text)] if signed.note else []


def _told(keys: Path) -> dict[str, Any]:
    """What a file of keys says, as the verifier reads it; every key of a log is one."""
    try:
        told: dict[str, Any] = hamrong_verify.keys_of(keys)
        for line in told["logs"]:
            notes.read_key(line)
    except (hamrong_verify.Unknown, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"{keys} is neither keys.json nor a text of verifier keys") from error
    return told


def _checkpoint(file: Path, key: notes.Key) -> checkpoints.Checkpoint:
    try:
        note = notes.read(file.read_text("utf-8"))
        found = checkpoints.read(note.text)
    except (notes.BadNote, UnicodeDecodeError) as error:
        raise Unusable(f"{file}: {error}") from error
    if not notes.is_signed(note, key) or found.origin != key.name:
        raise Unusable(f"{file} is not signed with the key of {key.name}")
    return found


def _verify_copy(do: str, folder: Path, keys: Path | None, trusted: tuple[Path, ...]) -> NoReturn:
    """Check a copy with the program that others use; against each trusted checkpoint, until one is not continued."""
    if keys is None:
        raise WrongUsage(UNVOUCHED)
    for kept in trusted or (None,):
        more = ["--trusted", str(kept)] if kept else []
        if code := hamrong_verify.main([do, str(folder), "--keys", str(keys), *more]):
            raise SystemExit(code)
    raise SystemExit(0)


def _verify_tiles(where: str, keys: Path | None, trusted: tuple[Path, ...]) -> NoReturn:
    if not where.startswith(("http://", "https://")):
        _verify_copy("tiles", Path(where), keys, trusted)
    if keys is None:
        raise WrongUsage(UNVOUCHED)
    with tempfile.TemporaryDirectory() as folder:
        try:
            _fetch(where.rstrip("/"), Path(folder), _told(keys))
        except hamrong_verify.Bad as bad:
            _tampered(str(bad))
        except (httpx.HTTPError, hamrong_verify.Unknown) as problem:
            _cannot_tell(f"{where}: {problem}")
        except Unusable as error:
            _cannot_tell(error.message)
        _verify_copy("tiles", Path(folder), keys, trusted)


def _fetch(address: str, folder: Path, keys: dict[str, Any]) -> None:
    """Fetch a log's checkpoint and all tiles of hashes that it speaks of, as they are published.

    A tile that is not there is left out: whoever checks the folder names what a signed checkpoint promises.
    """
    with httpx.Client(follow_redirects=True, timeout=30) as client:

        def get(path: str) -> bytes:
            answer = client.get(f"{address}/{path}")
            if answer.status_code == NOT_FOUND and path != "checkpoint":
                return b""
            content = answer.raise_for_status().content
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            return content

        note = hamrong_verify.note_of(get("checkpoint"))
        hamrong_verify.check_signed(note, keys)  # so that nobody else tells how much is to be fetched
        size, level = note[3], 0
        while size:
            for start in range(0, size, WIDTH):
                get(tile_path(str(level), start // WIDTH, min(WIDTH, size - start)))
            size, level = size // WIDTH, level + 1


@audit.command(cls=Verifies, epilog=EXIT_CODES)
@click.argument("entry", type=click.UUID)
@click.argument("folder", type=FOLDER)
def prove(entry: Any, folder: Path) -> None:
    """Write an entry, and the proof that it is in the log, into FOLDER, for whoever wants to check it without us."""
    with boot.application() as load:
        found = load(f"{UPKEEP}.prove")(entry, load("django.utils.timezone.now")())
    if found is None:
        _cannot_tell(f"there is no entry {entry}, or no checkpoint holds it yet")
    content, proof = found
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{entry}.entry").write_bytes(content)
        (folder / f"{entry}.tlog-proof").write_text(proof, "utf-8")
    except OSError as error:
        _cannot_tell(f"{folder} cannot be written: {error}")
    click.echo(f"{folder / str(entry)}.entry and .tlog-proof")


@audit.command(cls=Verifies, epilog=EXIT_CODES)
@click.argument("proof", type=FILE)
@click.option("--entry", required=True, type=FILE, help="The entry as it was handed over.")
@click.option("--keys", required=True, type=FILE, help="keys.json, or verifier keys of the logs, a line each.")
def check(proof: Path, entry: Path, keys: Path) -> None:
    """Check a proof without a database."""
    raise SystemExit(hamrong_verify.main(["inclusion", str(proof), "--entry", str(entry), "--keys", str(keys)]))


@audit.command()
@click.argument("folder", type=FOLDER)
def export(folder: Path) -> None:
    """Write the whole log, entries without personal details, into FOLDER; a second time it adds what is new."""
    with boot.application() as load:
        try:
            size = load(f"{UPKEEP}.export")(folder, load("django.utils.timezone.now")())
        except OSError as error:
            _cannot_tell(f"{folder} cannot be written: {error}")
    click.echo(f"{size} entries in {folder}; check them with: hamrong-verify log {folder} --keys KEYS")


@audit.command()
def keys() -> None:
    """Print the verifier keys of the logs, a line each, to be kept elsewhere."""
    with boot.application() as load:
        signing = load("hamrong.audit.signing.Signing")(load("django.conf.settings").HAMRONG_SIGNER)
        try:
            public = signing.public()
        except load("hamrong.audit.signing.SigningProblem") as error:
            raise Unusable(str(error)) from error
    for name, key in sorted(public["keys"].items()):
        if name.startswith("log."):
            click.echo(str(notes.Key(f"{public['origin']}/{name.removeprefix('log.')}", notes.ED25519, key)))


@audit.command(cls=Verifies, epilog="Exit codes: 0 the same; 1 different; 2 cannot tell; 3 wrong usage.")
@click.argument("one", type=FOLDER)
@click.argument("other", type=FOLDER)
def diff(one: Path, other: Path) -> None:
    """Say at which entry two exported copies of a log part."""
    try:
        sizes = [hamrong_verify.note_of(hamrong_verify.read(folder / "checkpoint"))[3] for folder in (one, other)]
        copies = (hamrong_verify.entries_of(*each) for each in zip((one, other), sizes, strict=True))
        pairs = zip(*copies, strict=False)  # the shorter one ends first
        parted = next((index for (index, left), (_, right) in pairs if left != right), None)
    except (hamrong_verify.Unknown, hamrong_verify.Bad) as error:
        _cannot_tell(str(error))
    if parted is not None:
        click.echo(f"they part at entry {parted}")
        raise SystemExit(TAMPERED)
    if sizes[0] != sizes[1]:
        click.echo(f"the same for {min(sizes)} entries; the longer one has {max(sizes)}")
        raise SystemExit(TAMPERED)
    click.echo(f"the same, {sizes[0]} entries")


@audit.command()
@click.argument("folder", type=FOLDER)
def witness(folder: Path) -> None:
    """For witnesses without a network: put requests for them into FOLDER (a USB stick), and take cosignatures back.

    Each witness runs `hamrong witness usb` on the same folder in between. Exit code 1 where something that was carried
    back is no cosignature; a witness that has seen more than was known here is asked again from there.
    """
    with boot.application() as load:
        try:
            done = load("hamrong.site.carried.exchange")(folder)
        except OSError as error:
            _cannot_tell(f"{folder} cannot be read or written: {error}")
    click.echo(f"{done.taken} cosignatures taken, {done.asked} requests put into {folder}")
    if not (done.taken or done.asked or done.refused):
        click.echo("nothing to carry: witnesses.json names no witness without an address, or all have what is newest")
    for why in done.refused:
        click.echo(f"not taken: {why}", err=True)
    if done.refused:
        raise SystemExit(1)


def _tampered(what: str) -> NoReturn:
    click.echo(f"TAMPERED {what}")
    raise SystemExit(TAMPERED)


def _cannot_tell(why: str) -> NoReturn:
    click.echo(f"cannot tell: {why}", err=True)
    raise SystemExit(CANNOT_TELL)
