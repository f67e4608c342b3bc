"""The desk of cases: what is due, one case with its clocks, the steps that may be taken, for officers of every system.

It knows the courses that systems declare and nothing of any of them; a system's own pages link here.
"""
