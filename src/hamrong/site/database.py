"""Which database this process uses: the embedded server, or the one that DATABASE_URL names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hamrong.site import keys
from hamrong.site.bootstrap import (
    APP,
    OWNER,
    Access,
    DatabaseProblem,
    bootstrap,
    check_version,
    connect,
    database_name,
    is_administrator,
)
from hamrong.site.environment import Environment
from hamrong.site.postgres import Cluster


def passwords(folder: Path) -> dict[str, str]:
    """The passwords of the database roles that we make ourselves, by role."""
    return {role: keys.password(folder, role) for role in keys.PASSWORDS}


def embedded(env: Environment) -> Cluster:
    """The embedded cluster of this installation, running or not."""
    options = {"shared_buffers": f"{env.postgres_memory}MB"}
    return Cluster(env.var / "pg", passwords(env.keys_folder), port=env.postgres_port, options=options)


def access(env: Environment) -> Access:
    """Addresses from the settings alone; nothing is connected."""
    if env.database_url:
        return Access(env.database_url, env.database_owner_url)
    cluster = embedded(env)
    return Access(cluster.url(APP), cluster.url(OWNER))


@contextmanager
def ready(env: Environment) -> Iterator[Access]:
    """A database that answers, with roles and rights in place; a server started here is stopped at the end."""
    if env.database_url:
        yield _given(env)
        return
    cluster = embedded(env)
    ours = not cluster.is_held()
    try:
        if ours:
            cluster.start()
        yield bootstrap(cluster.url(database="postgres"), cluster.passwords)
    finally:
        if ours:
            cluster.stop()


def _given(env: Environment) -> Access:
    with connect(env.database_url) as connection:
        check_version(connection.info.server_version)
        administrator = is_administrator(connection)
    if not administrator:
        return access(env)
    if not env.demo:
        raise DatabaseProblem("DATABASE_URL names a role that can make roles: give hamrong_app, see docs/operations.md")
    return bootstrap(env.database_url, passwords(env.keys_folder), name=database_name(env.database_url))
