"""The only writers of lodging: one function per act; lock, decide, write, put on record, in one transaction."""
