"""What was seen about a duty: the answers of a plan with their page, section and quote, and the days of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.days import date_of
from simulator.base.language import pick, say
from simulator.kader import timing
from simulator.kader.assess import Status
from simulator.reports import honesty, visited
from simulator.reports.blocks import Block, Bullets, Paragraph, Span, Text, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.plan.model import Answer
    from simulator.reports.context import Context, Duty


def place(answer: Answer) -> Text:
    """Where the plan says it: `(plan, p. 12, section 3.2: "...")`; nothing without a place."""
    where = [say("observed.page", page=answer.page)] if answer.page else []
    where += [say("observed.section", section=answer.section)] if answer.section else []
    quoted = (Span(answer.quote, "quote"),) if answer.quote else ()
    if not where and not quoted:
        return ()
    waits = [say("proposals.waiting")] if answer.state == "proposed" else []
    told = ", ".join([say("observed.plan"), *where, *waits])
    return text(f" ({told}", ": " if quoted else "", quoted, ")")


def practice(context: Context, duty: Duty) -> list[Block]:
    """What was seen about a duty that is not in order."""
    found: list[Block] = []
    if duty.version.checks.content:
        found += _content(context, duty)
    if duty.version.checks.timing and (rows := days(context, duty)):
        found += [Paragraph(text(say("observed.dates"))), Bullets(tuple(rows))]
    if duty.mistaken and duty.status == Status.NOT_MET:
        told = "observed.plan_shows_otherwise" if context.plan and duty.version.checks.content else "observed.otherwise"
        found.append(Paragraph(text(say(told), honesty.origin(["drawn"]))))
    return found or [Paragraph(text(_not_shown(duty)))]


def _not_shown(duty: Duty) -> str:
    return say("observed.not_shown", what=pick(duty.version.evidence))


def _content(context: Context, duty: Duty) -> list[Block]:
    if context.plan is None:
        shown = not duty.mistaken and context.assessed(duty.id).own[duty.id].true[0]
        return [] if shown else [Paragraph(text(_not_shown(duty)))]
    answers = context.plan.answers_on(context.about.visited).get(duty.id, {})
    rows = []
    for part in context.scenario.kader.parts(duty.id, context.about.swv.sector):
        asked = context.scenario.kader.parts(duty.id, context.about.swv.sector)[part]
        answer = answers.get(part)
        if answer is None or answer.answer is None:
            rows.append(text(say("observed.empty", question=pick(asked.ask))))
        elif answer.answer is False:
            usual = say("observed.missing", what=pick(asked.missing)) if asked.missing else ""
            rows.append(
                text(say("observed.answer_no", question=pick(asked.ask)), place(answer), " " if usual else "", usual)
            )
        else:
            rows.append(text(say("observed.answer_yes", question=pick(asked.ask)), place(answer)))
    return [Paragraph(text(say("observed.answers"))), Bullets(tuple(rows))] if rows else []


def days(context: Context, duty: Duty) -> list[Text]:
    """The days of the events that a duty is checked on, as they stood at the visit."""
    rows = []
    names = dict.fromkeys(name for name, _ in timing.parse(duty.version.checks.timing or "").names())
    for name in names:
        event = context.scenario.kader.events[name]
        if event.period:
            continue
        found, note = visited.happened(context.about, name)
        found = [day for day in found if date_of(day) <= context.about.visited]
        when = visited.when(context.about, name, found[0]) if found else say("observed.not_yet")
        rows.append(text(f"{pick(event.label)}: {when}", f" ({note})" if note else ""))
    return rows


def proof(context: Context, duty: Duty) -> Text:
    """Where the plan shows a duty that is in order: the places of its answers."""
    if context.plan is None or not duty.version.checks.content:
        return ()
    if duty.mistaken:
        return text(f" ({say('observed.overlooked')}", honesty.origin(["drawn"]), ")")
    answers = context.plan.answers_on(context.about.visited).get(duty.id, {}).values()
    quoted = next((one for one in answers if one.quote), None)
    if quoted is not None:
        return place(quoted)
    where = [say("observed.page", page=", ".join(map(str, pages)))] if (pages := _pages(answers)) else []
    sections = dict.fromkeys(one.section for one in answers if one.section)
    where += [say("observed.section", section=", ".join(sections))] if sections else []
    return text(f" ({', '.join([say('observed.plan'), *where])})") if where else ()


def _pages(answers: Iterable[Answer]) -> list[int]:
    return sorted({one.page for one in answers if one.page})
