"""What every report has besides what it is about: its language, its account at the end, and with what it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import current
from simulator.reports import honesty
from simulator.reports.blocks import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.reports.blocks import Block, Text
    from simulator.reports.honesty import Provenance


def accounted(
    origin: Provenance, *, kind: str, kicker: str, title: str, subtitle: str, cover: Iterable[tuple[str, Text]],
    lead: Iterable[Block], blocks: Iterable[Block], told: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> Document:  # fmt: skip
    """A report with its account.

    Args:
        origin: where it comes from.
        kind, kicker, title, subtitle, cover, lead, blocks, told, extra: as in `Document`.
    """
    return Document(
        kind=kind, lang=current(), kicker=kicker, title=title, subtitle=subtitle, cover=tuple(cover), lead=tuple(lead),
        blocks=(*blocks, *honesty.chapter(origin)), made=origin.made, dated=origin.dated,
        told=told or {}, extra=extra or {},
    )  # fmt: skip
