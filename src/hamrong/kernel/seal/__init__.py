"""Sealing so that nobody opens alone: content under one key, an identity under another that is split among holders.

One primitive a module, all from `cryptography`; no cipher of our own. What is sealed begins with a version byte and is
bound to its report, its holder and its epoch, so that it opens nowhere else. No database and no web: see `sealed`.
"""
