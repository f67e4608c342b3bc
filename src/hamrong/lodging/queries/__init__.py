"""Questions asked of lodging; each starts from what the grant may see, by policy and again by the database."""
