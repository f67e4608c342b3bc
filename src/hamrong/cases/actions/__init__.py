"""The only writers of cases: one function an act, one transaction an act."""
