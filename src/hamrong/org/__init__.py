"""Units and administrative areas through time: what a district was, and which commune took over its cases.

The areas follow the resolutions of the Standing Committee of the National Assembly (for Thanh Hóa 1686/NQ-UBTVQH15,
in force since 2025-07-01) and the codes of the General Statistics Office; the units are the police bodies of the
province at a date. An area or a unit is never renamed or deleted here: it ends, and a successor begins.
"""
