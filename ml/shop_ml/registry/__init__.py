"""Which models there are, and which is in service."""
