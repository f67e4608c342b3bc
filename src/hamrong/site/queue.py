"""The queue of background jobs, which is a table of the same database (Procrastinate)."""

import asyncio

from django.db import connection
from procrastinate.contrib.django import app, django_connector

from hamrong.kernel.structs import make_ready


def work(*, once: bool, concurrency: int) -> None:
    """Work off jobs of every queue until the process is asked to end, or until nothing is left (`once`)."""
    make_ready()
    asyncio.run(_work(once=once, concurrency=concurrency))


async def _work(*, once: bool, concurrency: int) -> None:
    connector = (
        django_connector.DjangoConnector().get_worker_connector()
    )  # Django's own connections are not for waiting
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            await worker_app.run_worker_async(wait=not once, concurrency=concurrency)


def counts() -> list[tuple[str, str, int]]:
    """(queue, status, number of jobs), in alphabetical order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY queue_name, 2"
        )
        return [(str(queue), str(status), int(number)) for queue, status, number in cursor.fetchall()]
