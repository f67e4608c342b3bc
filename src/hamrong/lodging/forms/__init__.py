"""Forms of the establishment's pages: what people type, as the rules of lodging take it."""
