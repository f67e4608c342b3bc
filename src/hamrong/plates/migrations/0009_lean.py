"""Fewer indexes over a file: each of the three times it is rewritten on its way to a number rewrites them all."""

from django.db import migrations, models

# text is ordered by bytes in our databases, so the second indexes that Django makes for LIKE repeat the first ones
TWINS = r"""
do $$
declare
  twin text;
begin
  for twin in select indexname from pg_indexes where schemaname = 'public' and indexname like 'plates\_%\_like' loop
    execute format('drop index %I', twin);
  end loop;
end $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0008_away'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='draw',
            name='draw_has_a_place_of_its_own',
        ),
        migrations.RemoveIndex(
            model_name='draw',
            name='draw_by_seal',
        ),
        migrations.RemoveIndex(
            model_name='draw',
            name='draw_by_time',
        ),
        migrations.AddIndex(
            model_name='draw',
            index=models.Index(condition=models.Q(('seal__isnull', False)), fields=['seal'], name='draw_by_seal'),
        ),
        migrations.AddIndex(
            model_name='draw',
            index=models.Index(condition=models.Q(('drawn_at__isnull', False)), fields=['province', 'drawn_at'], name='draw_by_time'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(condition=models.Q(('seq__isnull', False)), fields=('pool', 'seq'), name='draw_has_a_place_of_its_own'),
        ),
        migrations.RunSQL(TWINS, migrations.RunSQL.noop),
    ]
