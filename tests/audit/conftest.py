"""Streams that a test tampered with are taken away after it, so that the record of this run stays intact."""

import pytest

from tests.audit.tampering import tampering


@pytest.fixture(autouse=True)
def without_what_was_tampered_with(admin_connection):
    yield
    with tampering(admin_connection) as admin:
        admin.execute(
            "delete from audit_detail where entry_id in (select id from audit_entry where stream like 'test:%')"
        )
        admin.execute("delete from audit_entry where stream like 'test:%'")
