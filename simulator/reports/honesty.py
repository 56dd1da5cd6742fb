"""The block that every report has: what it is and what it is not, where it comes from, and what was not checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator import __version__
from simulator.base import resources
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader import lawful
from simulator.reports import assumed, origins
from simulator.reports.blocks import Block, Bullets, Chapters, Column, Note, Paragraph, Row, Span, Table, Text, text
from simulator.world import parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.model import Kader
    from simulator.world.scenario import Scenario

SURE = assumed.SURE


@dataclass(frozen=True)
class Provenance:
    """Where a report comes from.

    Attributes:
        kader: which duties were looked at.
        scenarios: what was played, first the one that others are held against; empty for a plan check.
        runs: their ids; "" for one that was played for this report alone.
        replications: how many each rests on.
        replication: the one that is shown, where one is.
        plans: files whose content was used.
        sectors: whose law counts.
        span: first and last day that the report is about.
        unexamined: names of indicators that no duty counts towards.
        used: parameters that took part in what is shown, those that took most days first; empty where nothing is.
    """

    kader: Kader
    scenarios: tuple[Scenario, ...]
    runs: tuple[str, ...]
    replications: tuple[int, ...]
    replication: int | None
    plans: tuple[str, ...]
    sectors: tuple[Sector, ...]
    span: tuple[date, date]
    unexamined: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    @property
    def dated(self) -> str:
        """The date of the newest input: the day up to which the law was read."""
        return self.kader.read_until.isoformat()

    @property
    def made(self) -> str:
        """The line that says what a report was made with."""
        shown = say("honesty.shown", number=self.replication) if self.replication is not None else ""
        played = "; ".join(
            say("honesty.played", scenario=one.id, run=run or say("honesty.not_stored"), n=n, seed=one.seed)
            for one, run, n in zip(self.scenarios, self.runs, self.replications, strict=True)
        )
        rest = " ".join(filter(None, [played, shown]))
        return say("honesty.made", version=__version__, kader=self.kader.id, played=rest or ", ".join(self.plans))


def left_out(scenarios: Iterable[Scenario]) -> list[Note]:
    """The box that says which parts of the model were not played; none where all were."""
    found = [(pick(one.title), parts.off(one)) for one in scenarios]
    rows = [text(Span(title, "strong"), f": {'; '.join(off.values())}") for title, off in dict(found).items() if off]
    return [Note("honest", say("part.off_title"), (Bullets(tuple(rows)),))] if rows else []


def legend() -> Text:
    """What the origins behind figures and findings mean."""
    parts: list[str | Span] = [say("report.origins") + " "]
    for number, name in enumerate(("given", "known", "drawn")):
        parts += [
            "; " if number else "",
            Span(say(f"origin.{name}"), "origin", name),
            f" {say(f'report.origin_{name}')}",
        ]
    return text(*parts, ".")


def origin(names: Iterable[str]) -> Text:
    """Origins as they stand behind a figure, a date or a finding."""
    found = alone(names)
    return text(" ", found) if found else ()


def alone(names: Iterable[str]) -> Text:
    """Origins as they stand in a cell of their own."""
    found = origins.shown(names)
    return text(Span(found["text"], "origin", found["id"]))


def notice(drawn: str) -> Note:
    """The box on the cover; `drawn` names whose state was drawn, or is "" when a plan file told it."""
    if drawn:
        return Note("honest", say("report.drawn_title"), (Paragraph(text(say("report.drawn", code=drawn))),))
    return Note("info", "", (Paragraph(text(say("report.from_plan"))),))


def unlawful(*scenarios: Scenario) -> list[Block]:
    """A box for each scenario whose working method goes against the law of its dates."""
    marks = [lawful.marked(lawful.told(one.unlawful)) for one in scenarios]
    return [Note("warn", say("lawful.marked_title"), (Paragraph(text(mark)),)) for mark in marks if mark]


def chapter(about: Provenance, title: str | None = None) -> list[Block]:
    """The annex that accounts for a report."""
    head = title or say("honesty.title")
    return [
        Chapters.plain(head, "verantwoording"),
        Note("honest", say("report.disclaimer"), (Paragraph(text(say("honesty.what"))), Paragraph(legend()))),
        *unlawful(*about.scenarios),
        Chapters.plain(say("honesty.from"), "herkomst", 3),
        _where(about),
        Chapters.plain(say("honesty.unchecked"), "niet-gecontroleerd", 3),
        Bullets(tuple(_unchecked(about))),
        *assumed.blocks(about.scenarios, about.used),
    ]


def _where(about: Provenance) -> Table:
    rows: list[tuple[str, str]] = []
    for one, run, n in zip(about.scenarios, about.runs, about.replications, strict=True):
        rows += [
            (say("honesty.scenario"), f"{pick(one.title)} ({one.id})"),
            (say("honesty.run"), run or say("honesty.not_stored")),
            (say("honesty.seed"), str(one.seed)),
            (say("honesty.replications"), str(n)),
            (say("honesty.period"), span(one.period.start, one.period.until)),
        ]
    if about.replication is not None:
        rows.append((say("honesty.replication"), str(about.replication)))
    rows += [(say("honesty.plan"), plan) for plan in about.plans]
    rows += [
        (say("honesty.kader"), f"{pick(about.kader.file.name)} ({about.kader.id})"),
        (say("honesty.law"), long_date(about.kader.read_until)),
        (say("honesty.version"), f"inspectie-sim {__version__}"),
    ]
    columns = (Column(say("honesty.what_column"), width=1), Column(say("report.value"), width=2.4))
    return Table(say("honesty.from"), columns, tuple(Row((text(name), text(value))) for name, value in rows))


def _unchecked(about: Provenance) -> list[Text]:
    """What a reader could think was looked at, and was not."""
    kader = about.kader
    standards = say(f"confidence.{kader.file.standards.confidence}")
    rule = say(f"confidence.{kader.file.decision.confidence}")
    found = [
        say("honesty.quality"),
        say("honesty.board"),
        say("honesty.standards", standards=standards, rule=rule),
    ]
    if about.unexamined:
        found.append(say("honesty.unexamined", names="; ".join(about.unexamined)))
    if doubtful := _doubtful(about):
        found.append(say("honesty.law_doubt", names=", ".join(doubtful)))
    start, until = about.span
    gaps = {
        pick(gap.note): None
        for sector in about.sectors
        for gap in kader.unread(sector)
        if gap.start <= until and start <= gap.until
    }
    return [text(one) for one in (*found, *gaps)]


def _doubtful(about: Provenance) -> list[str]:
    """Duties whose text in law was not read."""
    day = about.span[1]
    return [
        name
        for name, duty in about.kader.obligations.items()
        if any(
            (version := duty.on(day, sector)) is not None and version.confidence not in SURE for sector in about.sectors
        )
    ]


def span(first: date, last: date) -> str:
    """From a day up to and including another."""
    return say("honesty.span", first=long_date(first), last=long_date(last))


def plan_names(scenario: Scenario) -> tuple[str, ...]:
    """The plan files of a scenario as they are shown."""
    from pathlib import Path

    return tuple(f"{code}: {resources.short(Path(path))}" for code, path in scenario.plan_files.items())
