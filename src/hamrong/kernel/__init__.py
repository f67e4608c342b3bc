"""Pure building blocks that need neither Django nor a database: documents, Vietnamese text, charsets, canonical JSON."""
