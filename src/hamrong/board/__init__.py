"""The leadership's page: numbers and pictures of every system, read from the systems' `figures` only."""
