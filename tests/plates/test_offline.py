"""The two small programs that anybody can run: what is published is intact, and every manipulation has its name."""

import ast
import base64
import copy
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hamrong.kernel.proofs import checkpoints, hamrong_replay, hamrong_verify, merkle, notes, vrf
from hamrong.plates import entries, numbers, rules
from hamrong.plates.numbers import Run
from tests.kernel.proofs.test_hamrong_fetch import served
from tests.plates.logs import ORIGIN, RECORD, START, Log, a_receipt, public_keys, seed
from tests.plates.published import log, published

__all__ = ["log", "published"]

PROGRAMS = Path(hamrong_verify.__file__).parent


def replay(folder, *more):
    """Exit code and first words of the program."""
    arguments = ["plates", str(folder), "--keys", str(folder / "keys.json"), *map(str, more)]
    return hamrong_replay.main(arguments, does={"plates": hamrong_replay.check_plates})


def test_it_runs_alone_on_a_machine_without_us(published, tmp_path):
    for name in ("hamrong_verify.py", "hamrong_replay.py"):
        shutil.copy(PROGRAMS / name, tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(tmp_path / "hamrong_replay.py"), "plates", str(published), "--keys",
         str(published / "keys.json")],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "intact: 34 entries, 12 draws, every proof checked, 0 sealed and not drawn; UNANCHORED"
    )


def test_what_was_seen_before_anchors_it(published, log, tmp_path, capsys):
    (tmp_path / "seen").write_text(log.seals[min(log.seals)])
    assert replay(published, "--trusted", tmp_path / "seen", "--quick") == 0
    assert "continues the 6 entries seen before" in capsys.readouterr().out


def test_what_the_office_said_about_a_late_batch_is_part_of_the_log(log, tmp_path, capsys):
    said = copy.deepcopy(log)
    _remark(said, _sealed(said))
    said.write(tmp_path)
    assert replay(tmp_path, "--quick") == 0 and "35 entries, 12 draws" in capsys.readouterr().out


def entry(log, kind, number=0):
    return [each for each in log.data if each["type"] == kind][number]


MANIPULATIONS = {
    "number": (lambda log: entry(log, "draw", 5).update(number="36A12345"), "number"),
    "rank and number": (lambda log: _other_rank(log), "rank"),
    "count of what remained": (lambda log: entry(log, "draw", 5).update(n=5), "order"),
    "draw dropped": (lambda log: log.data.remove(entry(log, "draw", 5)), "order"),
    "two draws swapped": (lambda log: _swap(log, "draw", 4, 5), "order"),
    "two requests swapped": (lambda log: _swap(log, "request", 0, 1), "order"),
    "nonce": (lambda log: entry(log, "request", 1).update(nonce="00" * 16), "seal"),
    "office": (lambda log: entry(log, "request", 1).update(office="14797"), "seal"),
    "request put in": (lambda log: log.data.insert(2, {**entry(log, "request"), "nullifier": "11" * 32}), "order"),
    "vehicle twice": (
        lambda log: entry(log, "request", 4).update(nullifier=entry(log, "request")["nullifier"]), "nullifier",
    ),
    "proof": (lambda log: flip(entry(log, "draw", 5), "proof"), "proof"),
    "value of a witness": (lambda log: flip(entry(log, "draw", 4), "value"), "value"),
    "value of a beacon": (lambda log: [flip(entry(log, "draw", n), "value", 7) for n in (7, 8)], "proof"),
    "proof of another key": (lambda log: _foreign_key(log), "proof"),
    "level of the server": (lambda log: [entry(log, "draw", n).update(level="B") for n in range(3)], "level"),
    "level of a late witness": (lambda log: [entry(log, "draw", n).update(level="A") for n in (9, 10)], "level"),
    "seal of fewer requests": (lambda log: entry(log, "seal", 1).update(count=3), "seal"),
    "sealer of an old term": (lambda log: entry(log, "seal", 1).update(epoch=0), "epoch"),
    "event left out": (lambda log: log.data.remove(entry(log, "pool.return")), "pool"),
    "event between seal and draws": (lambda log: _event_between(log), "order"),
    "remaining after an event": (lambda log: entry(log, "pool.recall").update(remaining=1), "pool"),
    "file of numbers": (lambda log: log.files.update({entry(log, "pool.open")["file"]: b"36A00001\n"}), "file"),
    "series opened twice": (lambda log: log.data.append({**entry(log, "pool.open"), "pool": "36-other"}), "pool"),
    "released though nobody had it": (lambda log: _released(log, "36A06500"), "pool"),
    "held though nobody had it": (lambda log: _released(log, "36A06500", "pool.hold"), "pool"),
    "one witness counted twice": (lambda log: _one_witness_twice(log), "level"),
    "remark about no batch": (lambda log: _remark(log, 0), "form"),
    "empty remark": (lambda log: _remark(log, _sealed(log), " "), "form"),
    "unknown kind": (lambda log: log.data.append({"pool": "36-car", "type": "gift"}), "form"),
    "cosigned checkpoint of another log": (lambda log: _other_seal_note(log), "fork"),
}  # fmt: skip


def _sealed(log):
    return log.data.index(entry(log, "seal"))


def _remark(log, seal, text="Mất điện."):
    log.data.append(dict(entries.remark(pool="36-car", seal=seal, at=START, by="38", text=text)))


def _other_rank(log):
    told = entry(log, "draw", 11)
    told["k"] += 1
    series, value = log.left.kth(told["k"])
    told["number"] = f"{series}{value:05d}"


def _swap(log, kind, one, other):
    first, second = (log.data.index(entry(log, kind, place)) for place in (one, other))
    log.data[first], log.data[second] = log.data[second], log.data[first]


def flip(told, name, place=100):
    raw = bytearray(base64.b64decode(told[name]))
    raw[place % len(raw)] ^= 1
    told[name] = base64.b64encode(raw).decode()


def _foreign_key(log):
    told, request = entry(log, "draw", 0), entry(log, "request", 0)
    alpha = rules.alpha(merkle.leaf(entries.written(request)), rules.NO_VALUE)
    told["proof"] = base64.b64encode(vrf.prove(seed("another"), alpha)).decode()


def _event_between(log):
    event = entry(log, "pool.recall")
    log.data.remove(event)
    log.data.insert(log.data.index(entry(log, "draw", 11)), event)


def _released(log, number, type_="pool.release"):
    """One more event that gives a number back, as if an owner had had it."""
    file = f"{number}\n".encode()
    name = numbers.name_of(file)
    log.files[name] = file
    last = entry(log, "pool.recall")
    more = {"event": last["event"] + 1, "type": type_, "file": name, "count": 1}
    log.data.append({**last, **more, "remaining": len(log.left) + (type_ == "pool.release")})


def _one_witness_twice(log):
    """A seal that names the same witness twice, so that one alone decides, and draws that claim level B for it."""
    series, value = numbers.split(log.data[-1]["number"])
    log.left.give([numbers.Run(series, value, value)])
    del log.data[-3:]
    log.seals.pop(max(log.seals))
    log.seq -= 1
    log.batch(1, "witness", names=("hdnd.example", "hdnd.example"))


def _other_seal_note(log):
    index = next(index for index, each in enumerate(log.data) if each is entry(log, "seal", 1))
    note = notes.read(log.seals[index])
    origin, size, _, _ = note.text.split("\n")
    text = f"{origin}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n"
    log.seals[index] = notes.written(text, [notes.sign(text, ORIGIN, seed("log"))])


@pytest.mark.parametrize("name", MANIPULATIONS)
def test_whoever_rules_database_and_log_key_is_found_out(log, tmp_path, capsys, name):
    """Every manipulation is signed anew with the log's own key, so that only the rules of the draw can show it."""
    change, kind = MANIPULATIONS[name]
    tampered: Log = copy.deepcopy(log)
    change(tampered)
    tampered.write(tmp_path)
    assert replay(tmp_path) == 1
    assert capsys.readouterr().out.startswith(f"TAMPERED {kind}: ")


def test_a_last_batch_that_was_dropped_is_found_by_what_was_seen_before(log, tmp_path, capsys):
    (tmp_path / "seen").write_text(log.seals[max(log.seals)])
    shorter = copy.deepcopy(log)
    del shorter.data[-3:]
    shorter.seals.pop(max(shorter.seals))
    shorter.write(tmp_path)
    assert replay(tmp_path) == 0
    assert replay(tmp_path, "--trusted", tmp_path / "seen") == 1
    assert "rollback" in capsys.readouterr().out


def test_a_last_batch_that_was_dropped_is_found_by_a_checkpoint_that_witnesses_saw(log, tmp_path, capsys):
    """Whoever drops entries and leaves a cosigned checkpoint over them shows what was there."""
    shorter = copy.deepcopy(log)
    del shorter.data[-1:]
    shorter.seals[max(shorter.seals)] = log.cosigned_now()
    shorter.write(tmp_path)
    assert replay(tmp_path) == 1
    assert "rollback" in capsys.readouterr().out


def test_a_number_that_was_held_and_released_can_be_drawn_again(log, tmp_path):
    again = copy.deepcopy(log)
    number = entry(again, "draw", 0)["number"]
    _released(again, number, "pool.hold")
    held = again.data[-1]
    again.data.append({**held, "type": "pool.release", "event": held["event"] + 1, "remaining": len(again.left) + 1})
    again.write(tmp_path)
    assert replay(tmp_path) == 0


def test_another_log_of_the_same_length_is_a_fork(log, tmp_path, capsys):
    (tmp_path / "seen").write_text(log.seals[max(log.seals)])
    other = copy.deepcopy(log)
    entry(other, "pool.open").update(note="khác")
    other.seals.clear()
    other.write(tmp_path)
    assert hamrong_verify.main(["log", str(tmp_path), "--keys", str(tmp_path / "keys.json")]) == 0
    arguments = ["log", str(tmp_path), "--keys", str(tmp_path / "keys.json"), "--trusted", str(tmp_path / "seen")]
    assert hamrong_verify.main(arguments) == 1
    assert "fork" in capsys.readouterr().out


@pytest.mark.parametrize(("key", "kind"), [("another", "signature")])
def test_a_checkpoint_signed_with_another_key_is_named(log, tmp_path, capsys, key, kind):
    log.write(tmp_path, seed(key))
    assert replay(tmp_path) == 1
    assert kind in capsys.readouterr().out


def test_every_flipped_byte_of_what_is_published_is_found(log, tmp_path):
    """Every byte of the checkpoint, many of other files. Not covered: cosignatures that decide nothing (`seals/`)."""
    log.write(tmp_path)
    files = [
        file
        for file in tmp_path.rglob("*")
        if file.is_file() and file.name != "keys.json" and "seals" not in file.parts
    ]
    for file in files:
        content = file.read_bytes()
        for place in range(0, len(content), 1 if file.name == "checkpoint" else max(1, len(content) // 7)):
            file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert replay(tmp_path, "--quick") in (1, 2), (file, place)
        file.write_bytes(content)
        file.write_bytes(content[:-1])
        assert replay(tmp_path, "--quick") in (1, 2), file
        file.write_bytes(content)
    assert replay(tmp_path, "--quick") == 0


def test_a_witness_that_the_keys_do_not_know_is_named(log, tmp_path, capsys):
    log.write(tmp_path)
    keys = json.loads((tmp_path / "keys.json").read_bytes())
    del keys["witnesses"]["hdnd.example"]
    (tmp_path / "keys.json").write_text(json.dumps(keys))
    assert replay(tmp_path) == 1
    assert "TAMPERED unknown-key: entry " in (out := capsys.readouterr().out) and "'hdnd.example'" in out


def test_a_file_of_numbers_that_is_withheld_is_named(log, tmp_path, capsys):
    log.write(tmp_path)
    name = entry(log, "pool.open")["file"]
    (tmp_path / "files" / name).unlink()
    assert replay(tmp_path, "--quick") == 1
    assert f"TAMPERED missing: {tmp_path / 'files' / name} belongs to the 34 entries" in capsys.readouterr().out


def test_wrong_usage_and_what_nobody_can_tell_have_codes_of_their_own(published, tmp_path, capsys):
    with pytest.raises(SystemExit, match="3"):
        hamrong_verify.main(["receipt"])
    assert hamrong_verify.main(["receipt", "nonsense", "--keys", str(published / "keys.json")]) == 2
    capsys.readouterr()
    lost = str(tmp_path / "lost.plate.json")
    assert hamrong_verify.main(["receipt", lost, "--keys", str(published / "keys.json")]) == 2
    assert "No such file" in capsys.readouterr().out
    assert hamrong_verify.main(["log", str(tmp_path), "--keys", str(published / "keys.json")]) == 2
    assert hamrong_verify.main(["log", str(published), "--keys", str(tmp_path / "none")]) == 2
    assert public_keys().written() == (published / "keys.json").read_bytes()


def test_the_verifier_is_small_enough_to_be_read():
    """Lines of code, without comments, docstrings and empty lines."""
    source = Path(hamrong_verify.__file__).read_text("utf-8")
    told = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node)
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    code = [
        line
        for number, line in enumerate(source.split("\n"), 1)
        if number not in told and line.strip() and not line.strip().startswith("#")
    ]
    assert len(code) <= 400
    assert not re.search(r"^(?:import|from) (?!argparse|base64|hashlib|json|re|sys|zlib|pathlib)", source, re.MULTILINE)


def test_the_auditors_page_holds_commands_that_run(log, tmp_path):
    """Every command of docs/plates-auditors.md that begins with python3, in the order of the page."""
    page = (Path(__file__).parents[2] / "docs" / "plates-auditors.md").read_text("utf-8")
    commands = re.findall(r"^    python3 (.*)$", page, re.MULTILINE)
    assert len(commands) >= 6
    log.write(tmp_path / "log")
    shutil.copy(tmp_path / "log/keys.json", tmp_path)
    shutil.copytree(tmp_path / "log", tmp_path / "site/plates/log")
    Log(list(log.data)).write(tmp_path / "site/audit", seed("record"), RECORD)
    shutil.rmtree(tmp_path / "site/audit/tile/entries")
    for name in ("hamrong_fetch.py", "hamrong_verify.py", "hamrong_replay.py"):
        shutil.copy(PROGRAMS / name, tmp_path)
    (tmp_path / "kept-checkpoint").write_text(log.seals[min(log.seals)])
    (tmp_path / "a.plate.json").write_text(json.dumps(a_receipt(log, 5)))
    raw, old = log.raw(), checkpoints.read(notes.read(log.seals[min(log.seals)]).text).size
    proof = merkle.consistency(old, len(raw), lambda low, high: merkle.root(raw[low:high]))
    shutil.copy(tmp_path / "log/checkpoint", tmp_path / "plates-412.checkpoint")
    (tmp_path / "plates-97-412.proof").write_text("".join(f"{base64.b64encode(each).decode()}\n" for each in proof))
    with served(tmp_path / "site") as address:
        for command in commands:
            words = [sys.executable, "-I", "-S", *command.replace("https://ADDRESS", address).split()]
            done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
            expected = "34 " if "fetch" in command else "intact: "
            assert (done.returncode, done.stdout.startswith(expected)) == (0, True), (command, done.stdout, done.stderr)


def _kept(released=True):
    """A log in which a drawn plate was kept for its owner, and perhaps returned; with its number."""
    log = Log()
    log.happen("pool.open", Run("36A", 1, 99_999))
    log.batch(2)
    drawn = numbers.split(entry(log, "draw")["number"])
    log.happen("pool.hold", Run(drawn[0], drawn[1], drawn[1]))
    if released:
        log.happen("pool.release", Run(drawn[0], drawn[1], drawn[1]))
    log.batch(2)
    return log, drawn


@pytest.mark.parametrize("released", [False, True])
def test_plates_that_are_kept_and_return_leave_what_remains_to_be_replayed(released, tmp_path, capsys):
    log, _ = _kept(released)
    assert entry(log, "draw", 2)["n"] == (99_998 if released else 99_997)
    log.write(tmp_path)
    assert replay(tmp_path) == 0
    assert capsys.readouterr().out.startswith("intact")


def test_a_plate_that_nobody_was_given_is_neither_kept_nor_returned(tmp_path, capsys):
    for type_ in ("pool.hold", "pool.release"):
        log, (series, value) = _kept(released=False)
        other = value % 99_999 + 1
        if type_ == "pool.release":
            log.left.take([Run(series, other, other)])  # so that the forger's own count comes out right
        log.happen(type_, Run(series, other, other))
        log.write(tmp_path / type_)
        assert replay(tmp_path / type_) != 0
        assert "intact" not in capsys.readouterr().out
