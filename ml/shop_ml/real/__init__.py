"""Data that are in packages. None of it is in the repository."""
