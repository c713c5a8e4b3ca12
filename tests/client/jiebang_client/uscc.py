"""Unified social credit codes (GB 32100-2015) with check characters that hold, for enterprises whose own is not known."""

import hashlib

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# The organisation code at places 9 to 17 has a check character of its own (GB 11714).
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def _organisation_check(body):
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, _ORGANISATION_WEIGHTS)) % 11
    return "0" if rest == 11 else "X" if rest == 10 else str(rest)


def check_character(first_17):
    total = sum(_SYMBOLS.index(symbol) * weight for symbol, weight in zip(first_17, _WEIGHTS))
    return _SYMBOLS[(31 - total % 31) % 31]


def make_uscc(key, region_code="110000"):
    """The code that `key` always gets: an enterprise (91) registered in the place."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    # "MA" began the codes given out anew from 2015 on; digits keep clear of most codes in use.
    organisation = f"{number % 10**8:08d}"
    first_17 = "91" + region_code + organisation + _organisation_check(organisation)
    return first_17 + check_character(first_17)
