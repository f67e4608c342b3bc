"""Pages of number plates: the office's desk, the owner's screen, the manager's pools, and what everybody may check."""
