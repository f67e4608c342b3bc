"""The nightly work as the operator runs it by hand."""

import subprocess
import sys


def hamrong(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "hamrong.site.cli", "jobs", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_dry_run_of_the_purge_prints_a_count_of_every_kind() -> None:
    done = hamrong("purge", "--dry-run")
    assert done.returncode == 0, done.stderr
    counts = dict(line.split() for line in done.stdout.splitlines())
    assert {"stays", "documents", "contacts", "answers", "drafts", "sources", "audit_details"} <= counts.keys()
    assert all(count.isdigit() for count in counts.values())


def test_without_the_ministrys_address_nothing_is_handed_on() -> None:
    done = hamrong("forward")
    assert (done.returncode, done.stdout) == (0, "")
