"""Questions that are asked more than once; each starts from what a grant may see."""
