"""Background work of petitions; the clock is read here."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from hamrong.access.actors import Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.upkeep import as_keeper
from hamrong.papers.actions import sweeping
from hamrong.petitions.actions import indexing, opinions, publishing, settling
from hamrong.petitions.queries.lost import lost_files


@app.periodic(cron="50 2 * * *")
@app.task(name="petitions.settle", queue="housekeeping", queueing_lock="petitions.settle")
def settle(timestamp: int) -> None:
    """Shuffle yesterday's petitions."""
    try:
        now = timezone.now()
        grant = decide(keeper("petition.settle", now), "petition.settle", Target())
        assert not isinstance(grant, Refusal), "policy gives this to the keeper"
        settling.settle(by=grant, before=timezone.localdate(now), at=now)
    finally:
        connection.close()


@app.periodic(cron="25 3 * * *")
@app.task(name="petitions.drop_files", queue="housekeeping", queueing_lock="petitions.drop_files")
def drop_files(timestamp: int) -> None:
    """Delete files of petitions that are there no more."""
    try:
        now = timezone.now()
        by = as_keeper("attachment.sweep", "drop-files", now)
        sweeping.drop(by=by, numbers=lost_files(by), at=now, because="petition gone")
    finally:
        connection.close()


@app.periodic(cron="10 4 * * *")
@app.task(name="petitions.index_words", queue="housekeeping", queueing_lock="petitions.index_words")
def index_words(timestamp: int) -> None:
    """Make what came in before petitions were sought by words findable, too."""
    try:
        now = timezone.now()
        while indexing.index_words(by=as_keeper("petition.index", "index-words", now), at=now):
            pass
    finally:
        connection.close()


@app.periodic(cron="40 4 * * *")
@app.task(name="petitions.publish", queue="housekeeping", queueing_lock="petitions.publish")
def publish(timestamp: int) -> None:
    """Publish the numbers of quarters that have ended."""
    try:
        now = timezone.now()
        publishing.publish(by=as_keeper("petition.publish", "publish-quarters", now), at=now)
        opinions.forget_old(by=as_keeper("petition.publish", "publish-quarters", now), at=now)
    finally:
        connection.close()
