"""Petitions and receptions keep the dates of the law: those that are there keep what the law of today says."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import migrations, models

from hamrong.law import LawError
from hamrong.petitions.owed import AFTER, FIRST, reckoned
from hamrong.petitions.rules import table

ROOM = Path(__file__).parent.parent
WALKS = "create policy owner_dates on {0} to hamrong_owner using (true) with check (true); alter table {0} disable trigger user"
ENDS = "alter table {0} enable trigger user; drop policy owner_dates on {0}"
PUT = "update {0} set rule = %s, strict = %s, legal = %s, law_version = %s, calendar = %s where {1} = %s and {2} = %s"


def keep_dates(apps, schema_editor) -> None:
    """The record of audit has no entry of it: nothing is changed that anybody was told."""
    clocks = {name: row.clock for name, row in table().items() if row.clock and row.notice != "none"}
    with schema_editor.connection.cursor() as cursor:
        for name, since, which, rules in (
            ("petitions_petition", "received_on", "case sorting when '' then kind else sorting end", {**FIRST, **clocks}),
            ("petitions_reception", "held_on", '"end"', AFTER),
        ):
            cursor.execute(WALKS.format(name))
            cursor.execute(f"select distinct {which}, {since} from {name}")
            found = list(dates(cursor.fetchall(), rules))
            cursor.executemany(PUT.format(name, which, since), found)
            cursor.execute(ENDS.format(name))


def dates(rows: list[tuple[str, date]], rules: dict[str, str]) -> Iterator[tuple[object, ...]]:
    """What to keep for every kind or way of sorting and day; nothing where the law has no date."""
    for each, since in rows:
        try:
            due = reckoned(rules.get(each, ""), since)
        except LawError:
            continue
        yield due.rule, due.strict, due.legal, due.law_version, due.calendar_hash, each, since



class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_footing'),
        ('petitions', '0028_facts'),
    ]

    operations = [
        migrations.AddField(
            model_name='petition',
            name='calendar',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='petition',
            name='law_version',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='petition',
            name='legal',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='petition',
            name='rule',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='petition',
            name='strict',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='reception',
            name='calendar',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='reception',
            name='law_version',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='reception',
            name='legal',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='reception',
            name='rule',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='reception',
            name='strict',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('told_on__isnull', True), models.Q(('rule', ''), _negated=True)), fields=['legal'], name='petition_owed'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('law_version', ''), ('legal__isnull', True), ('rule', ''), ('strict__isnull', True)), models.Q(models.Q(('rule', ''), _negated=True), models.Q(('law_version', ''), _negated=True), ('legal__isnull', False), ('strict__isnull', False), ('strict__lte', models.F('legal'))), _connector='OR'), name='petition_date_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reception',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('law_version', ''), ('legal__isnull', True), ('rule', ''), ('strict__isnull', True)), models.Q(models.Q(('rule', ''), _negated=True), models.Q(('law_version', ''), _negated=True), ('legal__isnull', False), ('strict__isnull', False), ('strict__lte', models.F('legal'))), _connector='OR'), name='reception_date_is_whole'),
        ),
        migrations.RunSQL((ROOM / "followed_dates.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunPython(keep_dates, migrations.RunPython.noop),
    ]
