"""The only writers of the room: one function an act; each locks, decides, writes and records in one transaction."""
