"""Making very many things that are all kept: the collector of garbage would walk them again and again.

Tables of the country under four years of supervision are two million objects; with the collector at work they take twice
as long to make.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """No collecting of garbage inside, and what there is afterwards is left alone by it: it goes when nobody uses it.

    Only things that point at each other in a circle would stay, so this is for plain tables.
    """
    there = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if there:
            gc.enable()
