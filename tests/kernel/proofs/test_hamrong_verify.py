"""The offline verifier: it shares nothing with what it checks, agrees with it, and names every manipulation."""
