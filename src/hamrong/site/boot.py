"""Opens the database and starts Django for a command of the command line."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string
from psycopg.errors import UndefinedColumn, UndefinedFunction, UndefinedTable

from hamrong.access.connections import is_lost, reason
from hamrong.site import database, keys
from hamrong.site.bootstrap import DatabaseProblem
from hamrong.site.cli import Unusable
from hamrong.site.environment import Environment, SettingError, read
from hamrong.site.migration import MigrationFailed
from hamrong.site.postgres import PostgresProblem

PROBLEMS = (SettingError, keys.KeyProblem, PostgresProblem, DatabaseProblem, MigrationFailed, ImproperlyConfigured)

NO_TABLES = (UndefinedTable, UndefinedColumn, UndefinedFunction)
EMPTY = (
    "the database has no tables, or old ones: run `hamrong migrate`, or `make run`. "
    "If the site was started with VAR= or DATABASE_URL=, give this command the same"
)


@contextmanager
def usable() -> Iterator[None]:
    """Turns every way in which settings, keys or database cannot be used into exit code 3 and one sentence."""
    try:
        yield
    except PROBLEMS as error:
        raise Unusable(str(error)) from error
    except Exception as error:
        if is_lost(error):
            raise Unusable(f"the database does not answer ({reason(error)})") from error
        if isinstance(error.__cause__, NO_TABLES):
            raise Unusable(EMPTY) from error
        raise


def environment() -> Environment:
    """The settings, with the keys of a demo made where they are missing."""
    env = read(os.environ)
    try:
        env.var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"VAR={env.var}: no folder can be made there ({error.strerror}); give another") from error
    if env.demo and not os.access(env.var, os.W_OK | os.X_OK):
        raise SettingError(f"VAR={env.var}: this user may not write there; give another folder")
    if env.demo:
        keys.make(env.keys_folder, demo=True)
    return env


@contextmanager
def application() -> Iterator[Callable[[str], Any]]:
    """Django on a database that answers. Yields a loader of dotted names: models exist only from here on.

    An embedded server that does not run yet is started, and stopped again at the end.
    """
    with usable():
        env = environment()
        with database.ready(env) as access:
            os.environ["DATABASE_URL"] = access.app
            os.environ["DATABASE_OWNER_URL"] = access.owner
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamrong.site.settings")
            django.setup()
            yield import_string
