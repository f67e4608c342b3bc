"""An officer's service number does not change without an entry in the record of audit."""

from django.db import migrations

WATCHED = """
drop trigger audited on accounts_person;
drop trigger audited_truncate on accounts_person;
select audit_watch('accounts_person', 'username, full_name, password, is_active, service_number');
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_delegations"), ("accounts", "0003_service_number")]
    operations = [migrations.RunSQL(WATCHED, migrations.RunSQL.noop)]
