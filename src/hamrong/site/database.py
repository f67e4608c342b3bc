"""Which database this process uses: the embedded server, or the one that DATABASE_URL names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass
class Held:
    """A database that answers, and the embedded server behind it, if it is one."""

    access: Access
    cluster: Cluster | None = None

    def revive(self) -> bool:
        """Start an embedded server that died; whether it had. PostgresProblem where it does not come back."""
        if self.cluster is None or self.cluster.running() is not None:
            return False
        self.cluster.start()
        return True


@contextmanager
def held(env: Environment) -> Iterator[Held]:
    """A database that answers, with roles and rights in place; a server started here is stopped at the end."""
    if env.database_url:
        yield Held(_given(env))
        return
    cluster = embedded(env)
    try:
        if not cluster.is_held():
            cluster.start()
        yield Held(bootstrap(cluster.url(database="postgres"), cluster.passwords), cluster)
    finally:
        if cluster.lock is not None:  # ours, perhaps only since whoever had it left
            cluster.stop()


@contextmanager
def ready(env: Environment) -> Iterator[Access]:
    """The same for a command that does not watch over it: the addresses."""
    with held(env) as database:
        yield database.access


def _given(env: Environment) -> Access:
    with connect(env.database_url) as connection:
        check_version(connection.info.server_version)
        administrator = is_administrator(connection)
    if not administrator:
        return access(env)
    if not env.demo:
        raise DatabaseProblem("DATABASE_URL names a role that can make roles: give hamrong_app, see docs/operations.md")
    return bootstrap(env.database_url, passwords(env.keys_folder), name=database_name(env.database_url))
