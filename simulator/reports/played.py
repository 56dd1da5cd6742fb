"""What reports about many swv in a run share: who they are about, and the account at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import number
from simulator.reports import honesty
from simulator.reports.accounting import accounted
from simulator.reports.blocks import Note, Paragraph, Text, text
from simulator.reports.honesty import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.reports.blocks import Block, Document
    from simulator.reports.source import Asked


def provenance(asked: Asked, replication: int | None) -> Provenance:
    """Where a report on a run comes from, and which replication it shows, if it shows one."""
    source, scenario = asked.source, asked.source.scenario
    sectors = tuple(sorted({scenario.swv[code].sector for code in asked.scope.codes}))
    return Provenance(
        scenario.kader, (scenario,), (source.id,), (source.replications,), replication,
        honesty.plan_names(scenario), sectors,  # type: ignore[arg-type]
        (scenario.period.start, scenario.period.until),
    )  # fmt: skip


def cover(asked: Asked) -> tuple[tuple[str, Text], ...]:
    """The lines of the cover."""
    scenario = asked.source.scenario
    return (
        (say("overview.about"), text(asked.scope.counted)),
        (say("honesty.scenario"), text(pick(scenario.title))),
        (say("honesty.period"), text(honesty.span(scenario.period.start, scenario.period.until))),
        (say("honesty.replications"), text(number(asked.source.replications, 0))),
    )


def drawn(asked: Asked | None = None) -> Note:
    """The box that says that what is told of swv was drawn; of swv whose plan files are played, but for these."""
    plans = asked.source.scenario.plan_files if asked else {}
    if asked and plans and all(code in plans for code in asked.scope.codes):
        return honesty.notice("")
    return Note("honest", say("report.drawn_title"), (Paragraph(text(say("overview.drawn"))),))


def report(
    asked: Asked, kind: str, title: str, brief: Note, blocks: Iterable[Block], told: dict[str, Any],
    replication: int | None = None,
) -> Document:  # fmt: skip
    """A report on many swv, with the outcome in short on its cover; the replication is one of which it shows the course."""
    lead = (brief, *honesty.unlawful(asked.source.scenario), drawn(asked), Paragraph(honesty.legend()))
    return accounted(
        provenance(asked, replication), kind=kind, kicker=say("report.mock"), title=title, subtitle=asked.scope.words,
        cover=cover(asked), lead=lead, blocks=blocks, told=told,
    )  # fmt: skip
