"""Makes the database, its roles and their rights on a server, given an administrator's connection."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hamrong.site.postgres import OLDEST

SCRIPT: Final = Path(__file__).with_name("bootstrap.sql")
OWNER: Final = "hamrong_owner"
APP: Final = "hamrong_app"
DEFAULT_NAME: Final = "hamrong"


class DatabaseProblem(Exception):
    """A database that cannot be used as it is; the text says what to change."""


@dataclass(frozen=True, slots=True)
class Access:
    """Addresses of one database: for the application, and for the owner who migrates ('' when not given)."""

    app: str
    owner: str


def bootstrap(admin_url: str, passwords: Mapping[str, str], *, name: str = DEFAULT_NAME) -> Access:
    """Make roles and database `name` where they are missing, set both passwords; harmless to repeat."""
    with connect(admin_url) as connection:
        check_version(connection.info.server_version)
        with connection.transaction():
            # Two processes that start together would both find a role missing.
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('hamrong bootstrap'))")
            connection.execute(SCRIPT.read_bytes())
            for role in (OWNER, APP):
                statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(passwords[role])
                )
                connection.execute(statement)
        make_database(connection, name)
    inside = with_database(admin_url, name)
    with connect(inside) as connection:
        check_collation(connection)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('hamrong bootstrap'))")
            connection.execute(SCRIPT.read_bytes())
    return Access(as_role(inside, APP, passwords[APP]), as_role(inside, OWNER, passwords[OWNER]))


def make_database(connection: psycopg.Connection, name: str, *, template: str = "template0") -> None:
    """Create database `name` in C order, owned by the owner role, unless it exists."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )
    connection.execute(
        sql.SQL("GRANT CREATE, CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(OWNER))
    )


def connect(url: str) -> psycopg.Connection:
    """An autocommit connection; DatabaseProblem when the server cannot be reached."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        raise DatabaseProblem(
            f"the database does not answer: {said}. Start it, or correct DATABASE_URL: it names a database that "
            "exists, such as postgresql://user:password@host/postgres for an administrator; "
            "empty, the embedded server is used"
        ) from error


def check_version(number: int) -> None:
    """DatabaseProblem for a server older than we need (Debian 12 ships 15); `number` as libpq gives it: 150018."""
    version = number // 10_000
    if version < OLDEST:
        raise DatabaseProblem(
            f"the server is PostgreSQL {version}; {OLDEST} or newer is needed. "
            "Leave DATABASE_URL empty to use the embedded server"
        )


def check_collation(connection: psycopg.Connection) -> None:
    """DatabaseProblem when text is not ordered by bytes: our sort keys are made for that order."""
    row = connection.execute(
        "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if row not in {("C", "UTF8"), ("C.UTF-8", "UTF8"), ("POSIX", "UTF8")}:
        raise DatabaseProblem(
            f"the database has collation and encoding {row}: create it with "
            "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        )


def is_administrator(connection: psycopg.Connection) -> bool:
    """Whether the connected role can make roles."""
    row = connection.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
    return row is not None and bool(row[0])


def with_database(url: str, name: str) -> str:
    return make_conninfo(url, dbname=name)


def as_role(url: str, role: str, password: str) -> str:
    return make_conninfo(url, user=role, password=password)


def database_name(url: str) -> str:
    """The database that an administrator's address names; `hamrong` when it names only the maintenance database."""
    name = str(conninfo_to_dict(url).get("dbname") or "postgres")
    return DEFAULT_NAME if name == "postgres" else name
