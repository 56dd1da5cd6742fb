"""The parts of a report on a checked plan: what was found with its place in the plan, orders, remarks, every duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.plan.checking import Kind
from simulator.reports import honesty, observed, waiting
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Finding,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    text,
)

if TYPE_CHECKING:
    from simulator.plan.checking import Checked
    from simulator.plan.checking import Finding as Seen


def findings(checked: Checked, page: dict[str, Any], rows: list[Seen], name: str) -> list[Block]:
    """What was found about some duties; of those that are unknown first what that means."""
    told = {one["obligation"]: one for one in page["findings"]}
    blocks: list[Block] = [Paragraph(text(say("plancheck.unknown_intro")))] if name == "unknown" else []
    return [*blocks, *(_finding(checked, one, told[one.obligation], page["plan"]) for one in rows)]


def _finding(checked: Checked, one: Seen, told: dict[str, Any], file: str) -> Finding:
    article = Span(told["article"], "soft", link=told["link"] or "")
    blocks: list[Block] = [
        Paragraph(text(_judgement(one), say("finding.asks", article=told["article"], text=told["text"])))
    ]
    if one.roots and one.status == Status.NOT_ASSESSABLE:
        roots = tuple(text(Span(root, "id"), f": {_words(checked, root)}") for root in one.roots)
        blocks += [Paragraph(text(say("finding.held_back"))), Bullets(roots)]
    elif rows := _practice(checked, one, told):
        blocks += [Paragraph(text(say("observed.answers"))), Bullets(tuple(rows))]
    if told["dates"] and one.kind == Kind.UNKNOWN:
        events = checked.file.kader.events
        blocks.append(
            Paragraph(
                text(say("plancheck.open_dates", names=", ".join(pick(events[name].label) for name in told["dates"])))
            )
        )
    blocks += [
        Paragraph(
            text(say("proposals.date", **date), " ", Span(date["quote"], "quote"), f" ({date['where']}). ",
                 say("proposals.do", place=f"{file}:{date['places']}"))
        )
        for date in told["proposed_dates"]
    ]  # fmt: skip
    if one.waiver is not None:
        waiver = one.waiver
        blocks.append(
            Paragraph(
                text(say("check.accepted", until=waiver.until.isoformat(), owner=waiver.owner, reason=waiver.reason))
            )
        )
    elif one.kind == Kind.SHORTFALL and one.status == Status.NOT_MET:
        blocks.append(Paragraph(text(Span(say("finding.must", article=told["article"]), "strong"))))
    elif one.kind == Kind.TODO and one.last_day:
        blocks.append(Paragraph(text(Span(say("plancheck.last_day", day=long_date(one.last_day)), "strong"))))
    status = Span(told["label"], "status", told["status"])
    return Finding(
        f"p-{one.obligation}", text(Span(one.obligation, "id"), " ", article, " ", status), tuple(blocks), level=3
    )


def _judgement(one: Seen) -> str:
    if one.status == Status.NOT_MET:
        return say("finding.not_met") + " "
    return say("finding.not_assessable") + " " if one.status == Status.NOT_ASSESSABLE else ""


def _words(checked: Checked, name: str) -> str:
    return pick(checked.assessment.law.versions[name].text)


def _practice(checked: Checked, one: Seen, told: dict[str, Any]) -> list[Text]:
    """The answers of the plan with their places, then the dates that speak against it."""
    answers = checked.plan.answers_on(checked.on).get(one.obligation, {})
    rows = []
    for key, part in checked.file.kader.parts(one.obligation, checked.plan.sector).items():
        answer = answers.get(key)
        ask = pick(part.ask)
        if answer is None or answer.answer is None:
            rows.append(text(say("observed.empty", question=ask)))
        else:
            usual = f" {say('observed.missing', what=pick(part.missing))}" if part.missing and not answer.answer else ""
            told_as = "observed.answer_yes" if answer.answer else "observed.answer_no"
            rows.append(text(say(told_as, question=ask), observed.place(answer), usual))
    if one.version.checks.content is None:
        rows = []
    return rows + [text(f"{date['label']}: {date['value']}") for date in told["happened"]]


def orders(page: dict[str, Any], heads: Chapters) -> list[Block]:
    """The orders to expect; nothing without."""
    if not page["orders"]:
        return []
    texts = {one["obligation"]: one["text"] for one in page["findings"]}
    columns = (
        Column(say("finding.shortcoming"), width=1.3), Column(say("finding.expected"), width=2.6),
        Column(say("finding.standard"), width=0.9), Column(say("finding.term"), width=1),
    )  # fmt: skip
    rows = tuple(
        Row((
            text(f"{one['obligation']} ({one['article']})"), text(texts[one["obligation"]]),
            text(", ".join(one["standards"]) or "-"), text(say("finding.within", n=one["months"])),
        ))
        for one in page["orders"]
    )  # fmt: skip
    return [
        heads.chapter(say("plancheck.orders"), "herstelopdrachten"),
        Paragraph(text(say("plancheck.orders_intro"))),
        Table(say("plancheck.orders"), columns, rows),
    ]


def remarks(page: dict[str, Any], heads: Chapters) -> list[Block]:
    """Risks, what could be better, duties of others, and words to mind."""
    blocks: list[Block] = []
    rows = [
        text(Span(one["obligation"], "id"), f" ({say(f'kind.{kind}')}, {one['article']}): {one['text']}")
        for kind, found in page["remarks"]
        for one in found
    ]
    if rows:
        intro = Paragraph(text(say("report.remarks_intro")))
        blocks += [heads.chapter(say("plancheck.risks"), "risicos"), intro, Bullets(tuple(rows))]
    if page["others"]:
        others = tuple(
            text(
                Span(one["obligation"], "id"),
                f" ({one['article']}): {one['text']} ",
                Span(one["label"], "status", one["status"]),
            )
            for one in page["others"]
        )
        blocks += [
            heads.chapter(say("report.conditions"), "voorwaarden"),
            Paragraph(text(say("report.conditions_intro"))),
            Bullets(others),
        ]
    minded = [
        text(
            say(
                f"check.{one['kind']}",
                word=one["word"],
                instead=one["instead"],
                name=one["obligation"],
                place=f"{page['plan']}:{one['place']}",
            )
        )
        for one in page["warnings"]
    ]
    minded += [text(say("check.claimed", count=page["claimed"]))] if page["claimed"] else []
    minded += [text(one) for one in waiting.words(page)]
    if minded:
        blocks += [heads.chapter(say("plancheck.attention"), "let-op"), Bullets(tuple(minded))]
    return blocks


def budget(page: dict[str, Any], heads: Chapters) -> list[Block]:
    """Where the numbers of the budget do not fit: a remark, and never an order."""
    blocks: list[Block] = []
    if page["money"]:
        rows = tuple(text(one["text"], Span(f" ({page['plan']}:{one['place']})", "soft")) for one in page["money"])
        blocks += [heads.chapter(say("remark.title", n=len(rows)), "begroting"), Bullets(rows)]
    return [*blocks, *(Paragraph(text(note)) for note in page["money_notes"])]


def every_duty(checked: Checked) -> Table:
    """Every duty with its outcome and its place in the plan."""
    columns = (
        Column(say("report.duty"), width=0.8), Column(say("report.article"), width=1.2),
        Column(say("report.asked"), width=2.6), Column(say("report.status"), width=1.2),
        Column(say("plancheck.where"), width=1), Column(say("report.confidence"), width=0.9),
    )  # fmt: skip
    answers = checked.plan.answers_on(checked.on)
    rows = []
    for one in checked.findings:
        pages = sorted({answer.page for answer in answers.get(one.obligation, {}).values() if answer.page})
        where = say("observed.page", page=", ".join(map(str, pages))) if pages else "-"
        status = one.status.name.lower()
        confidence = "assumed" if one.assumed else one.version.confidence
        rows.append(
            Row((
                text(Span(one.obligation, "id")), text(one.version.article[checked.plan.sector]),
                text(pick(one.version.text)),
                text(Span(say(f"status.{status}"), "status", status)), text(where),
                text(Span(say(f"confidence.{confidence}"), "" if confidence in honesty.SURE else "mark")),
            ))
        )  # fmt: skip
    return Table(say("plancheck.duties"), columns, tuple(rows))
