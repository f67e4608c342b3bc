#!/usr/bin/env python3
"""Checks what Hàm Rồng publishes, with Python's standard library alone (3.9 or newer): logs, draws, receipts.

    python3 hamrong_verify.py checkpoint FILE --keys KEYS [--trusted FILE [--proof FILE]]
    python3 hamrong_verify.py inclusion PROOF --entry FILE --keys KEYS
    python3 hamrong_verify.py log DIR --keys KEYS [--trusted FILE]
    python3 hamrong_verify.py tiles DIR --keys KEYS [--trusted FILE]
    python3 hamrong_verify.py receipt FILE|TEXT --keys KEYS

KEYS is keys.json as published and as printed in the office, /receipts/key for receipts of lodging, or a text of
verifier keys. Exit codes: 0 intact; 1 tampered with or withheld, and what is named; 2 cannot tell; 3 wrong usage. It
shares no code with what it checks. A whole log of draws is replayed by hamrong_replay.py beside it.
"""

# long: one file, so that a stranger can fetch it, read it and run it; 400 lines of code at the most, which a test holds

import argparse
import base64
import hashlib
import json
import re
import sys
import zlib
from pathlib import Path

INTACT, TAMPERED, CANNOT_TELL, USAGE = 0, 1, 2, 3


class Bad(Exception):
    """Tampered with: a class in one word, and what exactly."""

    def __init__(self, kind, what):
        super().__init__(f"{kind}: {what}")


class Unknown(Exception):
    """Nothing can be said: a file is missing or is not what it should be."""


# Ed25519 (RFC 8032), in whole numbers: slow, small, and the same everywhere

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = NEUTRAL
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def encoded(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decoded(raw):
    """A point from its 32 bytes, None where they are none or not the canonical ones."""
    told = int.from_bytes(raw, "little")
    y, sign = told & (1 << 255) - 1, told >> 255
    if len(raw) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


NEUTRAL = (0, 1, 1, 0)
BASE = decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    a, r = decoded(public), decoded(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(k, a)))


# ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, suite 3); key and gamma in the subgroup of prime order


def sound(point):
    return point is not None and same(times(L, point), NEUTRAL) and not same(point, NEUTRAL)


def proved(public, alpha, proof):
    """The output of a proof, 64 bytes; None where it is wrong."""
    y, gamma = decoded(public), decoded(proof[:32])
    c, s = int.from_bytes(proof[32:48], "little"), int.from_bytes(proof[48:], "little")
    if len(proof) != 80 or s >= L or not sound(y) or not sound(gamma):
        return None
    for counter in range(256):
        h = decoded(hashlib.sha512(b"\x03\x01" + public + alpha + bytes([counter]) + b"\x00").digest()[:32])
        h = h and times(8, h)
        if h and not same(h, NEUTRAL):
            break
    u, v = add(times(s, BASE), times(L - c, y)), add(times(s, h), times(L - c, gamma))
    points = b"".join(map(encoded, (y, h, gamma, u, v)))
    if hashlib.sha512(b"\x03\x02" + points + b"\x00").digest()[:16] != proof[32:48]:
        return None
    return hashlib.sha512(b"\x03\x03" + encoded(times(8, gamma)) + b"\x00").digest()


# Merkle trees (RFC 6962), signed notes and tiles (C2SP)


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(nodes, size, hash_):
    """One more leaf hash in a compact range (the roots of whole subtrees, from left to right), in place."""
    while size & 1:
        hash_, size = node(nodes.pop(), hash_), size >> 1
    nodes.append(hash_)


def root(nodes):
    if not nodes:
        return hashlib.sha256(b"").digest()
    current = nodes[-1]
    for left in nodes[-2::-1]:
        current = node(left, current)
    return current


def climbed(entry, index, size, path):
    """The root that a path leads to; None where it does not fit."""
    current, last, rest = leaf(entry), size - 1, list(path)
    if not 0 <= index < size:
        return None
    while last:
        if index & 1 or index < last:
            if not rest:
                return None
            current = node(rest.pop(0), current) if index & 1 else node(current, rest.pop(0))
        index, last = index >> 1, last >> 1
    return None if rest else current


def continued(old, old_root, new, path):
    """The root of the newer tree that a proof of consistency leads to; None where it does not begin with the older."""
    if not 0 < old < new:
        return None
    rest = list(path) if old & (old - 1) else [old_root, *path]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not rest:
        return None
    before = after = rest.pop(0)
    for each in rest:
        if not last:
            return None
        if at & 1 or at == last:
            before, after = node(each, before), node(each, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, each)
        at, last = at >> 1, last >> 1
    return after if before == old_root and not last else None


def strict(text):
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the one form of base64")
    return raw


def note_of(raw):
    """Text, lines of signature (name, key id, signature), origin, size and root of a signed checkpoint."""
    try:
        body, _, under = raw.decode().rpartition("\n\n")
        origin, size, root = body.split("\n")
        lines = []
        for line in under[:-1].split("\n"):
            dash, name, raw = line.split(" ")
            if dash != "\u2014":
                raise ValueError(line)
            lines.append((name, strict(raw)[:4], strict(raw)[4:]))
        if f"{origin}\n{int(size)}\n{root}" != body or under[-1] != "\n" or int(size) < 0 or len(strict(root)) != 32:
            raise ValueError("origin, size or root")
        return body + "\n", lines, origin, int(size), strict(root)
    except (ValueError, AttributeError) as error:
        raise Unknown("not a signed checkpoint: damaged, cut off, or another kind of file") from error


def key_of(vkey):
    name, identity, raw = vkey.strip().split("+", 2)
    raw = strict(raw)
    if hashlib.sha256(f"{name}\n".encode() + raw).digest()[:4].hex() != identity:
        raise Unknown(f"the verifier key of {name} is damaged")
    return name, bytes.fromhex(identity), raw[1:]


def check_signed(note, keys, origin=None):
    """The checkpoint is signed by a log that is trusted; other lines are of witnesses."""
    text, lines, told, _, _ = note
    known = {name: (identity, public) for name, identity, public in map(key_of, keys["logs"])}
    if told not in known or (origin and told != origin):
        raise Bad("unknown-key", f"no trusted key for the log {told!r}")
    found = [signature for name, identity, signature in lines if (name, identity) == (told, known[told][0])]
    if not found or not all(signed(known[told][1], text.encode(), each) for each in found):
        raise Bad("signature", f"the checkpoint of {told} with {note[3]} entries is not signed with its key")
    if note[3] == 0 and note[4] != root([]):
        raise Bad("root", "a log without entries has another root")


def cosigned(note, vkey):
    """When a witness cosigned, in Unix seconds; None where it did not."""
    name, identity, public = key_of(vkey)
    for line in note[1]:
        if line[:2] == (name, identity) and len(line[2]) == 72:
            time = int.from_bytes(line[2][:8], "big")
            if signed(public, f"cosignature/v1\ntime {time}\n{note[0]}".encode(), line[2][8:]):
                return time
    return None


def tile(kind, number, width):
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03d}")
    return f"tile/{kind}/{'/'.join(parts)}" + (f".p/{width}" if width < 256 else "")


def read(file, promised=0):
    """The content of a file. One that belongs to what a signed checkpoint promises is missed by its name."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        if promised and isinstance(error, FileNotFoundError):
            raise Bad("missing", f"{file} belongs to the {promised} entries that are signed for") from error
        raise Unknown(f"{file}: {error.strerror}") from error


def entries_of(folder, size):
    """Every entry of an exported log, in order; its bundles must hold as many as they should."""
    for start in range(0, size, 256):
        width = min(256, size - start)
        path = tile("entries", start // 256, width)
        content, place, count = read(Path(folder) / path, size), 0, 0
        while place < len(content):
            length = int.from_bytes(content[place : place + 2], "big")
            entry, place = content[place + 2 : place + 2 + length], place + 2 + length
            count += 1
            if place > len(content) or count > width:
                break
            yield start + count - 1, entry
        if place != len(content) or count != width:
            raise Bad("tile", f"{path} does not hold the {width} entries from {start} on")


def hashes_of(folder, size):
    """Every leaf hash of a log whose entries are not public, in order, out of its tiles."""
    for start in range(0, size, 256):
        path = tile(0, start // 256, min(256, size - start))
        content = read(Path(folder) / path, size)
        if len(content) != 32 * min(256, size - start):
            raise Bad("tile", f"{path} does not hold the {min(256, size - start)} hashes from {start} on")
        for place in range(0, len(content), 32):
            yield start + place // 32, content[place : place + 32]


def leaves_of(folder, size, see, wanted):
    for index, entry in entries_of(folder, size):
        see(index, entry, wanted)
        yield index, leaf(entry)


def check_log(folder, keys, trusted, see):
    """A whole exported log: entries, hash tiles, root, signature, and that it continues what was trusted.

    With `see` None the entries are not there, and hashes are taken from the tiles.

    `see` is shown every entry, and may want the tree to have a root when it has a size: `wanted[size] = (root, Bad)`.
    """
    note, nodes, levels = note_of(read(Path(folder) / "checkpoint")), [], {}
    check_signed(note, keys)
    wanted = {note[3]: (note[4], Bad("root", f"the {note[3]} entries have another root than the checkpoint says"))}
    follows(trusted, note)
    if see and note[3] and note[2].endswith("/audit") and not (Path(folder) / "tile/entries").exists():
        raise Unknown("the entries of the record are not published: `tiles` checks their hashes")
    if trusted:
        fork = Bad("fork", f"the first {trusted[3]} entries are not those that were seen before")
        wanted.setdefault(trusted[3], (trusted[4], fork))
    check_root(wanted, nodes, 0)
    leaves = leaves_of(folder, note[3], see, wanted) if see else hashes_of(folder, note[3])
    for index, hash_ in leaves:
        into_tiles(folder, levels, 0, hash_, note[3])
        grow(nodes, index, hash_)
        check_root(wanted, nodes, index + 1)
    if wanted:
        raise Bad("rollback", f"{max(wanted)} entries were signed for, and now there are {note[3]}")
    for level, (at, hashes) in levels.items():
        check_tile(folder, level, at, hashes, note[3])
    return note


def check_root(wanted, nodes, size):
    """What the tree of so many entries should be: taken out of `wanted`, and compared."""
    expected, bad = wanted.pop(size, (None, None))
    if expected is not None and expected != root(nodes):
        raise bad


def into_tiles(folder, levels, level, hash_, size):
    at, hashes = levels.setdefault(level, (0, []))
    hashes.append(hash_)
    if len(hashes) == 256:
        check_tile(folder, level, at, hashes, size)
        levels[level], nodes = (at + 1, []), []
        for place, each in enumerate(hashes):
            grow(nodes, place, each)
        into_tiles(folder, levels, level + 1, nodes[0], size)


def check_tile(folder, level, at, hashes, size):
    path = tile(level, at, len(hashes))
    if hashes and read(Path(folder) / path, size) != b"".join(hashes):
        raise Bad("tile", f"{path} does not hold the hashes of the entries below it")


# The draw of plates (docs/plates-protocol.md)


def known(where, keys, kind, name):
    if name not in keys[kind]:
        raise Bad("unknown-key", f"{where}: KEYS has no {name!r} among its {kind}")
    return keys[kind][name]


def value_of(where, seal, sealed, draw, note, keys):
    """The 32 bytes that decide; Bad where a witness's proof is wrong, or the level is more than could be shown."""
    source, value, names = seal["source"], strict(draw["value"]), seal["witnesses"]
    if note:
        check_signed(note, keys)
    times = {name: cosigned(note, each["vkey"]) for name, each in keys["witnesses"].items()} if note else {}
    level, w = "C", bytes(32) if source == "server" and not value else None
    if source.startswith("drand:"):
        beacon, w = known(where, keys, "beacons", source[6:]), hashlib.sha256(value).digest()
        due = beacon["genesis"] + (seal["round"] - 1) * beacon["period"]
        timely = [name for name, time in times.items() if time and time < due and keys["witnesses"][name]["outside"]]
        level = "A" if timely else "C"
    elif source == "witness" and len(value) == 80 * len(names):
        alpha, outputs = b"hamrong plates witness v1\n" + sealed, []
        for at, name in enumerate(names):
            public = bytes.fromhex(known(where, keys, "witnesses", name)["vrf"])
            outputs.append(proved(public, alpha, value[at * 80 : at * 80 + 80]))
        w = None if None in outputs else hashlib.sha256(b"".join(outputs)).digest()
        level = "B" if len(set(names)) >= 2 and all(times.get(name) for name in names) else "C"
    if w is None:
        raise Bad("value", f"{where}: the value is not one that {source} gives")
    if draw["level"] not in ("C", level):
        raise Bad("level", f"{where} claims level {draw['level']}, and only {level} can be shown")
    return w


def check_rank(where, draw, hash_, w, keys):
    alpha = b"hamrong plates draw v1\n" + hash_ + w
    output = proved(bytes.fromhex(keys["vrf"]["draw"]), alpha, strict(draw["proof"]))
    if output is None:
        raise Bad("proof", f"{where}: the proof is wrong")
    if (int.from_bytes(output, "big") * draw["n"] >> 512) + 1 != draw["k"]:
        raise Bad("rank", f"{where}: another rank follows from the proof than {draw['k']}")


# Receipts

WORDS = (  # what every receipt says, so that it need not be in the code
    b'{"batch_index":0,"batch_path":[],"checkpoint":"hamrong.example/38/plates\\n\\n\xe2\x80\x94 ","draw":{"k":,'
    b'"level":"B","n":,"number":"36A","pool":"36-car","proof":"","seal":,"seq":,"type":"draw","value":""},"log_path":[""],"request":'
    b'{"commit":"","nonce":"","nullifier":"","office":"","pool":"36-car","seq":,"type":"request"},"seal":{"at":"2026-'
    b'T00:00:00Z","count":1,"epoch":1,"first":,"pool":"36-car","root":"","round":0,"source":"drand:52db9ba70e0cc0f6eaf7'
    b'803dd07447a1f5477735fd3f661792ba94600c84e971","type":"seal","witnesses":[]},"seal_index":,"signature":"","v":1}'
)


def plain(entry):
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def of_code(text):
    """A plate receipt from the text of its QR code: the file with hashes taken out, packed, then the hashes."""
    code = text.strip().upper().rpartition("/P/")[2]
    raw = base64.b32decode(code + "=" * (-len(code) % 8))
    end, packed = int.from_bytes(raw[:2], "big") + 2, zlib.decompressobj(zdict=WORDS)
    place = [end]

    def put_back(found):
        start, place[0] = place[0], place[0] + int(found[2])
        content = raw[start : place[0]]
        return content.hex() if found[1] == "#" else base64.b64encode(content).decode()

    told = json.loads(re.sub(r"([#$])(\d+);", put_back, packed.decompress(raw[2:end], 1 << 16).decode()))
    if place[0] != len(raw):
        raise ValueError("not the text of a receipt")
    return told


def check_plate(told, keys):
    request, seal, draw, note = told["request"], told["seal"], told["draw"], note_of(told["checkpoint"].encode())
    check_signed(note, keys, key_of(keys["log"])[0])
    batch, log = (list(map(bytes.fromhex, told[name])) for name in ("batch_path", "log_path"))
    same_place = request["seq"] == draw["seq"] and request["pool"] == seal["pool"] == draw["pool"]
    if not same_place or draw["seal"] != told["seal_index"] or not 1 <= draw["k"] <= draw["n"]:
        raise Bad("order", "request, seal and draw do not belong together")
    if climbed(plain(request), request["seq"] - seal["first"], seal["count"], batch) != bytes.fromhex(seal["root"]):
        raise Bad("seal", "the request is not where the seal says")
    if climbed(plain(seal), told["seal_index"], note[3], log) != note[4]:
        raise Bad("inclusion", "the seal is not in the log")
    w = value_of("the draw", seal, leaf(plain(seal)), draw, note, keys)
    check_rank("the draw", draw, leaf(plain(request)), w, keys)
    message = b"hamrong plates receipt v1\n" + plain(draw)
    if not signed(strict(keys["receipts"]), message, strict(told["signature"])):
        raise Bad("signature", "the police did not sign this number")
    beacon = f"; compare {draw['value']} with round {seal['round']} of the beacon" if seal["round"] else ""
    place = f"number {draw['k']} of {draw['n']} that remained, place {draw['seq']} of {draw['pool']}"
    return f"{draw['number']}: {place}, level {draw['level']}{beacon}; what remained, `plates` shows"


def check_lodging(told, keys):
    if not keys.get("lodging"):
        raise Unknown("KEYS has no key of lodging receipts; it is at /receipts/key")
    for public in keys["lodging"]:
        if signed(strict(public), plain(told["statement"]), strict(told["signature"])):
            return f"receipt {told['statement']['code']} was given"
    raise Bad("signature", "the receipt is not signed with a trusted key")


# The command line


def keys_of(file):
    """keys.json, the key of lodging receipts, or a text of verifier keys; always with a list of trusted logs."""
    text = read(file).decode()
    if not text.lstrip().startswith("{"):
        return {"logs": text.split()}
    keys = json.loads(text)
    if "public" in keys:
        return {"logs": [], "lodging": [keys["public"]]}
    return {"witnesses": {}, "beacons": {}, "lodging": [], **keys, "logs": [keys["log"], *keys.get("logs", [])]}


def anchor(trusted):
    return f"continues the {trusted[3]} entries seen before" if trusted else "UNANCHORED: no checkpoint was trusted"


def follows(trusted, note):
    if trusted and trusted[2] != note[2]:
        raise Unknown(f"another log: this is {note[2]}, and what was seen before is {trusted[2]}")
    if trusted and trusted[3] > note[3]:
        raise Bad("rollback", f"{trusted[3]} entries were seen before, and now there are {note[3]}")
    if trusted and trusted[3] == note[3] and trusted[4] != note[4]:
        raise Bad("fork", f"not the log of {trusted[3]} entries that was seen before")


def check_checkpoint(asked, keys, trusted):
    note = note_of(read(asked.what))
    check_signed(note, keys)
    follows(trusted, note)
    if not trusted or trusted[2:] == note[2:] or trusted[3] == 0:  # whatever there is continues a log without entries
        return f"{note[2]} has {note[3]} entries; {anchor(trusted)}"
    if not asked.proof:
        raise Unknown("a larger checkpoint needs --proof, or the whole log")
    path = [strict(line) for line in read(asked.proof).decode().split()]
    if continued(trusted[3], trusted[4], note[3], path) != note[4]:
        raise Bad("fork", "the proof does not lead from the checkpoint that was seen before to this one")
    return f"{note[2]} has {note[3]} entries; {anchor(trusted)}"


def check_inclusion(asked, keys, trusted):
    head, _, note = read(asked.what).decode().partition("\n\n")
    first, index, *path = head.split("\n")
    if first != "c2sp.org/tlog-proof@v1" or not re.fullmatch("index (0|[1-9][0-9]*)", index):
        raise Unknown(f"{asked.what} is not a proof of inclusion")
    note, index = note_of(note.encode()), int(index[6:])
    check_signed(note, keys)
    if climbed(read(asked.entry), index, note[3], map(strict, path)) != note[4]:
        raise Bad("inclusion", "the entry is not in the log")
    return f"the entry is number {index} of {note[2]}, signed when it had {note[3]}"


def check_whole(asked, keys, trusted):
    see = None if asked.do == "tiles" else lambda index, entry, wanted: None
    note = check_log(asked.what, keys, trusted, see)
    return f"{note[3]} {'entries' if see else 'hashes, without their entries,'} of {note[2]}; {anchor(trusted)}"


def check_receipt(asked, keys, trusted):
    is_file = len(asked.what) < 200 and (asked.what.endswith(".json") or Path(asked.what).is_file())
    text = read(asked.what).decode() if is_file else asked.what
    told = json.loads(text) if text.lstrip().startswith("{") else of_code(text)
    return check_lodging(told, keys) if "statement" in told else check_plate(told, keys)


DOES = {
    "checkpoint": check_checkpoint, "inclusion": check_inclusion, "log": check_whole, "tiles": check_whole,
    "receipt": check_receipt,
}  # fmt: skip


def main(arguments=None, does=DOES, about=__doc__):
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: sys.exit(print(f"wrong usage: {message}", file=sys.stderr) or USAGE)
    parser.add_argument("do", choices=tuple(does))
    parser.add_argument("what")
    for option in ("--keys", "--trusted", "--entry", "--proof"):
        parser.add_argument(option, required=option == "--keys")
    parser.add_argument("--quick", action="store_true", help="leave out the proofs, which take 12 ms each")
    asked = parser.parse_args(arguments)
    try:
        keys, trusted = keys_of(asked.keys), note_of(read(asked.trusted)) if asked.trusted else None
        if trusted:
            check_signed(trusted, keys)
        print("intact:", does[asked.do](asked, keys, trusted))
        return INTACT
    except Bad as bad:
        print("TAMPERED", bad)
        return TAMPERED
    except (Unknown, KeyError, ValueError, TypeError, AttributeError, IndexError, zlib.error) as problem:
        form = f"{asked.what[:80]} or {asked.keys} is damaged, cut off, or no file for this check: fetch both again"
        print("cannot tell:", problem if isinstance(problem, Unknown) else form)
        return CANNOT_TELL


if __name__ == "__main__":
    sys.exit(main())
