"""Pages of lodging: each parses what came in, calls one action or query, and shows the answer."""
