"""Opens a pool of a million numbers on an installation and files owners: `python -m tests.faults.pools COUNT`."""

import os
import secrets
import sys

import django

django.setup()

from bench import plates_world  # noqa: E402


def main() -> None:
    run = secrets.token_hex(4)
    own = "".join(secrets.choice("ABCDEFGHKL") for _ in range(3))  # no number is in two pools
    pool, _ = plates_world.open_pool([f"36{letter}{own}" for letter in "ABCDEFGHKL"])
    print(pool, *plates_world.file(os.environ["BENCH_ADMIN"], pool, run, int(sys.argv[1])))


if __name__ == "__main__":
    main()
