"""Pages of petitions: thin, they parse, call one action or query, and present."""
