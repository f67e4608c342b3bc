"""A reason given once for all rows of a batch; changing it is an act like changing the columns."""

from django.db import migrations, models

WATCH = """
drop trigger audited on lodging_batch;
drop trigger audited_truncate on lodging_batch;
select audit_watch('lodging_batch', 'mode, state, mapping, reason, source_sealed, accepted, accepted_with_warnings, duplicate, '
  'rejected, held, receipt, results');
"""


class Migration(migrations.Migration):
    dependencies = [("lodging", "0005_withdrawn_receipts")]
    operations = [
        migrations.AddField("batch", "reason", models.TextField(blank=True, default="")),
        migrations.RunSQL(WATCH, migrations.RunSQL.noop),
    ]
