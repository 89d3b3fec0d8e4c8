"""Which part of experiments a shopper belongs to."""

import hashlib

BUCKETS = 100


def bucket_of(salt: str, shopper: str) -> int:
    """The same for a shopper at any time, and independent between salts."""
    return int.from_bytes(hashlib.sha256(f"{salt}:{shopper}".encode()).digest()[:8], "big") % BUCKETS
