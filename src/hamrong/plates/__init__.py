"""Number plates: pools of numbers, the draw that anybody can check, plates kept for their owners, auctions.

Law 36/2024/QH15 on road traffic order, art. 36-38 (plates, identity plates, auctions); circular 79/2024/TT-BCA on
registering vehicles; decree 156/2024/ND-CP on auctions. What is published, and how a number follows from it, is written
in docs/plates-protocol.md.
"""
