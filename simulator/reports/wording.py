"""Sentences of findings, in the order in which a report of the Inspectie tells them: judgement, practice, what follows.

*Moet* stands only where an article of the law does; what the law does not ask, *kan* be better.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, date_of, day_of
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.reports import honesty, observed, slacks
from simulator.reports.blocks import Block, Bullets, Finding, Paragraph, Span, Text, joined, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.judgement import Order
    from simulator.reports.context import Context, Duty


def status(one: Status) -> Span:
    """A status as it stands in a report."""
    name = one.name.lower()
    return Span(say(f"status.{name}"), "status", name)


def standing(context: Context, duty: Duty) -> Text:
    """The status of a duty, and whether the inspectors did not see it or took for met what was not."""
    return text(status(duty.status), Span(_aside(context, duty), "soft"))


def _aside(context: Context, duty: Duty) -> str:
    if not duty.seen:
        return f" ({say('finding.unseen')})"
    return f" ({say('finding.overlooked')})" if duty.id in context.overlooked else ""


def judged(context: Context, name: str) -> Span:
    """A judgement as it stands in a report."""
    return Span(pick(context.file.decision.judgements[name]), "status", name)


def missed(duties: Iterable[Duty]) -> Text:
    """Duties that are not in order, each with a link to its place among the findings, and whether it was not seen."""
    return joined(
        text(
            Span(duty.id, "id", link=f"#p-{duty.id}"), Span("" if duty.seen else f" ({say('finding.unseen')})", "soft")
        )
        for duty in duties
        if duty.missed
    )


def held_back(duty: Duty) -> str:
    """What a duty rests on that is not in order; of one that was judged all the same it says no more than that."""
    key = "report.held_back" if duty.status == Status.NOT_ASSESSABLE else "report.rests_on"
    return say(key, names=", ".join(duty.roots))


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
    judgement, practice, then = (
        _judgement(duty, _asked_since(context, duty)),
        _practice(context, duty),
        _follow_up(context, duty),
    )
    if duty.roots and len(practice) == 1 and isinstance(practice[0], Paragraph):  # short enough for one paragraph
        return (Paragraph(joined((judgement, text(practice[0].text, "."), then), " ")),)
    return Paragraph(judgement), *practice, Paragraph(then)


def _asked_since(context: Context, duty: Duty) -> str:
    """That an element of the plan was asked only after the plan had been sent; empty where it was asked before.

    Sent on the day that was played, as everywhere in the report; the date of a plan file counts where none was played.
    """
    sector = context.about.swv.sector
    if duty.id not in context.file.elements.get(sector, ()):  # type: ignore[call-overload]
        return ""
    own = [one for one in context.scenario.kader.obligations[duty.id].versions if one.sector in (sector, "both")]
    since = min(one.in_force.start for one in own)
    told = context.plan.known_events.get("sent") if context.plan else None
    sent = context.about.day("sent") or (told if isinstance(told, date) else None)
    if sent is None or since <= sent:
        return ""
    return " " + say("finding.asked_since", since=long_date(since), sent=long_date(sent))


def _judgement(duty: Duty, since: str) -> Text:
    key = "finding.not_met" if duty.status == Status.NOT_MET else "finding.not_assessable"
    return text(say(key), " ", say("finding.asks", article=duty.article, text=pick(duty.version.text)), since)


def _practice(context: Context, duty: Duty) -> list[Block]:
    """What was seen; of what cannot be assessed what it rests on, and of what is not met both."""
    seen = [] if duty.roots and duty.status != Status.NOT_MET else observed.practice(context, duty)
    return [*seen, *_rests(context, duty)]


def _rests(context: Context, duty: Duty) -> list[Block]:
    if not duty.roots:
        return []
    told = [name for name in duty.roots if _told(context, name)]
    rest = [name for name in duty.roots if name not in told]
    named = joined(text(Span(name, "id", link=f"#p-{name}")) for name in told)
    blocks: list[Block] = [Paragraph(text(say("finding.held_back"), " ", named))]
    return [*blocks, Bullets(tuple(_root(context, name) for name in rest))] if rest else blocks


def _root(context: Context, name: str) -> Text:
    """A duty that has no place of its own among the findings, with what it asks."""
    words = pick(context.duties[name].version.text) if name in context.duties else ""
    return text(Span(name, "id"), f": {words}" if words else "")


def _told(context: Context, name: str) -> bool:
    """Whether a duty has a place of its own among the findings."""
    return name in {duty.id for duty in (*context.findings, *context.unseen)}


def _follow_up(context: Context, duty: Duty) -> Text:
    if duty.status != Status.NOT_MET:
        own = [one for one in (*context.findings, *context.unseen) if one.id in duty.roots]
        return text(say("finding.then_next" if any(_gone(context, one) for one in own) else "finding.then"))
    if gone := _gone(context, duty):
        return text(gone)
    order = next((one for one in context.orders if one.obligation == duty.id), None)
    past = duty.due is not None and duty.due < context.about.visited
    had = text(say("finding.had_to", day=long_date(duty.due)), " ") if past and duty.due else ()
    if order is not None and duty.seen:
        return text(had, Span(ordered(context, order), "strong"))
    if past:
        then = "too_late" if done(context, duty) else "must_still" if duty.seen else "law_asks"
        return text(had, Span(say(f"finding.{then}", article=duty.article), "strong" if duty.seen else ""))
    due = say("report.due", day=long_date(duty.due)) if duty.due else ""
    return text(must(duty), " " if due else "", due)


def must(duty: Duty) -> Span:
    """What a shortfall without an order asks: a board must act on what was seen, not on what nobody told it.

    Of a shortfall that the inspectors imagined only what their report would ask.
    """
    if not duty.seen:
        return Span(say("finding.law_asks", article=duty.article))
    return Span(say("finding.mistaken_must" if _imagined(duty) else "finding.must", article=duty.article), "strong")


def _imagined(duty: Duty) -> bool:
    return duty.mistaken and duty.status == Status.NOT_MET


def _gone(context: Context, duty: Duty) -> str:
    """That a step of the procedure can come too late for this plan: what it had to come before was there already."""
    before = duty.version.due.before
    kader = context.scenario.kader
    if before is None or duty.version.checks.content or kader.obligations[duty.id].group != "procedure":
        return ""
    if duty.mistaken or duty.id in context.given:
        return ""
    last = int(np.max(context.assessment.columns.events[before].day))
    if last > day_of(context.about.visited):
        return ""
    event = pick(kader.events[before].label)
    return say("finding.gone", event=event, day=long_date(date_of(last)), article=duty.article)


def done(context: Context, duty: Duty) -> bool:
    """Whether what a date of the law waited for did come by the day of the visit: only its lateness is left."""
    event = None if duty.version.checks.content else slacks.event_of(context.scenario.kader, duty.version)
    return event is not None and int(np.max(context.assessment.columns.events[event].day)) < NEVER


def ordered(context: Context, order: Order) -> str:
    """What an order says: the term with its last day, and the article; of one that was not given that it can be."""
    last, article = context.last_of(order), context.duties[order.obligation].article
    if last is None:
        return say("finding.would_order", article=article, n=order.months)
    key = "finding.mistaken_until" if _imagined(context.duties[order.obligation]) else "finding.order_until"
    return say(key, article=article, n=order.months, day=long_date(last))


def order_line(context: Context, order: Order) -> tuple[Text, ...]:
    """An order as a row: shortcoming with article, what is expected, term, and what the Inspectie does."""
    duty = context.duties[order.obligation]
    return (
        text(f"{duty.id} ({duty.article})"),
        text(pick(duty.version.text)),
        text(", ".join(order.standards) or "-"),
        text(_term(context, order)),
        text(say("finding.inspects" if order.obligation in context.given else "finding.not_given")),
    )


def _term(context: Context, order: Order) -> str:
    last = context.last_of(order)
    if last is None:
        return say("finding.within", n=order.months)
    return say("finding.within_until", n=order.months, day=long_date(last))


def order_short(context: Context, order: Order) -> Text:
    """An order in a line: the duty, its article, and the term."""
    return text(Span(order.obligation, "id"), f": {ordered(context, order)}")


def in_order(context: Context, duties: Iterable[Duty]) -> Bullets | None:
    """What is in order, with its place in the plan; None when there is nothing. What was overlooked is not."""
    rows = tuple(
        text(f"{duty.id}: {pick(duty.version.text)}", observed.proof(context, duty))
        for duty in duties
        if duty.status == Status.MET and duty.id not in context.overlooked
    )
    return Bullets(rows) if rows else None


def overlooked(context: Context, duties: Iterable[Duty]) -> list[Text]:
    """Sentences on what the inspectors took for in order and is not: what a plan lacks, and what else is amiss."""
    own = [duty for duty in duties if duty.id in context.overlooked]
    groups = {
        "finding.overlooked_missing": [duty for duty in own if duty.version.checks.content],
        "finding.overlooked_amiss": [duty for duty in own if not duty.version.checks.content],
    }
    return [
        text(say(f"{key}_head"), " ", _named(rows), " ", say(key, n=len(rows)))
        for key, rows in groups.items() if rows
    ]  # fmt: skip


def _named(duties: Iterable[Duty]) -> Text:
    return joined(text(Span(duty.id, "id", link=f"#p-{duty.id}")) for duty in duties)
