"""A complainant asks who looked: what was signed with the one document that was shown, and nothing that is sealed."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent
BACK = """
drop policy subject_wall on cases_case;
drop policy subject_wall on petitions_reception;
drop policy subject_wall on petitions_petition;
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0022_erased"), ("cases", "0001_initial")]
    operations = [migrations.RunSQL((ROOM / "own_data.sql").read_text(), BACK)]
