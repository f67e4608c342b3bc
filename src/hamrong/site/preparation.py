"""What comes between migrating and serving: the start-up checks, and the demo. Runs as the application's role."""

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

import click
import django
from django.utils.module_loading import import_string


class NotPrepared(Exception):
    """The child process that prepares ended with an error; it has printed why."""


def prepare(environ: Mapping[str, str], *, demo: bool) -> str:
    """Run this module in a child process; how to sign in to the demo, or '' without one."""
    command = [sys.executable, "-m", "hamrong.site.preparation", *(["--demo"] if demo else [])]
    done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise NotPrepared("this installation may not serve: see above")
    return done.stdout


def _prepare_here(*, demo: bool) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamrong.site.settings")
    django.setup()
    problems = import_string("hamrong.site.checks.refusals")()
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        return 1
    if demo:
        # Progress goes to the terminal by way of stderr; stdout is the answer.
        if not import_string("hamrong.site.demo.is_loaded")():
            import_string("hamrong.site.demo.load")("small", partial(click.echo, err=True))
        click.echo(import_string("hamrong.site.demo.sign_ins")())
    return 0


if __name__ == "__main__":
    sys.exit(_prepare_here(demo="--demo" in sys.argv))
