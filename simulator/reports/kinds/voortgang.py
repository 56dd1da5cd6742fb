"""How far the swv are: the share that reached each state, on the legal date, from month to month, and by part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import date_of, day_of
from simulator.base.errors import InputError, Problem
from simulator.base.language import pick, say
from simulator.base.numbers import between, figure, long_date
from simulator.outcomes import states
from simulator.reports import honesty, parts, played, regional
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
from simulator.reports.pictures import tiles
from simulator.world import parts as model_parts

if TYPE_CHECKING:
    from simulator.outcomes.states import Share
    from simulator.reports.source import Asked

TAKES = "run"

_MOST = 20
"""Replications that are played again."""


class Shares:
    """The shares of the swv of a report, over replications.

    Attributes:
        due: the day number before which plans must be sent, less one: the last day in time.
        n: replications that were played.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked, self.scenario = asked, asked.source.scenario
        if not self.scenario.kader.file.progress:
            raise InputError(Problem(say("voortgang.no_states", kader=self.scenario.kader.id)))
        model_parts.needed(self.scenario, model_parts.VOORTGANG)
        lost = model_parts.lost_events(self.scenario)
        states_ = [state for state in self.scenario.kader.file.progress if state.event not in lost]
        self.labels = {state.id: pick(state.label) for state in states_}
        self.n = min(_MOST, asked.source.replications)
        self.played = [states.reached(asked.source.player.replication(number)) for number in range(self.n)]
        model = asked.source.player.model
        due = day_of(date(self.scenario.plan_period.first_school_year, 5, 1)) - 1
        self.first, self.stop = model.start, model.stop
        self.due = min(max(due, self.first), self.stop - 1)
        self.place = {code: number for number, code in enumerate(model.codes)}

    @property
    def single(self) -> bool:
        """Whether it is about one swv in one replication, of which dates tell more than shares of all or nothing."""
        return len(self.asked.scope.codes) == self.n == 1

    def of(self, codes: tuple[str, ...], days: list[int]) -> list[Share]:
        """Every state on every day, of some swv."""
        own = np.array([self.place[code] for code in codes])
        return [one for one in states.shares(self.played, {"": own}, days) if one.state in self.labels]


def build(asked: Asked) -> Document:
    """The report."""
    shares = Shares(asked)
    heads = Chapters()
    on = long_date(date_of(shares.due))
    now = shares.of(asked.scope.codes, [shares.due])
    blocks: list[Block] = [
        heads.chapter(say("progress_report.state", on=on), "stand"),
        *(_dates(shares) if shares.single else _state(shares, now)),
    ]  # fmt: skip
    if not shares.single:
        blocks += [
            heads.chapter(say("progress_report.months"), "maanden"), _months(shares),
            heads.chapter(say("progress_report.parts"), "delen"), *_parts(shares, on),
            *_map(shares, on),
        ]  # fmt: skip
    brief = tuple(text(f"{shares.labels[one.state]}: ", Span(_brief(shares, one), "strong")) for one in now[-3:])
    return played.report(
        asked, "voortgang", say("progress_report.title"),
        Note("info", say("progress_report.state", on=on), (Bullets(brief),)), blocks,
        {
            "run": asked.source.id, "on": date_of(shares.due).isoformat(), "replications": shares.n,
            "swv": list(asked.scope.codes),
            "shares": [
                {"state": one.state, "mean": one.share.mean, "low": one.share.low, "high": one.share.high} for one in now
            ],
            "shown": say("progress_report.shown", scope=asked.scope.words, swv=asked.scope.counted),
        },
    )  # fmt: skip


def _brief(shares: Shares, one: Share) -> str:
    """How far, in short: of one swv in one replication yes or no."""
    if shares.single:
        return say("report.yes" if one.share.mean else "report.no")
    return figure(one.share.mean, "share")


def _state(shares: Shares, now: list[Share]) -> list[Block]:
    several = shares.n > 1  # one replication has no interval
    columns = (
        Column(say("voortgang.state"), width=2.4), Column(say("voortgang.share"), right=True),
        *([Column(say("table.interval"), right=True, width=1.6)] if several else []),
    )  # fmt: skip
    rows = tuple(
        Row((
            text(shares.labels[one.state]), text(figure(one.share.mean, "share")),
            *([text(between(one.share.low, one.share.high, "share"))] if several else []),
        ))
        for one in now
    )  # fmt: skip
    asked, codes = shares.asked, shares.asked.scope.codes
    own = np.array([shares.place[code] for code in codes])
    reached = {label: np.stack([one[name] for one in shares.played])[:, own] for name, label in shares.labels.items()}
    drawn = regional.progress(
        reached,
        shares.scenario.swv,
        codes,
        (shares.first, shares.stop),
        shares.due + 1,
        asked.scope.words,
        say("progress_report.figure", n=shares.n),
    )
    intro = text(say("progress_report.state_intro", n=shares.n), honesty.origin(["drawn"]))
    return [
        Paragraph(intro),
        Table(say("progress_report.state", on=long_date(date_of(shares.due))), columns, rows, stacks=True),
        drawn,
    ]


def _dates(shares: Shares) -> list[Block]:
    """The day on which one swv reached each state in the one replication."""
    place = shares.place[shares.asked.scope.codes[0]]
    columns = (Column(say("voortgang.state"), width=2.4), Column(say("progress_report.reached"), width=1.6))
    rows = []
    for name, label in shares.labels.items():
        day = int(shares.played[0][name][place])
        reached = long_date(date_of(day)) if day < shares.stop else say("progress_report.not_reached")
        rows.append(Row((text(label), text(reached))))
    intro = text(say("progress_report.dates_intro"), honesty.origin(["drawn"]))
    return [Paragraph(intro), Table(say("progress_report.dates_table"), columns, tuple(rows))]


def _months(shares: Shares) -> Table:
    days = [day for day in range(shares.first, shares.stop) if date_of(day).day == 1]
    found = {(one.state, one.day): one.share.mean for one in shares.of(shares.asked.scope.codes, days)}
    columns = (
        Column(say("progress_report.month"), width=1.5), *(Column(label, right=True) for label in shares.labels.values()),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                text(Span(_month(date_of(day)), "id")),
                *(text(figure(found[state, day], "share")) for state in shares.labels),
            )
        )
        for day in days
    )
    return Table(say("progress_report.months_table"), columns, rows, dense=True, stacks=True)


def _month(day: date) -> str:
    return f"{say('date.short_months').split()[day.month - 1]} {day.year}"


def _map(shares: Shares, on: str) -> list[Block]:
    """The Netherlands by swv: the share of replications in which each had reached the last state."""
    state, label = list(shares.labels.items())[-1]
    own = shares.asked.scope.codes
    reached = np.mean([one[state] <= shares.due for one in shares.played], axis=0)
    values = {code: float(reached[shares.place[code]]) for code in own}
    if len(own) == 1 or not tiles.drawable(own):
        return []
    what = say("progress_report.map", state=label, on=on)
    provinces = {code: shares.scenario.swv[code].province for code in own}
    drawn = tiles.tiles(values, what, lambda value: figure(value, "share"), provinces)
    return [Figure(drawn, f"{what}. {say('picture.tiles_source')}")]


def _parts(shares: Shares, on: str) -> list[Block]:
    """The shares of each sector and province."""
    blocks: list[Block] = []
    all_parts = list(parts.parts(shares.scenario.swv, shares.asked.scope.codes))
    for kind in ("sector", "province"):
        rows = []
        for part in (one for one in all_parts if one.kind == kind):
            found = shares.of(part.codes, [shares.due])
            name = regional.name(part)
            rows.append(
                Row((text(f"{name} ({len(part.codes)})"), *(text(figure(one.share.mean, "share")) for one in found)))
            )
        what = say(f"vergelijking.by_{kind}")
        columns = (
            Column(what.capitalize(), width=1.5),
            *(Column(label, right=True) for label in shares.labels.values()),
        )
        blocks.append(
            Table(say("progress_report.parts_table", on=on, what=what), columns, tuple(rows), dense=True, stacks=True)
        )
    return blocks
