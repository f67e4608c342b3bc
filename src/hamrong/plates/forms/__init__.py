"""Forms of number plates."""
