"""Questions about cases; each starts from what a grant may see (`visible`)."""
