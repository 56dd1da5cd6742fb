"""What every report has besides what it is about: its language, its account at the end, and with what it was made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.base.language import current, say
from simulator.base.numbers import long_date
from simulator.reports import honesty, wordlist
from simulator.reports.blocks import Document, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from simulator.reports.blocks import Block, Text
    from simulator.reports.honesty import Provenance


def accounted(
    origin: Provenance, *, kind: str, kicker: str, title: str, subtitle: str, cover: Iterable[tuple[str, Text]],
    lead: Iterable[Block], blocks: Iterable[Block], told: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> Document:  # fmt: skip
    """A report with its account and the institutional words that it uses.

    Args:
        origin: where it comes from.
        kind, kicker, title, subtitle, cover, lead, blocks, told, extra: as in `Document`.
    """
    lead = (*honesty.left_out(origin.scenarios), *lead)
    body = (*blocks, *honesty.chapter(origin))
    return Document(
        kind=kind, lang=current(), kicker=kicker, title=title, subtitle=subtitle, cover=tuple(cover), lead=tuple(lead),
        blocks=(*body, *wordlist.blocks(body)), made=origin.made, dated=origin.dated,
        told=told or {}, extra=extra or {},
    )  # fmt: skip


def made_on(document: Document, day: date) -> Document:
    """A report that says on its cover and in its account when it was made; its file carries that date too."""
    told = say("honesty.made_on", day=long_date(day))
    cover = (*document.cover, (say("report.made_on"), text(long_date(day))))
    return replace(document, cover=cover, made=f"{document.made} {told}", dated=day.isoformat(),
                   told={**document.told, "date": day.isoformat()})  # fmt: skip
