"""The engine that runs a declared course: states, steps, clocks of the law, approvals, transfers, registers.

A system declares its courses (`courses.Course`) and calls the actions of this room; the engine knows no complaint
and no proceeding. One act is one transaction: lock, decide, write the fact, move the clocks, put on record.
"""
