"""Time-based one-time codes (RFC 6238: SHA-1, 30 seconds, six digits), for the demo cast at the terminal."""

import base64
import hmac

PERIOD = 30
DIGITS = 6


def code(secret: str, at: float) -> str:
    """The code of a base32 `secret` at `at`, in seconds since 1970."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, int(at // PERIOD).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)
