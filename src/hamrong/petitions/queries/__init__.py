"""Questions about petitions; each starts from what a grant may see."""
