"""`make bench`: every measurement in turn, each with its one line of JSON; ARGS= names some of them."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ALL = sorted(
    file.stem for file in FOLDER.glob("*.py") if "def main(" in file.read_text("utf-8") and file != Path(__file__)
)


def main() -> None:
    chosen = sys.argv[1:] or ALL
    if unknown := set(chosen) - set(ALL):
        raise SystemExit(f"no such measurement: {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}")
    worst = 0
    for name in chosen:
        print(f"== {name}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode)
    raise SystemExit(worst)


if __name__ == "__main__":
    main()
