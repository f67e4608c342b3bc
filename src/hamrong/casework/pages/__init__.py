"""Addresses of the desk, thin: parse, call one action or query, present."""
