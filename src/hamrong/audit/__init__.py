"""The append-only record of every read and change, written in the transaction of the act or the act does not happen.

Law on Cyber-information Security 86/2015/QH13 art. 23-24; Decree 13/2023/ND-CP art. 26-28 (record of processing of
personal data). Entries are chained per stream; personal details stand apart, erasable, bound by a salted commitment.
"""
