"""Brings a database to the present: tables, reference data. Runs as the owner, in a process of its own."""

import os
import subprocess
import sys

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

from hamrong.site.bootstrap import Access


class MigrationFailed(Exception):
    """The child process that migrates ended with an error; it has printed why."""


def migrate(access: Access, *, quiet: bool = False) -> None:
    """Run this module as the owner role. The caller's own process keeps the application's role."""
    environ = {**os.environ, "DATABASE_URL": access.app, "DATABASE_OWNER_URL": access.owner, "HAMRONG_AS_OWNER": "yes"}
    command = [sys.executable, "-m", "hamrong.site.migration", *(["--quiet"] if quiet else [])]
    done = subprocess.run(command, env=environ, check=False)
    if done.returncode != 0:
        raise MigrationFailed(f"the migration ended with code {done.returncode}")


def _migrate_here(verbosity: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamrong.site.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
    counts = import_string("hamrong.org.reference.sync")()
    if verbosity:
        print(f"Reference data: {counts}")


if __name__ == "__main__":
    _migrate_here(0 if "--quiet" in sys.argv else 1)
