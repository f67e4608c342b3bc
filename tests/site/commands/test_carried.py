"""The round by USB stick, with the commands of docs/audit.md: the installation's folder here, the witness's there."""

import dataclasses
import json
import shutil

import pytest
from click.testing import CliRunner
from django.conf import settings

from hamrong.access.walls import acting
from hamrong.audit import logs
from hamrong.audit.models import Checkpoint, Cosignature
from hamrong.kernel.proofs import notes
from hamrong.site.cli import hamrong
from tests.audit.streams import a_stream
from tests.plates.owners import sequencer
from tests.signer import KEYS, ORIGIN, signing
from tests.world import NOW

LOG = notes.key_of(f"{ORIGIN}/audit", notes.ED25519, KEYS["log.audit"])


def run(*words):
    done = CliRunner().invoke(hamrong, list(map(str, words)))
    return done.exit_code, done.output


def grow():
    """Some more entries and a checkpoint over them; its size."""
    a_stream(3)
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        return logs.certify(logs.RECORD, signing(), NOW).size


@pytest.fixture
def there(tmp_path, monkeypatch):
    """The witness's own folder; the installation knows it, without an address."""
    name = f"vks-{tmp_path.name}.test"
    _, told = run("witness", "init", tmp_path / "there", "--name", name)
    vkey, value = (line.split()[1] for line in told.strip().splitlines())
    assert run("witness", "know", tmp_path / "there", LOG)[0] == 0
    (tmp_path / "here").mkdir()
    (tmp_path / "here/witnesses.json").write_text(json.dumps([{"vkey": vkey, "vrf": value, "outside": True}]))
    monkeypatch.setattr(settings, "ENVIRONMENT", dataclasses.replace(settings.ENVIRONMENT, var=tmp_path / "here"))
    monkeypatch.setenv("VAR", str(tmp_path / "here"))
    return tmp_path / "there"


@pytest.fixture
def stick(tmp_path):
    return tmp_path / "stick"


def carried(stick, ending):
    return sorted(each.name for each in stick.glob(f"audit--*{ending}"))


def ask(stick):
    """Exchange at the installation's side. The log of plates, which other tests grow, is nothing to this witness."""
    answer = run("audit", "witness", stick)
    for each in stick.glob("plates--*"):
        each.unlink()
    return answer


def cosigned(there, size):
    name = (there / "name").read_text().strip()
    return Cosignature.objects.filter(log="audit", size=size, witness=name).exists()


def test_a_checkpoint_goes_to_the_witness_and_its_cosignature_comes_back(there, stick):
    for _ in range(2):
        size = grow()
        assert ask(stick)[0] == 0
        assert run("witness", "usb", there, stick)[0] == 0
        assert not cosigned(there, size)
        code, told = ask(stick)
        assert (code, told.startswith("1 cosignatures taken")) == (0, True), told
        assert cosigned(there, size)
        assert carried(stick, "") == [], "nothing is left to be carried"
    assert f"\n{size}\n" in run("witness", "show", there)[1]
    with acting(sequencer("log.sequence")):
        note = notes.read(logs.noted("audit", size))
    key = notes.read_key(run("witness", "show", there)[1].split()[1])
    assert notes.cosigned_at(note, key)


def test_where_there_is_nothing_to_carry_both_sides_say_so(there, stick):
    (there.parent / "here/witnesses.json").write_text("[]")
    assert "nothing to carry" in run("audit", "witness", stick)[1]
    stick.mkdir(exist_ok=True)
    assert run("witness", "usb", there, stick) == (0, f"no requests in {stick}: there is nothing to cosign\n")


def test_a_newer_request_takes_the_place_of_the_older(there, stick):
    grow()
    ask(stick)
    size = grow()
    ask(stick)
    assert [f"--{size}--" in name for name in carried(stick, ".request")] == [True]


@pytest.mark.parametrize("grown", [False, True])
def test_a_stick_that_was_lost_on_its_way_back_is_made_up_for(there, stick, grown):
    size = grow()
    ask(stick)
    run("witness", "usb", there, stick)
    shutil.rmtree(stick)
    size = grow() if grown else size
    ask(stick)
    code, told = run("witness", "usb", there, stick)
    assert code == 1 and carried(stick, ".refused"), told
    assert ask(stick)[0] == 0
    assert ask(stick)[0] == 0, "twice does no harm"
    assert run("witness", "usb", there, stick)[0] == 0
    assert ask(stick)[0] == 0
    assert cosigned(there, size) and carried(stick, "") == []


def test_what_is_no_cosignature_is_not_taken_and_named(there, stick):
    size = grow()
    ask(stick)
    run("witness", "usb", there, stick)
    (file,) = stick.glob("audit--*.cosignature")
    file.write_text(file.read_text().replace("A", "B"))
    (stick / "audit--7--nobody.cosignature").write_text("x")
    code, told = ask(stick)
    assert code == 1 and "not the signature of" in told and "no checkpoint and witness of ours" in told
    assert not cosigned(there, size)


def test_a_witness_that_keeps_another_checkpoint_is_told_of(there, stick):
    """It signed another log of the same size, or one that is longer than ours: fork, and rollback."""
    size = grow()
    ask(stick)
    (request,) = stick.glob("audit--*.request")
    asked = request.read_text()
    request.write_text(asked.replace("old 0\n", f"old {size}\n"))
    request.with_suffix(".refused").write_text(f"{size}\n")
    code, told = run("audit", "witness", stick)
    assert (code, "two logs were signed" in told) == (1, True), told
    with acting(sequencer("log.sequence")):
        newest = Checkpoint.objects.filter(log="audit").order_by("-size").first().size
    next(stick.glob("audit--*.refused")).write_text(f"{newest + 5}\n")
    code, told = run("audit", "witness", stick)
    assert (code, "it was cut" in told) == (1, True), told


def test_a_file_of_witnesses_in_another_form_is_told_in_words(there, stick):
    for content in ("{", "[1]", '[{"vkey": "x"}]'):
        (settings.ENVIRONMENT.var / "witnesses.json").write_text(content)
        code, told = run("audit", "witness", stick)
        assert (code, "a list of witnesses" in told) == (3, True), told
