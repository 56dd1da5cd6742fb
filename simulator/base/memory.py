"""Making very many things that are all kept: the collector of garbage would walk them again and again.

Tables of the country under four years of supervision take half as long again with the collector at work
(`Model` of `cyclus-2021`).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANY = 200_000
"""New things above which they are walked once, all at a time, so that the collector takes them for old from then on."""


@contextmanager
def uncollected() -> Iterator[None]:
    """No collecting of garbage inside; afterwards as it was before, and very many new things count as old."""
    there = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:
            gc.collect()
        if there:
            gc.enable()
