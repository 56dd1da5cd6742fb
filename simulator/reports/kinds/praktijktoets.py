"""Pupil cases walked through a plan: where they get stuck, why, and what there is to do; no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.plan import practising
from simulator.plan.walking import Outcome
from simulator.reports import honesty, practising_page
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Document,
    Finding,
    Folded,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    joined,
    text,
)  # fmt: skip
from simulator.reports.honesty import Provenance

if TYPE_CHECKING:
    from simulator.plan.practising import Practice
    from simulator.reports.source import Asked

TAKES = "plan"

_STATUS = {"through": "met", "detour": "not_assessable", "stuck": "not_met", "open": "not_yet_due"}
_STATE = {"ok": "met", "missing": "not_met", "vague": "not_assessable", "unknown": "not_yet_due"}


def build(asked: Asked) -> Document:
    """The report."""
    if asked.plan is None:
        raise ValueError("a praktijktoets needs a plan")
    return of(practising.practise(asked.plan.file))


def of(practice: Practice) -> Document:
    """The report on cases that were walked."""
    file, page = practice.file, practising_page.page(practice)
    origin = Provenance(
        file.kader, (), (), (), None, (page["plan"],), (file.plan.sector,), (practice.on, practice.start)
    )
    heads = Chapters()
    blocks: list[Block] = [
        heads.chapter(say("practice_report.outcome"), "uitkomst"), _cases(page),
        heads.chapter(say("practice_report.actions"), "acties"), *_actions(page),
        heads.chapter(say("practice_report.told"), "casussen"), *_stories(page["cases"]),
        *_notes(page),
    ]  # fmt: skip
    counts = page["counts"]
    return accounted(
        origin,
        kind="praktijktoets", kicker=say("practice_report.kicker"), title=say("praktijktoets.kicker"),
        subtitle=f"{page['title']} ({page['swv']})",
        cover=(
            (say("plancheck.kader"), text(page["kader_name"])), (say("plancheck.moment"), text(page["moment"])),
            (say("plancheck.file"), text(page["plan"], honesty.origin(["given"]))),
        ),
        lead=(
            Note("info", "", (Paragraph(text(Span(page["verdict"], "strong"))),)),
            Note("honest", "", (Paragraph(text(say("praktijktoets.no_judgement"))), *_proposed(page))),
        ),
        blocks=blocks,
        told={
            "swv": page["swv"], "kader": page["kader"], "on": page["on"], "counts": counts,
            "cases": [
                {key: case[key] for key in ("case", "outcome", "days", "stuck_at", "broken")} for case in page["cases"]
            ],
            "actions": [one["need"] for one in page["actions"]],
            "shown": say("practice_report.shown", title=page["title"], swv=page["swv"],
                         **{key: counts[key] for key in ("stuck", "detour", "through", "open")}),
        },
    )  # fmt: skip


def _proposed(page: dict[str, Any]) -> list[Block]:
    """That answers wait until a person accepts them."""
    return [Paragraph(text(say("proposals.answers", n=page["proposed"])))] if page["proposed"] else []


def _outcome(name: str) -> Span:
    return Span(say(f"praktijktoets.{Outcome(name).value}"), "status", _STATUS[name])


def _cases(page: dict[str, Any]) -> Table:
    columns = (
        Column(say("practice_report.case"), width=2.6), Column(say("practice_report.outcome"), width=1.4),
        Column(say("practice_report.days"), right=True, width=0.6), Column(say("practice_report.because"), width=1.6),
    )  # fmt: skip
    rows = []
    for case in page["cases"]:
        late = f", {say('praktijktoets.broken')}" if case["broken"] else ""
        why = dict.fromkeys(rest["need"] for rest in case["why"])
        rows.append(
            Row((
                text(Span(case["title"], link=f"#casus-{case['case']}")), text(_outcome(case["outcome"]), late),
                text(str(case["days"])), text(", ".join(why)),
            ))
        )  # fmt: skip
    return Table(say("practice_report.about"), columns, tuple(rows))


def _actions(page: dict[str, Any]) -> list[Block]:
    if not page["actions"]:
        return [Paragraph(text(say("praktijktoets.no_actions")))]
    blocks: list[Block] = [
        Paragraph(text(say("practice_report.order"))),
        Bullets(tuple(_action(one) for one in page["actions"]), ordered=True),
    ]
    return [*blocks, Paragraph(text(say("praktijktoets.change")))] if page["adopted"] else blocks


def _action(one: dict[str, Any]) -> Text:
    basis = "" if one["basis"] == "law" else f" ({say('praktijktoets.' + one['basis'])})"
    now = say("praktijktoets.now", quote=one["quote"]) if one["kind"] == "sharpen" and one["quote"] else ""
    usual = say("check.missing", what=one["hint"]) if one["hint"] and one["state"] != "unknown" else ""
    links = [text(Span(title, link=f"#casus-{name}")) for name, title in zip(one["cases"], one["titles"], strict=True)]
    return text(
        Span(say(f"praktijktoets.{one['kind']}"), "strong"), f": {one['ask']} ", f"{now} " if now else "",
        f"{usual} " if usual else "",
        f"{one['whose_words'].capitalize()}; {one['effects']}; {one['when']}. ",
        Span(f"{one['need']}, {one['article']}{basis}", "soft"), ". ", joined(links, "; "),
    )  # fmt: skip


def _stories(cases: list[dict[str, Any]]) -> list[Block]:
    """The cases; those that came through or are open a page may fold away."""
    told: list[Block] = []
    for case in cases:
        name, blocks = f"casus-{case['case']}", _story(case)
        if case["outcome"] in ("stuck", "detour"):
            title = text(case["title"], " ", _outcome(case["outcome"]))
            told.append(Finding(name, title, blocks, level=3))
        else:
            told.append(Folded(f"{case['title']}: {_outcome(case['outcome']).text}", blocks, name))
    return told


def _story(case: dict[str, Any]) -> tuple[Block, ...]:
    """A case: what happens step by step, what each step leans on, and how the terms went."""
    widths = {"day": 0.8, "who": 1.1, "step": 2.0, "rests": 2.0}
    columns = tuple(Column(say(f"praktijktoets.col_{name}").capitalize(), width=wide) for name, wide in widths.items())
    rows = tuple(
        Row((text(step["day_words"]), text(step["who_words"]), text(step["what"]), _leans(step["needs"])))
        for step in case["steps"]
    )
    blocks: list[Block] = [
        Paragraph(text(case["story"])),
        Table(say("practice_report.steps", title=case["title"]), columns, rows),
    ]
    ends = [text(words) for words in case["terms_words"]]
    ends += [text(Span(case["fallback_words"], "strong"))] if case["fallback_words"] else []
    if ends:
        blocks.append(Bullets(tuple(ends)))
    return tuple(blocks)


def _leans(needs: list[dict[str, Any]]) -> Text:
    parts: list[str | Span] = []
    for rest in needs:
        parts += [
            "; " if parts else "",
            Span(rest["need"], "id"),
            " ",
            Span(say(f"praktijktoets.{rest['state']}"), "status", _STATE[rest["state"]]),
        ]
        if rest["place"]:
            parts.append(f", {rest['place']}")
        if rest["effect"]:
            parts.append(f" ({rest['article']}): {rest['ask']}")
        if rest["effect"] == "detour":
            parts.append(f" {rest['detour']}, {say('praktijktoets.detour_days', n=rest['detour_days'])}")
    return text(*parts)


def _notes(page: dict[str, Any]) -> list[Block]:
    notes = []
    if page["left_out_titles"]:
        notes.append(say("praktijktoets.left_out", names="; ".join(page["left_out_titles"])))
    if page["beyond_titles"]:
        notes.append(say("praktijktoets.beyond", names="; ".join(page["beyond_titles"])))
    return [Paragraph(text(note)) for note in (*notes, *page["notes"], say("praktijktoets.law_read"))]
