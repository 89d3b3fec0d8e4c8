"""UUIDs that begin with their time (version 7)."""

import os
import time


def next_id() -> str:
    moment = time.time_ns() // 1_000_000
    found = bytearray(moment.to_bytes(6, "big") + os.urandom(10))
    found[6] = (found[6] & 0x0F) | 0x70
    found[8] = (found[8] & 0x3F) | 0x80
    digits = found.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
