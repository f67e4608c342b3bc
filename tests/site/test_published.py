"""What anybody may fetch to check us: the very files, nothing beside them, and a page that says how."""

import hashlib
import html
import json
import re
import subprocess
import sys

import pytest
from django.conf import settings

from hamrong.access.upkeep import prove
from hamrong.access.walls import acting
from hamrong.audit import logs, publishing
from hamrong.kernel.proofs import hamrong_verify, notes, tlogproof
from hamrong.site import published
from tests.audit.streams import a_stream, an_entry
from tests.audit.tampering import tampering
from tests.entrances import a_person, browser, browser_of
from tests.plates.desks import publish_keys
from tests.plates.owners import sequencer
from tests.signer import KEYS, ORIGIN, signing
from tests.world import NOW, PROVINCE

VKEY = str(notes.key_of(f"{ORIGIN}/audit", notes.ED25519, KEYS["log.audit"]))


@pytest.fixture
def visitor():
    return browser()


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def checkpoint():
    """The record of this run in its log, signed and published; answers the checkpoint."""
    a_stream(3)
    folder = settings.HAMRONG_PUBLIC / "audit"
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        signed = logs.certify(logs.RECORD, signing(), NOW)
        assert signed is not None
        publishing.publish(logs.RECORD, folder, None)
    return signed


def test_the_checkpoint_and_the_tiles_are_served_as_they_are_and_anybody_may_fetch_them(visitor, checkpoint):
    answer = visitor.get("/audit/checkpoint")
    assert content(answer).decode() == checkpoint.note
    assert answer["Access-Control-Allow-Origin"] == "*" and answer["Cache-Control"] == "no-cache"
    size = checkpoint.size
    tile = f"tile/0/000{'' if size >= 256 else f'.p/{size}'}"
    assert len(content(visitor.get(f"/audit/{tile}"))) == 32 * min(size, 256)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000/../../../keys.json", "..%2fkeys.json", "tile/entries/000", "tile/9/000", "checkpoint.new",
        "files/zz", "secret", "tile/0/x000", "",
    ],
)  # fmt: skip
def test_nothing_else_is_served(visitor, checkpoint, path):
    assert visitor.get(f"/audit/{path}").status_code == 404


def test_the_programs_are_those_whose_hash_stands_on_the_page_and_they_run(visitor, tmp_path):
    page = visitor.get("/nhat-ky/").content.decode()
    for name in published.PROGRAMS:
        program = content(visitor.get(f"/nhat-ky/{name}"))
        assert hashlib.sha256(program).hexdigest() in page
        (tmp_path / name).write_bytes(program)
        ran = subprocess.run(
            [sys.executable, "-I", tmp_path / name, "--help"], capture_output=True, check=False, text=True, cwd=tmp_path
        )
        assert ran.returncode == 0 and "usage" in ran.stdout, ran.stderr
    assert visitor.get("/nhat-ky/views.py").status_code == 404


def test_the_page_tells_how_far_the_log_is_and_holds_the_checkpoint_for_paper(visitor, checkpoint):
    page = visitor.get("/nhat-ky/").content.decode()
    assert f"<dd>{checkpoint.size}</dd>" in page
    assert checkpoint.note.splitlines()[2] in page.replace("&#x2B;", "+").replace("&#x3D;", "=")
    assert "<svg" in page[page.index('class="receipt-qr') :]


@pytest.mark.parametrize("media", ["screen", "print"])
def test_a_checkpoint_fits_a_phone_and_a_sheet_of_paper(page, live_server, checkpoint, media):
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(media=media)
    page.goto(f"{live_server.url}/nhat-ky/")
    page.evaluate("document.querySelectorAll('.receipt details').forEach(each => { each.open = true })")
    assert checkpoint.note.splitlines()[-1] in page.locator(".receipt").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_whoever_fetches_the_keys_can_check_the_record_with_them(visitor, checkpoint, tmp_path, capsys):
    publish_keys()
    (tmp_path / "keys.json").write_bytes(told := content(visitor.get("/plates/keys.json")))
    (tmp_path / "checkpoint").write_bytes(content(visitor.get("/audit/checkpoint")))
    assert hamrong_verify.main(["checkpoint", str(tmp_path / "checkpoint"), "--keys", str(tmp_path / "keys.json")]) == 0
    assert capsys.readouterr().out.startswith(f"intact: {ORIGIN}/audit has {checkpoint.size} entries")
    assert json.loads(told)["logs"] == [VKEY] and len(json.loads(told)["lodging"]) == 1
    page = html.unescape(visitor.get("/nhat-ky/").content.decode())
    assert VKEY in re.sub("<[^>]*>", "", page)
    assert hashlib.sha256(told).hexdigest() in page


def test_whoever_kept_a_checkpoint_gets_a_proof_that_the_log_continues_it(visitor, checkpoint, tmp_path):
    old = checkpoint
    a_stream(3)
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        new = logs.certify(logs.RECORD, signing(), NOW)
    assert "/nhat-ky/audit/noi-tiep" in visitor.get("/nhat-ky/").content.decode()
    page = visitor.get("/nhat-ky/audit/noi-tiep", {"size": str(old.size)}).content.decode()
    names = f"{new.size}.checkpoint", f"{old.size}-{new.size}.proof"
    for name in names:
        assert f"/nhat-ky/audit/{name}" in page
        (tmp_path / name).write_bytes(content(visitor.get(f"/nhat-ky/audit/{name}")))
    (tmp_path / "kept").write_text(old.note)
    (tmp_path / "keys").write_text(VKEY)

    def verdict():
        command = [
            sys.executable, "-I", published.source("hamrong_verify.py"), "checkpoint", names[0], "--trusted", "kept",
            "--proof", names[1], "--keys", "keys",
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, check=False, text=True, cwd=tmp_path).stdout

    assert verdict().endswith(f"continues the {old.size} entries seen before\n")
    (tmp_path / names[1]).write_text((tmp_path / names[1]).read_text().partition("\n")[2])
    assert verdict().startswith("TAMPERED fork")


def test_a_size_that_no_checkpoint_has_reached_is_answered_in_words(visitor, checkpoint):
    for typed in ("0", "x", str(10**12), "9" * 30):
        assert "Không có chứng minh" in visitor.get("/nhat-ky/audit/noi-tiep", {"size": typed}).content.decode()
    for path in (
        "nothing/noi-tiep",
        f"audit/{10**12}.checkpoint",
        f"audit/1-{10**12}.proof",
        f"audit/0-{checkpoint.size}.proof",
    ):
        assert visitor.get(f"/nhat-ky/{path}").status_code == 404


def test_programs_are_copied_once_and_told_of_when_they_change(tmp_path):
    first = published.put_programs(tmp_path)
    assert first == {
        name: hashlib.sha256(published.source(name).read_bytes()).hexdigest() for name in published.PROGRAMS
    }
    assert published.put_programs(tmp_path) == {}
    (tmp_path / "programs" / published.PROGRAMS[0]).write_text("print('intact')")
    assert list(published.put_programs(tmp_path)) == [published.PROGRAMS[0]]


def test_an_inspector_takes_the_proof_of_an_entry_and_it_holds_without_us(checkpoint, tmp_path):
    with acting(sequencer("log.sequence")):
        entry = logs.Leaf.objects.filter(log=logs.RECORD).order_by("-index").first().entry
    inspector = browser_of(a_person("inspector", PROVINCE))
    assert "Tải chứng minh" in inspector.get(f"/inspection/entries/{entry}").content.decode()
    (tmp_path / "proof").write_bytes(content(inspector.get(f"/inspection/entries/{entry}/proof")))
    told = content(inspector.get(f"/inspection/entries/{entry}/content"))
    (tmp_path / "entry").write_bytes(told)
    (tmp_path / "keys").write_text(VKEY)

    def verdict():
        command = [
            sys.executable, "-I", published.source("hamrong_verify.py"), "inclusion", tmp_path / "proof",
            "--entry", tmp_path / "entry", "--keys", tmp_path / "keys",
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, check=False, text=True).stdout

    assert verdict().startswith("intact: the entry is number")
    (tmp_path / "entry").write_bytes(told.replace(b"person:an", b"person:em"))
    assert verdict().startswith("TAMPERED")


def test_a_proof_holds_when_the_details_of_its_entry_are_erased(admin_connection):
    """Retention erases details and salt; entry, proof and key stay as they are."""
    entry = an_entry("test:erased")
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        logs.certify(logs.RECORD, signing(), NOW)
    key = notes.read_key(VKEY)
    told, proof = prove(entry, NOW)
    with tampering(admin_connection) as admin:
        assert admin.execute("delete from audit_detail where entry_id = %s", [entry]).rowcount == 1
    assert prove(entry, NOW)[0] == told
    for each in (proof, prove(entry, NOW)[1]):
        assert tlogproof.proves(tlogproof.read(each), told, key)


def test_an_entry_without_a_place_has_no_proof_yet():
    inspector, newest = browser_of(a_person("inspector", PROVINCE)), an_entry("test:published")
    assert inspector.get(f"/inspection/entries/{newest}/proof").status_code == 404
    assert "chưa có trong dấu ký nào" in inspector.get(f"/inspection/entries/{newest}").content.decode()
