"""`hamrong migrate`: the database brought to the present."""

import click

from hamrong.site import boot, database, migration
from hamrong.site.bootstrap import DatabaseProblem


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing but problems.")
def migrate(quiet: bool) -> None:
    """Make or update tables and reference data, as the role that owns them.

    In production DATABASE_OWNER_URL names that role.
    """
    with boot.usable(), database.ready(boot.environment()) as access:
        if not access.owner:
            raise DatabaseProblem("DATABASE_OWNER_URL is needed: the application's own role may not change tables")
        migration.migrate(access, quiet=quiet)
