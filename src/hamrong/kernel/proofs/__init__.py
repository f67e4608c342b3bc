"""Proofs that anybody can check without trusting who keeps the records."""
