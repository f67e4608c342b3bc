"""Whose document is this: numbers sealed at rest, found again by a keyed blind index, never by plain text.

Law on Identification 26/2023/QH15; Decree 13/2023/ND-CP art. 26-28 (protection measures).
"""
