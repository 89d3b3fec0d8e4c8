"""Models: fitted on interactions, they score all items for a user's history. They know NumPy and SciPy only."""
