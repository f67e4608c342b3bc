"""Pure building blocks without Django or a database: documents, Vietnamese text, character sets, canonical JSON."""
