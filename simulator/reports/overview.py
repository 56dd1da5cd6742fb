"""What would have been found at many: a group, a province or the country, over all replications of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, date_of
from simulator.base.language import pick, say
from simulator.base.numbers import between, figure, long_date, number
from simulator.kader.assess import Status
from simulator.outcomes import kpis, limits, statistics
from simulator.reports import capacity, comparison, honesty, played, regional
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Document,
    Figure,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    text,
)  # fmt: skip
from simulator.reports.many import Many, events, means
from simulator.reports.pictures import busy as crowds
from simulator.reports.pictures import curves, spread, tiles

if TYPE_CHECKING:
    from simulator.outcomes.statistics import Estimate
    from simulator.reports.source import Asked

_MOST_DUTIES = 20


def build(asked: Asked) -> Document:
    """The overview."""
    run = asked.source.run
    if run is None:
        raise ValueError("an overview needs a stored run")
    many, heads = Many(asked, run), Chapters()
    blocks: list[Block] = [
        heads.chapter(say("overview.figures"), "cijfers"), *_figures(many),
        heads.chapter(say("overview.map"), "kaart"), *_map(many),
        heads.chapter(say("overview.shortcomings"), "tekortkomingen"), *_shortcomings(many),
        heads.chapter(say("overview.progress"), "voortgang"), *_progress(many),
    ]  # fmt: skip
    if asked.scope.kind == "country":
        blocks += [heads.chapter(say("overview.capacity"), "capaciteit"), *_capacity(many)]
    blocks += [heads.chapter(say("overview.each"), "per-swv"), *_each(many)]
    return played.report(
        asked,
        "bevindingen",
        say("overview.title"),
        _brief(many),
        blocks,
        _told(many),
        asked.replication,
    )


def _brief(many: Many) -> Note:
    rows = [
        text(f"{label}: ", Span(figure(float(np.nanmean(values)), unit), "strong"))
        for label, unit, values in many.figures()
    ]
    return Note("info", say("overview.outcome"), (Bullets(tuple(rows)),))


def _figures(many: Many) -> list[Block]:
    """Means with their intervals, and how the first figures are spread."""
    own = many.figures()
    columns = (
        Column(say("table.kpi"), width=2.4), Column(say("table.mean"), right=True),
        Column(say("table.interval"), right=True, width=1.6), Column("n", right=True, width=0.5),
    )  # fmt: skip
    if many.asked.scope.kind == "country":
        told = [
            (label, unit, limits.estimate([many.file], name, many.run.kpis[name]))
            for name, label, unit in comparison.said(many.run)
        ]
    else:
        told = [(label, unit, statistics.estimate(values, highest=1 if unit == "share" else None))
                for label, unit, values in own]  # fmt: skip
    rows = tuple(Row(_words(label, unit, found)) for label, unit, found in told)
    blocks: list[Block] = [
        Paragraph(text(say("overview.figures_intro", n=many.run.replications))),
        Table(say("overview.figures_table"), columns, rows),
    ]
    for label, unit, values in own[:2]:
        if (~np.isnan(values)).sum() > 1:
            caption = say("overview.spread", label=label, n=many.run.replications)
            blocks.append(Figure(spread.histogram(values.tolist(), label, unit), caption))
    return blocks


def _words(label: str, unit: str, found: Estimate) -> tuple[tuple[Span, ...], ...]:
    return text(label), text(figure(found.mean, unit)), text(between(found.low, found.high, unit)), text(str(found.n))


def _map(many: Many) -> list[Block]:
    values = means(many)
    if not tiles.drawable(values):
        return [Paragraph(text(say("overview.no_map")))]
    what = say("overview.mean_findings")
    picture = tiles.tiles(values, what, lambda value: number(value, 1), _provinces(many))
    return [
        Paragraph(text(say("overview.map_intro"), honesty.origin(["drawn"]))),
        Figure(picture, f"{what}. {say('picture.tiles_source')}"),
    ]


def _provinces(many: Many) -> dict[str, str]:
    return {code: many.scenario.swv[code].province for code in many.codes}


def _shortcomings(many: Many) -> list[Block]:
    """The own duties that are most often not met, by onderzoek."""
    blocks: list[Block] = [Paragraph(text(say("overview.shortcomings_intro"), honesty.origin(["drawn"])))]
    sector = many.scenario.swv[many.codes[0]].sector
    for visit in many.visits:
        one = many.looks[visit.id]
        if not len(one.on):
            continue
        shares = (one.status == Status.NOT_MET).mean(axis=1)
        ranked = sorted(
            (
                (float(share), name)
                for share, name in zip(shares, one.duties, strict=True)
                if share and name in many.own
            ),
            key=lambda pair: (-pair[0], pair[1]),
        )[:_MOST_DUTIES]
        rows = tuple(Row(_duty(many, name, share, sector)) for share, name in ranked)
        columns = (
            Column(say("report.duty"), width=0.7), Column(say("report.article"), width=1.3),
            Column(say("report.asked"), width=3), Column(say("overview.share"), right=True, width=0.8),
        )  # fmt: skip
        label = pick(visit.label)
        blocks.append(
            Table(say("overview.shortcomings_table", visit=label, n=len(one.on)), columns, rows)
            if rows
            else Paragraph(text(say("overview.no_shortcomings", visit=label)))
        )
    return blocks


def _duty(many: Many, name: str, share: float, sector: str) -> tuple[tuple[Span, ...], ...]:
    version = many.scenario.kader.obligations[name].versions[-1]
    for one in many.scenario.kader.obligations[name].versions:
        if one.sector in (sector, "both") and one.in_force.holds(many.scenario.period.until):
            version = one
    article = version.article.get(sector) or next(iter(version.article.values()))  # type: ignore[call-overload]
    return text(Span(name, "id")), text(article), text(pick(version.text)), text(figure(share, "share"))


def _progress(many: Many) -> list[Block]:
    """The share that had reached each event by each date, in the replication that is shown."""
    model, scope = many.looker.model, many.asked.scope
    series = [curves.Series(label, days.tolist(), len(many.codes)) for label, days in events(many)]
    timed = (kpi for kpi in many.file.kpis if kpi.kind == "event_before")
    deadline = next((kpis.due(many.looker.model.scenario, kpi) for kpi in timed), None)
    columns = (
        Column(say("report.event"), width=2.4), Column(say("overview.half"), width=1.2),
        Column(say("overview.before_deadline"), right=True), Column(say("overview.at_end"), right=True),
    )  # fmt: skip
    rows = []
    for one in series:
        done = sorted(day for day in one.days if day < NEVER)
        middle = (one.whole + 1) // 2
        half = long_date(date_of(done[middle - 1])) if len(done) >= middle else "-"
        before = figure(one.share(deadline - 1), "share") if deadline else "-"
        rows.append(Row((text(one.label), text(half), text(before), text(figure(one.share(model.stop), "share")))))
    drawn = regional.progress(
        dict(events(many)), many.scenario.swv, many.codes, (model.start, model.stop), deadline, scope.words,
        say("overview.progress_caption", number=many.asked.replication),
    )  # fmt: skip
    return [
        Paragraph(text(say("overview.progress_intro", number=many.asked.replication), honesty.origin(["drawn"]))),
        drawn,
        Table(say("overview.progress_table"), columns, tuple(rows)),
    ]


def _capacity(many: Many) -> list[Block]:
    busy = capacity.weekly(many.played)
    model = many.looker.model
    columns = (
        Column(say("overview.pool"), width=2.4), Column(say("overview.people"), right=True),
        Column(say("overview.mean_busy"), right=True), Column(say("overview.most_waiting"), right=True),
    )  # fmt: skip
    rows = tuple(
        Row((
            text(one.label), text(str(one.capacity)), text(figure(float(np.mean(one.busy)), "share")),
            text(number(max(one.queue, default=0.0), 1)),
        ))
        for one in busy
    )  # fmt: skip
    caption = say("overview.capacity_caption", number=many.asked.replication)
    return [
        Paragraph(text(say("overview.capacity_intro"), honesty.origin(["drawn"]))),
        Figure(crowds.pools(busy, model.start, model.stop), caption),
        Table(say("overview.capacity_table"), columns, rows),
    ]


def _each(many: Many) -> list[Block]:
    """Every swv at its last visit in the replication that is shown."""
    mean = means(many)
    columns = (
        Column("swv", width=0.8), Column(say("overview.province"), width=1.3),
        Column(say("report.visited"), width=1.9), Column(say("report.judgement"), width=1.4),
        Column(say("status.not_met").capitalize(), right=True, width=0.7),
        Column(say("status.not_assessable").capitalize(), right=True, width=0.8),
        Column(say("overview.mean"), right=True, width=0.9),
    )  # fmt: skip
    judgements = many.file.decision.judgements
    rows = tuple(
        Row((
            text(one.code), text(many.scenario.swv[one.code].province),
            text(f"{long_date(date_of(one.on))} ({pick(one.visit.label)})"),
            text(Span(pick(judgements[one.judgement]), "status", one.judgement)), text(str(one.not_met)),
            text(str(one.not_assessable)), text(number(mean.get(one.code, float("nan")), 2)),
        ))
        for one in many.seen
    )  # fmt: skip
    intro = say("overview.each_intro", number=many.asked.replication)
    unseen = len(many.codes) - len(many.seen)
    more = f" {say('overview.unseen', n=unseen)}" if unseen else ""
    return [
        Paragraph(text(intro + more, honesty.origin(["drawn"]))),
        Table(say("overview.each_table"), columns, rows),
    ]


def _told(many: Many) -> dict[str, object]:
    return {
        "run": many.run.id,
        "replication": many.asked.replication,
        "swv": list(many.codes),
        "scope": many.asked.scope.kind,
        "figures": [
            {"label": label, "unit": unit, "mean": float(np.nanmean(values))} for label, unit, values in many.figures()
        ],
        "findings": [
            {"swv": one.code, "visit": one.visit.id, "on": date_of(one.on).isoformat(), "judgement": one.judgement,
             "not_met": one.not_met, "not_assessable": one.not_assessable}
            for one in many.seen
        ],
        "shown": say("overview.shown", title=say("overview.title"), scope=many.asked.scope.words, n=len(many.seen)),
    }  # fmt: skip
