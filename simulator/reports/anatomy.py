"""The parts that reports about one swv are made of, in the two forms that real ones have.

Before shortfalls led to orders a report had three chapters: introduction, findings, reaction of the board. Since then it
begins with a summary, has a chapter per field of the waarderingskader, one on the finances and one on compliance, and ends
with the orders and the reaction.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from simulator.base.days import day_of
from simulator.base.language import known, pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.reports import characteristics, honesty, tabling, visited, wording
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    coded,
    joined,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.kader.standards import Aspect, Indicator
    from simulator.reports.context import Context, Duty


def worded(key: str, context: Context, **values: object) -> str:
    """A text for the kind of onderzoek before there were orders, else the one since then."""
    own = f"{key}_{context.report.kind}"
    return say(f"{key}_orders" if context.binding or not known(own) else own, **values)


def introduction(context: Context) -> list[Block]:
    """Why and how: the occasion, the area, the team, and what the swv is like."""
    about = context.about
    values = {"visited": long_date(about.visited), "code": about.swv.code, "visit": pick(about.visit.label)}
    blocks: list[Block] = [Paragraph(text(worded("report.intro", context, **values)))]
    if team := visited.team(about):
        blocks += [
            Paragraph(text(say("report.team"), honesty.origin(["drawn"]))),
            Bullets(tuple(text(member) for member in team)),
        ]
    return blocks


def _in_part(words: str) -> str:
    """Which postcodes of a gemeente, which the source tells in Dutch, in the language of the reader."""
    without = re.sub(r"\bm\.u\.v\.?", say("report.without"), words)
    return without.replace(" en ", f" {say('report.and')} ").replace(" | ", "; ")


def area(context: Context) -> list[Block]:
    """The gemeenten, the overlaps, and the figures of the swv."""
    about, found = context.about, context.area
    origin = honesty.origin(["unverified" if about.swv.national else "known"])
    n, on = len(found.gemeenten), long_date(found.state_of)
    names = f"{say('report.gemeenten', n=n, on=on)} {', '.join(found.gemeenten)}."
    part = f" {say('report.in_part')} {_in_part(found.in_part)}." if found.in_part else ""
    blocks: list[Block] = [Paragraph(text(names, part, origin))]
    if overlaps := [code for code in about.swv.overlaps if code in context.scenario.swv]:
        blocks.append(Paragraph(text(f"{say('report.overlaps')} {', '.join(overlaps)}.", origin)))
    columns = (
        Column(say("report.fact"), width=2.2), Column(say("report.value"), right=True, width=1),
        Column(say("report.origin"), width=1.2),
    )  # fmt: skip
    rows = [
        (
            text(fact["label"]), text(fact["value"]),
            text(honesty.alone([fact["origin"]]), Span(f" ({fact['source']})" if fact["source"] else "", "soft")),
        )
        for fact in characteristics.facts(context.about)
    ]  # fmt: skip
    return [*blocks, Table(say("report.facts"), columns * 2, tuple(tabling.beside(rows)), dense=True)]


def judgements(context: Context, aspects: Sequence[Aspect]) -> Table:
    """The judgement on each standard, with the duties that it rests on."""
    columns = (
        Column(say("report.number"), width=0.5), Column(say("report.indicator"), width=2.4),
        Column(say("report.judgement"), width=1.4), Column(say("report.because"), width=1.2),
    )  # fmt: skip
    rows = []
    for aspect in aspects:
        head = (text(aspect.id), text(pick(aspect.name)), text(wording.judged(context, context.judged(aspect))), ())
        rows.append(Row(head, group=True))
        for one in aspect.indicators:
            because = wording.missed(context.under(one))
            rows.append(
                Row((text(one.id), text(pick(one.name)), text(wording.judged(context, context.judged(one))), because))
            )
    which = f": {pick(aspects[0].name)}" if len(aspects) == 1 else ""
    return Table(say("report.aspects_caption") + which, columns, tuple(rows))


def standard(context: Context, one: Indicator, *, named: bool) -> list[Block]:
    """A standard: the judgement first, then what was seen; its findings stand apart.

    Args:
        context, one: what is judged.
        named: whether the name of the standard goes before; else a heading has said it.
    """
    under = context.under(one)
    judgement = wording.judged(context, context.judged(one))
    name = Span(f"{one.id} {pick(one.name)}", "strong") if named else Span(say("report.judgement"), "strong")
    lead = text(name, ": ", judgement, ".")
    if not under:
        return [Paragraph(lead), Paragraph(text(say("finding.unexamined")))]
    good = wording.in_order(context, under)
    parts = [
        text(say(f"finding.{key}"), " ", missed, ".")
        for key, status in (("not_in_order", Status.NOT_MET), ("not_to_judge", Status.NOT_ASSESSABLE))
        if (missed := wording.missed(duty for duty in under if duty.status == status))
    ]
    parts += _of_record(under)
    parts += wording.overlooked(context, under)
    parts += [text(say("finding.good"))] if good else []
    return [Paragraph(joined([lead, *parts], " ")), *([good] if good else [])]


def _of_record(under: Iterable[Duty]) -> list[Text]:
    """Why what the inspectors did not see counts all the same."""
    return [text(say("finding.of_record"))] if any(duty.missed and not duty.seen for duty in under) else []


def findings(context: Context, duties: Iterable[Duty], told: set[str]) -> list[Block]:
    """The findings on duties that were not told of yet."""
    blocks: list[Block] = []
    for duty in duties:
        if duty.missed and duty.seen and duty.id not in told:
            told.add(duty.id)
            blocks.append(wording.finding(context, duty))
    return blocks


def compliance(context: Context, duties: Sequence[Duty]) -> list[Block]:
    """Duties as a list of yes and no, with their articles."""
    columns = (
        Column(say("report.duty"), width=0.7), Column(say("report.article"), width=1.3),
        Column(say("report.asked"), width=3), Column(say("report.status"), width=1.2),
    )  # fmt: skip
    rows = tuple(
        Row((
            text(Span(duty.id, "id")), text(duty.article), text(pick(duty.version.text)),
            wording.standing(context, duty),
        ))
        for duty in duties
        if duty.status != Status.NOT_APPLICABLE
    )  # fmt: skip
    return [Table(say("report.naleving"), columns, rows)] if rows else []


def unseen(context: Context) -> list[Block]:
    """What was not in order and the inspectors did not see; where all counts for the judgement, that this does too."""
    if not context.unseen:
        return []
    intro = " ".join([say("finding.unseen_intro"), *_what_counts(context)])
    return [Paragraph(text(intro)), *(wording.finding(context, duty) for duty in context.unseen)]


def _what_counts(context: Context) -> list[str]:
    """Which part of what was not seen counts in the judgement, where the report is about all that holds."""
    return [] if context.seen and context.seen.alone else [say("finding.unseen_counts")]


def remarks(context: Context) -> list[Block]:
    """What *kan* be better, by practice and case law."""
    rows = [
        text(
            f"{duty.id} ({say(f'basis.{duty.version.basis}')}: {duty.article}): {pick(duty.version.text)}",
            honesty.origin(duty.origins),
        )
        for duty in context.remarks
    ]
    return _listed("report.remarks_intro", rows)


def conditions(context: Context) -> list[Block]:
    """Duties of others that are not met."""
    rows = [
        text(
            f"{duty.id} ({say(f'actor.{duty.version.actor}')}, {duty.article}): {pick(duty.version.text)} ",
            wording.status(duty.status),
        )
        for duty in context.conditions
    ]
    return _listed("report.conditions_intro", rows)


def _listed(intro: str, rows: list[Text]) -> list[Block]:
    return [Paragraph(text(say(intro))), Bullets(tuple(rows))] if rows else []


def dates(context: Context) -> list[Block]:
    """Of an swv with a plan file that the days of its course were drawn, and those in the file do not count here."""
    return [Paragraph(coded(say("dossier.plan_dates")))] if context.plan else []


def course(context: Context) -> Table:
    """What happened, in order, with where each date comes from."""
    columns = (
        Column(say("report.date"), width=1),
        Column(say("report.event"), width=2.6),
        Column(say("report.origin")),
    )
    rows = []
    for day, found in groupby(visited.timeline(context.about), key=lambda row: (row["date"], row["origin"])):
        same = list(found)
        what = joined(
            (text(row["what"], Span(f" ({row['note']})" if row["note"] else "", "soft")) for row in same), "; "
        )
        when = text(Span(day[0], "strong" if any(row["visit"] for row in same) else ""))
        rows.append(Row((when, what, honesty.alone([day[1]]))))
    return Table(say("report.timeline_caption"), columns, tuple(rows), dense=True)


def reaction(context: Context) -> list[Block]:
    """The reaction of the board: when, since what it thought is not played."""
    about, visit = context.about, context.about.visit
    drawn = honesty.origin(["drawn"])
    drafted, reacted = about.day(visit.drafted), about.day(visit.reaction)
    if drafted is None:
        return [Paragraph(text(say("report.no_draft")))]
    parts = [text(say("report.drafted", day=long_date(drafted)), drawn)]
    parts.append(
        text(say("report.reacted", day=long_date(reacted)), drawn) if reacted else text(say("report.no_reaction"))
    )
    return [Paragraph(joined(parts, " "))]


def orders(context: Context) -> list[Block]:
    """The orders as a table; without any, that there are none."""
    if not context.orders:
        return [Paragraph(text(say("finding.no_orders"))), *_became(context)]
    columns = (
        Column(say("finding.shortcoming"), width=1.3), Column(say("finding.expected"), width=2.4),
        Column(say("finding.standard"), width=0.7), Column(say("finding.term"), width=1.4),
        Column(say("finding.we"), width=1.3),
    )  # fmt: skip
    rows = tuple(Row(wording.order_line(context, one)) for one in context.orders)
    return [Table(say("finding.orders"), columns, rows), *_became(context)]


def _became(context: Context) -> list[Block]:
    """What had become of the findings of the draft report when the final one was adopted: dropped, repaired, ordered."""
    adopted = context.about.day(context.about.visit.adopted)
    if context.seen is None or adopted is None:
        return []
    columns = (Column(say("report.duty"), width=2.4), Column(say("finding.became")), Column(say("report.date")))
    rows = tuple(
        Row((
            text(Span(one.duty, "id"), f" {pick(context.scenario.kader.obligations[one.duty].versions[-1].text)}"),
            text(say(f"toezicht.{one.how}")),
            text(long_date(one.day) if one.day else "-"),
        ))
        for one in context.seen.became(day_of(adopted))
    )  # fmt: skip
    return [Table(say("finding.became_title", day=long_date(adopted)), columns, rows)] if rows else []


def recomputed(context: Context) -> list[Block]:
    """Every duty with its status, its origin, and how sure its text is; what it asks where nothing else tells that."""
    day, kader = long_date(context.about.visited), context.scenario.kader.id
    columns = (
        Column(say("report.duty"), width=0.7), Column(say("report.article"), width=1.5),
        Column(say("report.status"), width=1.1), Column(say("report.origin"), width=0.7),
        Column(say("report.confidence"), width=0.9),
    )  # fmt: skip
    asked = (*columns[:2], Column(say("report.asked"), width=2.6), *columns[2:])
    own = [duty for duty in context.duties.values() if duty.counts and (duty.missed or duty.status == Status.MET)]
    rest = [duty for duty in context.duties.values() if duty not in own]
    rows = tuple(Row(_recomputed(context, duty)) for duty in own)
    tables = [Table(say("report.annex"), columns, rows, dense=True, folded=True)]
    if rest:
        rows = tuple(Row(_recomputed(context, duty, asked=True)) for duty in rest)
        tables.append(Table(say("report.annex_others"), asked, rows, dense=True, folded=True))
    return [
        Chapters.plain(say("report.annex"), "nagerekend"),
        Paragraph(text(say("report.annex_intro", visited=day, kader=kader))),
        *tables,
    ]


def _recomputed(context: Context, duty: Duty, *, asked: bool = False) -> tuple[Text, ...]:
    held = Span(f" {_through(duty)}" if duty.roots else "", "soft")
    sure = Span(say(f"confidence.{duty.version.confidence}"), "" if duty.version.confidence in honesty.SURE else "mark")
    actor = Span("" if duty.counts else f" ({say(f'actor.{duty.version.actor}')})", "soft")
    return (
        text(Span(duty.id, "id")),
        text(duty.article),
        *([text(pick(duty.version.text), actor)] if asked else []),
        text(wording.standing(context, duty), held),
        honesty.alone(duty.origins),
        text(sure),
    )


def _through(duty: Duty) -> str:
    """What keeps a duty from being assessed, behind its status; of one that was judged what it rests on."""
    if duty.status != Status.NOT_ASSESSABLE:
        return wording.held_back(duty)
    return say("report.through", names=", ".join(duty.roots))


def counted(context: Context) -> list[Block]:
    """How many duties have each status, and which of them the inspectors did not see or took for met."""
    shown = joined(text(wording.status(status), f": {n}") for status, n in context.counts() if n)
    told = Paragraph(text(shown, f". {say('report.counted')}", honesty.origin(context.origins())))
    return [told, Paragraph(joined(parts, " "))] if (parts := _apart(context)) else [told]


def _apart(context: Context) -> list[Text]:
    """Which of the counted duties were overlooked, which were not seen, and how the judgement counts them."""
    own = [duty for duty in context.duties.values() if duty.counts]
    groups = {
        "finding.counted_met": [duty.id for duty in own if duty.id in context.overlooked],
        "finding.counted_unseen": [duty.id for duty in own if not duty.seen],
    }
    parts = [text(say(key, n=len(names)), " ", _linked(names), ".") for key, names in groups.items() if names]
    return [*parts, *map(text, _what_counts(context))] if parts else []


def _linked(names: Iterable[str]) -> Text:
    return joined(text(Span(name, "id", link=f"#p-{name}")) for name in names)


def boxed(tone: str, title: str, *blocks: Block) -> Note:
    """A box."""
    return Note(tone, title, blocks)
