"""The only writers of petitions: lock, decide, write, put on record, in one transaction."""
