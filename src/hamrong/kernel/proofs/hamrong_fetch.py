#!/usr/bin/env python3
"""Fetches a log as Hàm Rồng publishes it into a folder, so that it can be checked where there is no network.

    python3 hamrong_fetch.py https://ADDRESS/plates/log log
    python3 hamrong_fetch.py https://ADDRESS/audit audit

Needs hamrong_verify.py in the same folder, and Python's standard library. Run again, it fetches what is new. It checks
nothing: that is for hamrong_verify.py and hamrong_replay.py, without a network. Exit codes: 0 everything is there; 1
what the checkpoint promises is not all there, and what is missing; 2 nothing could be fetched; 3 wrong usage.
"""

import argparse
import json
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from hamrong_verify import Bad, Unknown, entries_of, note_of, tile

MOST = 10**9  # entries that a log is believed to have


class Copy:
    """A folder that becomes a copy of what lies at an address; `lacks` is what was not there."""

    def __init__(self, address, folder):
        self.address, self.folder, self.lacks = address.rstrip("/"), Path(folder), []

    def get(self, path, needed=True, again=False):
        """Have a file in the folder, fetched unless it is there already; False where the address has none."""
        file = self.folder / path
        if file.is_file() and not again:
            return True
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=60) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            self.lacks += [path] if needed else []
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return True

    def whole(self, size):
        """Every tile of hashes; then, of a log whose entries are public, these and the files that they name."""
        level, left = 0, size
        while left:
            for start in range(0, left, 256):
                self.get(tile(level, start // 256, min(256, left - start)))
            level, left = level + 1, left // 256
        if not size or not self.get(tile("entries", 0, min(256, size)), needed=False):
            return "hashes, without their entries"
        for start in range(0, size, 256):
            self.get(tile("entries", start // 256, min(256, size - start)))
        for index, raw in () if self.lacks else entries_of(self.folder, size):
            entry = json.loads(raw)
            if re.fullmatch("[0-9a-f]{64}", str(entry.get("file", ""))):
                self.get(f"files/{entry['file']}")
            if entry["type"] == "seal":
                self.get(f"seals/{index}", needed=False)  # it comes when the batch is drawn
        return "entries"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: sys.exit(print(f"wrong usage: {message}", file=sys.stderr) or 3)
    parser.add_argument("address", help="where the log is published: https://…/plates/log or https://…/audit")
    parser.add_argument("folder")
    asked = parser.parse_args(arguments)
    copy = Copy(asked.address, asked.folder)
    try:
        if not copy.get("checkpoint", again=True):
            raise Unknown("no log is published there")
        note = note_of((copy.folder / "checkpoint").read_bytes())
        if note[3] > MOST:
            raise Unknown("the checkpoint speaks of more entries than can be")
        kind = copy.whole(note[3])
    except (OSError, ValueError, KeyError, AttributeError, Bad, Unknown) as problem:
        print(f"cannot fetch {copy.address}: {problem}")
        return 2
    print(f"{note[3]} {kind} of {note[2]} in {copy.folder}")
    for path in copy.lacks:
        print(f"NOT THERE {path}")
    return 1 if copy.lacks else 0


if __name__ == "__main__":
    sys.exit(main())
