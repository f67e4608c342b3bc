"""The only writers of the sealed room."""
