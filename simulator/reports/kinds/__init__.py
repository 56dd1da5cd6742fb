"""The kinds of report, a module each.

A new kind is a new module in this folder, with its texts in `texts/<language>/kind_<name>.toml`, and nothing else: its
name is that of the module. A module holds

- `TAKES`: what it is made from: `run`, `plan` (a checked plan) or `runs` (two or more);
- `build(asked)`: the `Document` for an `Asked`.

Templates of a kind, such as `kind-<name>.html.j2`, go before those of all documents.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from simulator.reports.blocks import Document
    from simulator.reports.source import Asked


class Kind(Protocol):
    """What the module of a kind holds."""

    TAKES: str

    @staticmethod
    def build(asked: Asked) -> Document:
        """The report."""


def names() -> tuple[str, ...]:
    """The kinds that there are, in order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load(name: str) -> Kind:
    """The module of a kind."""
    return cast("Kind", importlib.import_module(f"{__name__}.{name}"))
