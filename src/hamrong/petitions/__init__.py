"""Complaints, denunciations, petitions and reflections: what each kind is sorted to, and the courses that they run.

Laws 02/2011/QH13 (complaints), 25/2018/QH14 (denunciations), 42/2013/QH13 (receiving citizens), decrees 154, 155 and
156 of 2026. The engine `cases` runs the courses and the leaves of `law` count their clocks.
"""
