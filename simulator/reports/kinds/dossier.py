"""Everything that happened to one swv in one replication, in order, with dates and articles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem
from simulator.base.language import pick, say
from simulator.reports import dossier, dossierforms, dossierpictures, honesty, played
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Document,
    Finding,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    coded,
    joined,
    text,
)  # fmt: skip
from simulator.reports.slacks import whole

if TYPE_CHECKING:
    from simulator.reports.pictures.slack import Slack
    from simulator.reports.source import Asked

TAKES = "run"


def build(asked: Asked) -> Document:
    """The report.

    Raises:
        InputError: it is asked of more than one swv.
    """
    if asked.scope.kind != "swv":
        raise InputError(Problem(say("dossier.one_swv"), hint=say("dossier.give_swv")))
    source, code = asked.source, asked.scope.codes[0]
    told = dossier.data(source.player, source.replication(asked.replication), code, source.id, asked.replication)
    page = dossierforms.page(told)
    origin, heads = played.provenance(asked, asked.replication), Chapters()
    plan = honesty.origin(["given" if code in source.scenario.plans else "drawn"])
    blocks: list[Block] = [
        heads.chapter(say("dossier.pictures"), "beeld"), *dossierpictures.figures(told, _dates(asked, code)),
        heads.chapter(say("dossier.happened"), "verloop"),
        Paragraph(text(_intro(page), honesty.origin(["drawn"]))), _course(page),
        heads.chapter(say("dossier.visits"), "bezoeken"), *_visits(page, heads),
        *_orders(page, heads),
        heads.chapter(say("dossier.plan"), "plan"), Paragraph(text(say("dossier.plan_intro"), plan)), *_plan(page),
    ]  # fmt: skip
    return accounted(
        origin,
        kind="dossier", kicker=say("report.mock"), title=say("dossier.heading"),
        subtitle=say("report.swv_name", code=code), cover=_cover(asked, told), lead=_lead(asked, page),
        blocks=blocks,
        told=_told(told),
    )  # fmt: skip


def _dates(asked: Asked, code: str) -> list[Slack]:
    player = asked.source.player
    return whole(player, asked.source.replication(asked.replication), player.model.codes.index(code))


def _intro(page: dict[str, Any]) -> Text:
    """How what happened came about; of an swv with a plan file that the dates in it do not count here."""
    return coded(" ".join([say("dossier.happened_intro"), *([say("dossier.plan_dates")] if page["has_plan"] else [])]))


def _cover(asked: Asked, told: dict[str, Any]) -> tuple[tuple[str, Text], ...]:
    swv = asked.source.scenario.swv[told["swv"]]
    area = honesty.origin(["unverified" if swv.national else "known"])
    first, last = (date.fromisoformat(day) for day in told["period"])
    return (
        (say("report.sector"), text(f"{say(f'report.sector_{swv.sector}')}, {swv.province}", area)),
        (say("dossier.gemeenten"), text(", ".join(told["gemeenten"]), area)),
        (say("honesty.scenario"), text(f"{pick(asked.source.scenario.title)} ({told['scenario']})")),
        (say("honesty.period"), text(honesty.span(first, last))),
    )


def _lead(asked: Asked, page: dict[str, Any]) -> list[Block]:
    rows = [
        text(
            Span(f"{visit['label']}, {visit['course'][0][1]}: ", "strong"),
            _counted(visit), honesty.origin(["drawn"]),
        )
        for visit in page["visits"]
    ]  # fmt: skip
    brief: Block = Bullets(tuple(rows)) if rows else Paragraph(text(say("dossier.no_visits")))
    given = page["swv"] in asked.source.scenario.plans
    return [
        Note("info", say("overview.outcome"), (brief,)),
        *honesty.unlawful(asked.source.scenario),
        honesty.notice("" if given else page["swv"]),
        Paragraph(honesty.legend()),
    ]


def _counted(visit: dict[str, Any]) -> str:
    """What a visit found, counted, and apart from that what its inspectors did not see."""
    found = [one["status"] for one in visit["findings"] if one["seen"]]
    unseen = len(visit["findings"]) - len(found)
    counted = say("dossier.counted", missed=found.count("not_met"), opened=found.count("not_assessable"))
    return " ".join([counted, *([say("finding.lead_unseen", n=unseen)] if unseen else [])])


def _course(page: dict[str, Any]) -> Table:
    """Phase by phase what was done when and by whom, what came of it, and which duties that settled."""
    columns = (
        Column(say("dossier.when"), width=1.3), Column(say("dossier.what"), width=2.2),
        Column(say("dossier.who"), width=1.5), Column(say("dossier.outcome"), width=2.3),
    )  # fmt: skip
    rows: list[Row] = []
    for phase in page["phases"]:
        rows.append(Row((text(_capital(phase["label"])),), group=True))
        rows += [Row(_step(step)) for step in phase["steps"]]
    return Table(say("dossier.course_table"), columns, tuple(rows))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _step(step: dict[str, Any]) -> tuple[Text, ...]:
    many = f" ({step['many']})" if step["many"] else ""
    turn = f" ({say('dossier.round', n=step['round'])})" if step["round"] else ""
    waited = Span(f"; {step['waited']}" if step["waited"] else "", "soft")
    settled = [
        text(Span(one["duty"], "id"), " ", _status(one["status"]), Span(f" {one['article']}", "soft"))
        for one in step["duties"]
    ]
    results = ", ".join(step["results"])
    return (
        text(step["when"]),
        text(step["label"] + many, Span(turn, "soft"), Span(f". {step['law']}", "soft")),
        text(step["by"], waited),
        text(
            results,
            ". " if results and settled else "",
            joined(settled, "; "),
            *(Span(f" {broken}.", "strong") for broken in step["against_law"]),
        ),
    )


def _status(name: str) -> Span:
    return Span(say(f"status.{name}"), "status", name)


def _visits(page: dict[str, Any], heads: Chapters) -> list[Block]:
    """Every visit with its dates and what it found."""
    if not page["visits"]:
        return [Paragraph(text(say("dossier.no_visits")))]
    blocks: list[Block] = []
    for visit in page["visits"]:
        course = "; ".join(f"{name} {day}" for name, day in visit["course"])
        blocks += [
            heads.part(_capital(visit["label"]), f"bezoek-{visit['visit']}"),
            Paragraph(text(_capital(course), ".", honesty.origin(["drawn"]))),
            *(_finding(visit["visit"], one) for one in visit["findings"]),
        ]
        if not visit["findings"]:
            blocks.append(Paragraph(text(say("dossier.nothing"))))
        if visit["later"]:
            blocks += [Paragraph(text(say("dossier.later"))), Bullets(tuple(text(one) for one in visit["later"]))]
    return blocks


def _orders(page: dict[str, Any], heads: Chapters) -> list[Block]:
    """Every order with its term, its state and what happened to it; nothing in a kader without orders."""
    if not page["orders"]:
        return []
    columns = (
        Column(say("dossier.order"), width=2.2), Column(say("dossier.given"), width=1),
        Column(say("dossier.until"), width=1), Column(say("dossier.state"), width=1),
        Column(say("dossier.history"), width=2.8),
    )  # fmt: skip
    rows = tuple(
        Row((
            text(Span(one["duty"], "id"), " ", Span(one["article"], "soft"), f" {one['text']}"),
            text(one["given"]), text(one["until"]), text(one["state"]),
            joined([_turn(*step) for step in one["steps"]], "; "),
        ))
        for one in page["orders"]
    )  # fmt: skip
    return [
        heads.chapter(say("dossier.orders"), "opdrachten"),
        Paragraph(text(say("dossier.orders_intro"), honesty.origin(["drawn"]))),
        Table(say("dossier.orders"), columns, rows),
    ]


def _turn(on: str, label: str, source: str) -> Text:
    return text(f"{on} {label}", Span(f" ({source})" if source else "", "soft"))


def _finding(visit: str, one: dict[str, Any]) -> Finding:
    words = text(say("finding.asks", article=one["article"], text=one["text"]))
    roots = ", ".join(one["roots"])
    held = [Paragraph(text(say("finding.held_back"), " ", roots, "."))] if roots else []
    seen = Span("" if one["seen"] else f" ({say('finding.unseen')})", "soft")
    title = text(Span(one["duty"], "id"), " ", Span(one["article"], "soft"), " ", _status(one["status"]), seen)
    return Finding(f"{visit}-{one['duty']}", text(title, honesty.origin(one["origins"])), (Paragraph(words), *held))


def _plan(page: dict[str, Any]) -> list[Block]:
    """What the plan showed, per element and day."""
    columns = (
        Column(say("dossier.element"), width=0.8), Column(say("report.asked"), width=3),
        *(Column(day, width=1) for day in page["on_words"]),
    )  # fmt: skip
    rows = tuple(
        Row((text(Span(row["duty"], "id")), text(row["text"]), *(_shown(one) for one in row["shown"])))
        for row in page["plan"]["elements"]
    )
    return [Table(say("dossier.plan"), columns, rows)] if rows else [Paragraph(text(say("dossier.no_plan")))]


def _shown(answer: str) -> Text:
    status = {"yes": "met", "no": "not_met"}.get(answer, "unknown")
    return text(Span(say(f"dossier.{answer}"), "status", status))


def _told(told: dict[str, Any]) -> dict[str, Any]:
    """What `--json` says: the dossier itself, and its findings in one list."""
    findings = [
        {"id": one["duty"], "visit": visit["visit"], "status": one["status"], "article": one["article"],
         "roots": one["roots"], "seen": one["seen"]}
        for visit in told["visits"] for one in visit["findings"]
    ]  # fmt: skip
    steps = sum(len(phase["steps"]) for phase in told["phases"])
    shown = say("dossier.shown", swv=told["swv"], n=steps, number=told["replication"])
    return {**{name: value for name, value in told.items() if name != "format"}, "findings": findings, "shown": shown}
