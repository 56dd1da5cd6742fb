"""Praktijktoetsen of all swv of a scenario as a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.base.numbers import number
from simulator.reports import honesty, played, practised
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Document,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    text,
)  # fmt: skip
from simulator.reports.honesty import Provenance

if TYPE_CHECKING:
    from simulator.outcomes.tallies import Practices

_SHARES = ("stuck", "detour", "open", "through")


def document(found: Practices) -> Document:
    """The report."""
    page, scenario, heads = practised.page(found), found.scenario, Chapters()
    sectors = tuple(sorted({one.sector for one in scenario.swv.values()}))
    origin = Provenance(
        scenario.kader, (scenario,), ("",), (found.n,), None, honesty.plan_names(scenario), sectors,  # type: ignore[arg-type]
        (found.start, scenario.period.until),
    )  # fmt: skip
    failed = [Paragraph(text(page["failed_words"]))] if page["failed_words"] else []
    notes = [*page["notes"], say("praktijktoets.law_read")]
    return accounted(
        origin,
        kind="praktijktoetsen", kicker=say("practice_report.kicker"),
        title=say("praktijktoets.kicker"), subtitle=page["title"],
        cover=(
            (say("honesty.scenario"), text(f"{page['title']} ({page['scenario']})")),
            (say("plancheck.moment"), text(page["moment"])),
            (say("honesty.replications"), text(number(found.n, 0))),
        ),
        lead=(
            Note("honest", "", (Paragraph(text(say("praktijktoets.no_judgement"))),)),
            played.drawn(), *failed, *honesty.unlawful(scenario), Paragraph(honesty.legend()),
        ),
        blocks=(
            *(block for part in page["sectors"] for block in _sector(part, heads)),
            *(Paragraph(text(note)) for note in notes),
        ),
    )  # fmt: skip


def _sector(part: dict[str, Any], heads: Chapters) -> list[Block]:
    """How the cases went in a sector, and the duties on which most got stuck."""
    heading = {
        name: say(f"praktijktoets.col_{name}").capitalize() for name in ("case", *_SHARES, "days", "late", "where")
    }
    columns = (
        Column(heading["case"], width=2.2),
        *(Column(heading[name], right=True, width=0.9) for name in (*_SHARES, "days", "late")),
        Column(heading["where"], width=1.7),
    )
    rows = tuple(
        Row((
            text(row["title"]), *(text(row[f"{name}_words"]) for name in (*_SHARES, "days", "broken")),
            text(row["where_words"]),
        ))
        for row in part["cases"]
    )  # fmt: skip
    duties = tuple(
        text(Span(row["duty"], "strong"), Span(f" {row['article']}", "soft"), f": {row['text']} {row['words']}")
        for row in part["stopping"]
    )
    title = part["sector"][:1].upper() + part["sector"][1:]
    name = "sector-" + part["sector"].split()[0]
    blocks: list[Block] = [
        heads.chapter(title, name), Paragraph(text(say("praktijktoets.scenario_drawn"), honesty.origin(["drawn"]))),
        Table(f"{say('praktijktoets.cases')}, {part['sector']}", columns, rows),
    ]  # fmt: skip
    todo: Block = Bullets(duties, ordered=True) if duties else Paragraph(text(say("praktijktoets.nothing_stuck")))
    return [*blocks, heads.part(say("praktijktoets.scenario_actions"), f"{name}-plichten"), todo]
