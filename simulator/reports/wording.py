"""Sentences of findings, in the order in which a report of the Inspectie tells them: judgement, practice, what follows.

*Moet* stands only where an article of the law does; what the law does not ask, *kan* be better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.reports import honesty, observed
from simulator.reports.blocks import Block, Bullets, Finding, Paragraph, Span, Text, joined, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.judgement import Order
    from simulator.reports.context import Context, Duty


def status(one: Status) -> Span:
    """A status as it stands in a report."""
    name = one.name.lower()
    return Span(say(f"status.{name}"), "status", name)


def judged(context: Context, name: str) -> Span:
    """A judgement as it stands in a report."""
    return Span(pick(context.file.decision.judgements[name]), "status", name)


def finding(context: Context, duty: Duty) -> Finding:
    """A duty that is not in order: judgement, practice, what follows."""
    return Finding(
        f"p-{duty.id}",
        text(
            Span(duty.id, "id"), " ", Span(duty.article, "soft"), " ", status(duty.status), honesty.origin(duty.origins)
        ),
        _told_of(context, duty),
    )


def _told_of(context: Context, duty: Duty) -> tuple[Block, ...]:
    judgement, practice, then = _judgement(duty), _practice(context, duty), _follow_up(context, duty)
    if duty.roots and len(practice) == 1 and isinstance(practice[0], Paragraph):  # short enough for one paragraph
        return (Paragraph(joined((judgement, text(practice[0].text, "."), then), " ")),)
    return Paragraph(judgement), *practice, Paragraph(then)


def _judgement(duty: Duty) -> Text:
    key = "finding.not_met" if duty.status == Status.NOT_MET else "finding.not_assessable"
    return text(say(key), " ", say("finding.asks", article=duty.article, text=pick(duty.version.text)))


def _practice(context: Context, duty: Duty) -> list[Block]:
    if duty.roots:
        told = [name for name in duty.roots if _told(context, name)]
        rest = [name for name in duty.roots if name not in told]
        named = joined(text(Span(name, "id", link=f"#p-{name}")) for name in told)
        blocks: list[Block] = [Paragraph(text(say("finding.held_back"), " ", named))]
        return [*blocks, Bullets(tuple(_root(context, name) for name in rest))] if rest else blocks
    return observed.practice(context, duty)


def _root(context: Context, name: str) -> Text:
    """A duty that has no place of its own among the findings, with what it asks."""
    words = pick(context.duties[name].version.text) if name in context.duties else ""
    return text(Span(name, "id"), f": {words}" if words else "")


def _told(context: Context, name: str) -> bool:
    """Whether a duty has a place of its own among the findings."""
    return name in {duty.id for duty in context.findings}


def _follow_up(context: Context, duty: Duty) -> Text:
    if duty.status != Status.NOT_MET:
        return text(say("finding.then"))
    order = next((one for one in context.orders if one.obligation == duty.id), None)
    if order is not None:
        return text(Span(say("finding.order", article=duty.article, n=order.months), "strong"))
    due = say("report.due", day=long_date(duty.due)) if duty.due else ""
    return text(Span(say("finding.must", article=duty.article), "strong"), " " if due else "", due)


def order_line(context: Context, order: Order) -> tuple[Text, ...]:
    """An order as a row: shortcoming with article, what is expected, term, and what the Inspectie does."""
    duty = context.duties[order.obligation]
    return (
        text(f"{duty.id} ({duty.article})"),
        text(pick(duty.version.text)),
        text(", ".join(order.standards) or "-"),
        text(say("finding.within", n=order.months)),
        text(say("finding.inspects")),
    )


def order_short(context: Context, order: Order) -> Text:
    """An order in a line: the duty, its article, and the term."""
    article = context.duties[order.obligation].article
    return text(Span(order.obligation, "id"), f": {say('finding.order', article=article, n=order.months)}")


def in_order(context: Context, duties: Iterable[Duty]) -> Bullets | None:
    """What is in order, with its place in the plan; None when there is nothing."""
    rows = tuple(
        text(f"{duty.id}: {pick(duty.version.text)}", observed.proof(context, duty))
        for duty in duties
        if duty.status == Status.MET
    )
    return Bullets(rows) if rows else None
