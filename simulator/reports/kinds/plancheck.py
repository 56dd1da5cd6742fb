"""A plan held against the law: what is in order, what is not with where the plan says so, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.plan.checking import Kind
from simulator.reports import checked as told_of
from simulator.reports import honesty, planchecked
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
    Block,
    Chapters,
    Column,
    Document,
    Figure,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    text,
)  # fmt: skip
from simulator.reports.honesty import Provenance
from simulator.reports.pictures import duties as pictures

if TYPE_CHECKING:
    from simulator.plan.checking import Checked
    from simulator.reports.source import Asked

TAKES = "plan"

_STATUS = {Kind.SHORTFALL: "not_met", Kind.ACCEPTED: "accepted", Kind.UNKNOWN: "unknown", Kind.MET: "met"}


def build(asked: Asked) -> Document:
    """The report."""
    if asked.plan is None:
        raise ValueError("a plan check needs a plan")
    return of(asked.plan)


def of(checked: Checked) -> Document:
    """The report on a checked plan."""
    page = told_of.page(checked)
    plan, kader = checked.plan, checked.file.kader
    named = {name for aspect in kader.file.standards.aspects for one in aspect.indicators for name in one.obligations}
    origin = Provenance(
        kader, (), (), (), None, (page["plan"],), (plan.sector,), (checked.on, checked.on),
        tuple(
            f"{one.id} {pick(one.name)}"
            for aspect in kader.file.standards.aspects
            for one in aspect.indicators
            if not named & set(one.obligations) & {seen.obligation for seen in checked.own}
        ),
    )  # fmt: skip
    heads = Chapters()
    blocks: list[Block] = [heads.chapter(say("plancheck.outcome"), "uitkomst"), *_outcome(checked, page)]
    for kind, name in (
        (Kind.SHORTFALL, "shortfall"),
        (Kind.ACCEPTED, "accepted"),
        (Kind.UNKNOWN, "unknown"),
        (Kind.TODO, "todo"),
    ):
        if rows := [one for one in checked.own if one.kind == kind]:
            blocks += [heads.chapter(say(f"plancheck.{name}"), name), *planchecked.findings(checked, page, rows, name)]
    blocks += planchecked.orders(page, heads)
    blocks += planchecked.budget(page, heads)
    blocks += planchecked.remarks(page, heads)
    blocks += [PageBreak(), heads.chapter(say("plancheck.duties"), "plichten"), planchecked.every_duty(checked)]
    return accounted(
        origin,
        kind="plancheck", kicker=say("plancheck.kicker"), title=say("plancheck.title"),
        subtitle=f"{plan.name} ({plan.swv})", cover=_cover(checked, page), lead=_lead(page),
        blocks=blocks,
        told={
            "swv": plan.swv, "on": checked.on.isoformat(), "kader": kader.id, "passed": page["passed"],
            "kinds": page["kinds"],
            "findings": [
                {"id": one.obligation, "status": one.status.name.lower(), "article": one.version.article[plan.sector],
                 "roots": one.roots}
                for one in checked.own
                if one.kind == Kind.SHORTFALL
            ],
            "shown": say("plancheck.shown", title=plan.name, swv=plan.swv, **told_of.split(checked)._asdict(),
                         unknown=page["kinds"]["unknown"]),
        },
    )  # fmt: skip


def _cover(checked: Checked, page: dict[str, Any]) -> list[tuple[str, Text]]:
    return [
        (say("report.sector"), text(say(f"report.sector_{checked.plan.sector}"))),
        (say("plancheck.kader"), text(f"{page['kader_name']} ({page['kader']})")),
        (say("plancheck.moment"), text(page["moment"])),
        (say("plancheck.file"), text(page["plan"], honesty.origin(["given"]))),
    ]


def _lead(page: dict[str, Any]) -> list[Block]:
    kinds = page["kinds"]
    words = []
    if kinds["shortfall"]:
        words.append(text(Span(page["verdict"], "strong")))
    elif not kinds["unknown"]:
        words.append(text(Span(say("check.verdict_good"), "strong")))
    if kinds["unknown"]:
        words.append(text(say("check.verdict_unknown", count=page["empty_questions"])))
    judgements = page["judgements"]
    words.append(
        text(say("check.judgement", what=page["judgement_names"][judgements["overall"]],
                 confidence=say(f"confidence.{judgements['confidence']}")))
    )  # fmt: skip
    tone = "info" if page["passed"] else "warn"
    return [Note(tone, "", tuple(Paragraph(one) for one in words)), Paragraph(honesty.legend())]


def _outcome(checked: Checked, page: dict[str, Any]) -> list[Block]:
    """How many duties have which outcome, the judgement on each standard, and a picture of the shortfalls."""
    columns = (Column(say("plancheck.kind"), width=3), Column(say("plancheck.count"), right=True))
    rows = tuple(
        Row((text(shown), text(str(n)))) for kind in told_of.ORDER for shown, n in _counted(checked, kind) if n
    )
    judgements = page["judgements"]
    confidence = say(f"confidence.{judgements['confidence']}")
    still = f" {say('plancheck.standards_open')}" if page["kinds"]["unknown"] else ""
    blocks: list[Block] = [
        Table(say("plancheck.counts"), columns, rows),
        Paragraph(text(say("plancheck.standards_intro", confidence=confidence), still)),
        _standards(checked, page),
    ]
    missed = [one.obligation for one in checked.own if one.kind == Kind.SHORTFALL]
    if missed:
        statuses = {one.obligation: one.status for one in checked.findings}
        picture = pictures.duties(checked.assessment.law, statuses, missed)
        blocks.append(Figure(picture, say("picture.duties")))
    return blocks


def _counted(checked: Checked, kind: Kind) -> list[tuple[Span, int]]:
    """How many duties have an outcome; shortfalls that are not met apart from what rests on them."""
    if kind != Kind.SHORTFALL:
        return [(_kind(kind), len(checked.of(kind)))]
    parts = told_of.split(checked)
    opened = Span(say("check.opened"), "status", "not_assessable")
    return [(_kind(kind), parts.missed), (opened, parts.opened)]


def _kind(kind: Kind) -> Span:
    return Span(say(f"kind.{kind}"), "status", _STATUS.get(kind, "not_yet_due"))


def _standards(checked: Checked, page: dict[str, Any]) -> Table:
    names, file = page["judgement_names"], checked.file.kader.file
    own = {one.obligation: one for one in checked.own}
    columns = (
        Column(say("report.number"), width=0.6), Column(say("report.indicator"), width=2.4),
        Column(say("report.judgement"), width=1.3), Column(say("report.because"), width=1.4),
    )  # fmt: skip
    rows = []
    for aspect in file.standards.aspects:
        rows.append(Row((text(aspect.id), text(pick(aspect.name)), (), ()), group=True))
        for one in aspect.indicators:
            judged = page["judgements"]["standards"][one.id]
            missed = [
                name for name in one.obligations if name in own and own[name].kind in (Kind.SHORTFALL, Kind.UNKNOWN)
            ]
            because = text(*(part for name in missed for part in (Span(name, "id", link=f"#p-{name}"), ", ")))[:-1]
            rows.append(Row((text(one.id), text(pick(one.name)), text(Span(names[judged], "status", judged)), because)))
    return Table(say("plancheck.standards"), columns, tuple(rows))
