"""People, the posts they hold, how they sign in, and the keys of machines.

Law on Cyber-information Security 86/2015/QH13 art. 22-24: who may enter a system is known, by whose order, and since
when. Decree 13/2023/ND-CP: protection of personal data. The acts that change these tables live in `access.actions`,
because an act needs an actor and a record, and both stand above this floor.
"""
