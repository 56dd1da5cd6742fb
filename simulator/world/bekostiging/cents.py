"""Euros as whole cents: the one place where amounts are rounded.

All amounts are 64-bit whole numbers of cents. Rounding is half away from zero, as on an invoice. A year is split so that
its two parts add up to the whole: the part of August to December is rounded, January to July is what is left.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

Array = np.ndarray

FACTOR = 100_000_000
"""Factors are whole numbers of this fraction of one, so that a product is exact before it is rounded."""
_BEFORE, _AFTER = 5, 7
"""Months of a school year before and after 1 January."""


def of_euros(euros: float) -> int:
    """Cents of an amount in euros as it is written: 8220.95 is 822095."""
    return int((Decimal(str(euros)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def euros(amounts: Any) -> Any:
    """Amounts in cents as euros for a table: a number, or a list of them; exact to the cent."""
    return (np.asarray(amounts) / 100).tolist()


def factor(value: float) -> int:
    """A factor as a whole number of hundred millionths."""
    return int((Decimal(str(value)) * FACTOR).quantize(Decimal(1), ROUND_HALF_UP))


def divided(amounts: Array, by: int) -> Array:
    """Amounts divided by a positive whole number, rounded half away from zero."""
    size = np.abs(amounts)
    return np.asarray(np.sign(amounts) * ((2 * size + by) // (2 * by)))


def scaled(amounts: Array, factors: Array | int) -> Array:
    """Amounts times factors (whole hundred millionths), rounded once."""
    return divided(amounts * factors, FACTOR)


def autumn(yearly: Array) -> Array:
    """The part of a year's amounts for August to December: five months."""
    return divided(yearly * _BEFORE, _BEFORE + _AFTER)
