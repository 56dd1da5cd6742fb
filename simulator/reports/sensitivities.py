"""What a figure depends on, as a report: a tornado, the numbers as a table, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import difference, figure, number
from simulator.reports import assumed, honesty, numberwords
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
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
from simulator.reports.honesty import Provenance
from simulator.reports.pictures import tornado

if TYPE_CHECKING:
    from simulator.reports.blocks import Block
    from simulator.world.scenario import Scenario

SHOWN = 20
"""Numbers that are shown; the data has all."""


def page(chosen: Scenario, told: dict[str, Any]) -> dict[str, Any]:
    """The data with the words that a reader needs, of the numbers with the largest effect."""
    most = max((effect["mu_star"] for effect in told["effects"]), default=0) or 1.0
    rows = [
        {
            **effect,
            "source": source(chosen, effect["name"]),
            "size": difference(effect["mu_star"], told["unit"]).lstrip("+"),
            "signed": difference(effect["mu"], told["unit"]),
            "share": _share(effect),
            "bar": effect["mu_star"] / most,
        }
        for effect in told["effects"][:SHOWN]
    ]
    label = next(pick(kpi.label) for kpi in chosen.kader.file.kpis if kpi.id == told["kpi"].partition(".")[0])
    return {
        **told, "rows": rows, "label": label, "shown": figure(told["base"], told["unit"]),
        "title": pick(chosen.title), "rest": len(told["effects"]) - len(rows),
    }  # fmt: skip


def _share(effect: dict[str, Any]) -> str:
    if effect["total"] is None:
        return "-"
    return f"{number(effect['total'], 2)} +/- {number(effect['total_width'], 2)}"


def source(chosen: Scenario, name: str) -> str:
    """What a number is now."""
    from simulator.kader.parameters import called, describe

    section, _, pool = name.partition(".")
    if section == "pools" and pool in chosen.pools:
        return f"{pick(chosen.pools[pool].label)}: {chosen.pools[pool].capacity}"
    return describe(chosen.parameters[name], called(chosen.kader.file.attributes))


def document(chosen: Scenario, told: dict[str, Any], group: str = "") -> Document:
    """The report; `group` tells over whom the figure is taken, when not over all."""
    shown = page(chosen, told)
    sectors = tuple(sorted({one.sector for one in chosen.swv.values()}))
    origin = Provenance(
        chosen.kader, (chosen,), ("",), (told["replications"],), None, honesty.plan_names(chosen), sectors,  # type: ignore[arg-type]
        (chosen.period.start, chosen.period.until),
    )  # fmt: skip
    heads = Chapters()
    now = say(
        "sensitivity.title", label=shown["label"], kpi=told["kpi"], scenario=told["scenario"], value=shown["shown"]
    )
    return accounted(
        origin,
        kind="sensitivity", kicker=say("report.mock"), title=say("sensitivity.heading"),
        subtitle=shown["label"],
        cover=(
            (say("honesty.scenario"), text(f"{shown['title']} ({told['scenario']})")),
            (say("sensitivity.variants"), text(number(told["variants"], 0))),
            (say("honesty.replications"), text(number(told["replications"], 0))),
        ),
        lead=(
            Note("info", "", tuple(
                Paragraph(line) for line in (text(Span(now, "strong")), text(group), text(say("sensitivity.note"))) if line
            )),
            *honesty.unlawful(chosen),
        ),
        blocks=_blocks(heads, shown, numberwords.words(chosen.kader, chosen.parameters)),
    )  # fmt: skip


def _blocks(heads: Chapters, shown: dict[str, Any], called: dict[str, str]) -> list[Block]:
    pulls = [
        tornado.Pull(called.get(row["name"], row["name"]), row["mu"], row["mu_star"], shown["unit"])
        for row in shown["rows"]
        if row["mu_star"]
    ]
    still = sum(not effect["mu_star"] for effect in shown["effects"])
    columns = (
        Column(say("sensitivity.col_name").capitalize(), width=1.4),
        Column(say("sensitivity.col_now").capitalize(), width=2),
        Column(say("sensitivity.col_size").capitalize(), right=True),
        Column(say("sensitivity.col_signed").capitalize(), right=True), Column(say("sensitivity.col_share"), right=True),
    )  # fmt: skip
    rows = tuple(
        Row((
            assumed.numbered(row["name"], called), text(row["source"]), text(row["size"]), text(row["signed"]),
            text(row["share"]),
        ))
        for row in shown["rows"]
    )  # fmt: skip
    blocks: list[Block] = [
        heads.chapter(say("sensitivity.tornado"), "tornado"),
        *([Figure(tornado.tornado(pulls, shown["label"]), say("sensitivity.picture"))] if pulls else []),
        *([Paragraph(text(say("sensitivity.still", n=still)))] if still else []),
        heads.chapter(say("sensitivity.table"), "getallen"), Table(say("sensitivity.table"), columns, rows),
    ]  # fmt: skip
    return [*blocks, Paragraph(text(say("sensitivity.rest", n=shown["rest"])))] if shown["rest"] else blocks
