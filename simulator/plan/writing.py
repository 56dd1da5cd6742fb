"""A plan as a YAML file: every question with what the law asks and what is often missing, and the answers given."""

from __future__ import annotations

import json
import re
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.yamlfile import plain
from simulator.kader.law import law_on
from simulator.plan.skeleton import parts_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.plan.model import Change, Plan

_WIDTH = 110
_BARE = re.compile(r"[^\W\d_][\w-]*( [\w-]+)*")
"""Texts that need no quotes."""
_ESCAPED = re.compile(r"[\x7f-\xa0\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")
_SHORT = ("answer", "page", "section", "quote")
"""What a line without answer offers to fill in."""


def as_yaml(plan: Plan, kader: Kader, on: date) -> str:
    """The text of a plan file.

    Args:
        plan: what it says.
        kader: whose questions stand beside the answers, as the law stands on the day `on`.
    """
    return "\n".join(_lines(plan, kader, on)) + "\n"


def _lines(plan: Plan, kader: Kader, on: date) -> Iterator[str]:
    period = plan.period
    yield from ("format: plan/1", "", f"title: {_quoted(plan.title)}", f"swv: {plan.swv}", f"sector: {plan.sector}")
    yield f"kader: {scalar(plan.kader)}"
    yield f"period: {{first_school_year: {period.first_school_year}, school_years: {period.school_years}}}"
    yield from _comment(say("skeleton.check_lists", day=on), "")
    yield f"gemeenten: [{', '.join(map(scalar, plan.gemeenten))}]"
    yield f"overlaps: [{', '.join(plan.overlaps)}]"
    yield ""
    yield from _comment(say("skeleton.boards"), "")
    if not plan.boards:
        yield "#   - {name: , sites: , page: }"
    yield from _list("boards", plan.boards)
    yield ""
    yield from _comment(say("skeleton.organisation"), "")
    yield f"organisation: {_flow(plan.organisation.model_dump(mode='json'))}"
    yield ""
    yield from _comment(say("skeleton.answers"), "")
    yield "answers:" if plan.answers else "answers: {}"
    yield from _answers(plan, kader, on)
    yield ""
    yield from _tables(plan)
    yield ""
    yield from _comment(say("skeleton.events"), "")
    yield "events:" if plan.events else "events: {}"
    for name, value in plan.events.items():
        yield from _comment(pick(kader.events[name].label), "  ") if name in kader.events else ()
        yield from _event(name, value, "  ")
    if plan.changes:
        yield from ("", "changes:")
    for change in plan.changes:
        yield from _change(change)
    if plan.sources:
        yield from ("", "sources:")
    for path, source in plan.sources.items():
        yield f"  {scalar(path)}: {_flow(_given(source))}"


def _answers(plan: Plan, kader: Kader, on: date) -> Iterator[str]:
    """Per duty the questions of the law of that day, and what the plan answers besides."""
    law = law_on(kader.obligations, on, plan.sector)
    versions = law.versions
    for name in [name for name in versions if name in plan.answers] + [n for n in plan.answers if n not in versions]:
        if name in versions:
            yield from _duty(versions[name], plan.sector)
        yield f"  {scalar(name)}:" if plan.answers[name] else f"  {scalar(name)}: {{}}"
        asked = parts_on(kader, law, name, plan.sector)
        for key, answer in plan.answers[name].items():
            if key in asked:
                yield from _comment(pick(asked[key].ask), "    ")
                missing = asked[key].missing
                yield from _comment(say("check.missing", what=pick(missing)), "    ") if missing else ()
            yield f"    {scalar(key)}: {_flow(_given(answer) or dict.fromkeys(_SHORT))}"


def _duty(version: Version, sector: str) -> Iterator[str]:
    article = version.article[sector]  # type: ignore[index]
    whose = "" if version.actor == "swv" else f" ({say(f'actor.{version.actor}')})"
    yield from _comment(f"{article}{whose}: {pick(version.text)}", "  ")


def _tables(plan: Plan) -> Iterator[str]:
    """The tables for goals, money, pupils and decisions, with an example of a row where there is none."""
    yield from _comment(say("skeleton.goals"), "")
    if not plan.goals:
        yield "#   - {goal: , kind: kwantitatief, indicator: , baseline: , target: , year: , achieved: , page: }"
    yield from _list("goals", plan.goals)
    yield ""
    yield from _comment(say("skeleton.money"), "")
    yield from _list("money", plan.money)
    yield ""
    yield from _comment(say("skeleton.pupils"), "")
    if not plan.pupils:
        special = "sbo: , so_young: [ , , ], so_older: [ , , ]" if plan.sector == "po" else "vso: [ , , ]"
        lgf = "bao: , sbo: " if plan.sector == "po" else "vo: , lwoo_pro: "
        yield f"#   - {{year: 2013, pupils: , {special}, growth: , lgf: {{{lgf}}}}}"
    yield "pupils:" if plan.pupils else "pupils: []"
    for year in plan.pupils:
        yield f"  - {_flow({'year': year.year, 'pupils': year.pupils, **year.model_dump(exclude_defaults=True)})}"
    yield ""
    yield from _comment(say("skeleton.tlv"), "")
    if not plan.tlv:
        yield '#   - {case: "2026-014", on: "2026-01-20", experts: [orthopedagoog, arts]}'
    yield from _list("tlv", plan.tlv)


def _list(name: str, rows: list[Any]) -> Iterator[str]:
    yield f"{name}:" if rows else f"{name}: []"
    for row in rows:
        yield f"  - {_flow(_row(row))}"


def _row(row: BaseModel) -> dict[str, Any]:
    """A row without the fields on where it stands that are empty; an own field that is empty can be filled in."""
    own = type(row).__annotations__
    values = row.model_dump(mode="json")
    return {
        key: values[key]
        for key in sorted(values, key=lambda key: key not in own)
        if key in own or values[key] is not None
    }


def _given(model: BaseModel) -> dict[str, Any]:
    """What is filled in, an answer first."""
    values = {key: value for key, value in model.model_dump(mode="json").items() if value is not None}
    if "answer" in values:
        values["answer"] = say("book_choices.yes" if values["answer"] else "book_choices.no")
    return {key: values[key] for key in sorted(values, key=lambda key: key != "answer")}


def _event(name: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}{scalar(name)}:" if value else f"{indent}{scalar(name)}: {{}}"
        for item, one in value.items():
            yield f"{indent}  {scalar(item)}:{_after(one)}"
    else:
        yield f"{indent}{scalar(name)}:{_after(value)}"


def _after(value: Any) -> str:
    return "" if value is None else f" {scalar(value)}"


def _change(change: Change) -> Iterator[str]:
    yield f"  - title: {_quoted(change.title)}"
    for name in ("opr_consented", "oogo_held", "adopted", "sent"):
        value = getattr(change, name)
        if value is not None and value != {}:
            yield from _event(name, value, "    ")
    if change.answers:
        yield "    answers:"
    for duty, parts in change.answers.items():
        yield f"      {scalar(duty)}:" if parts else f"      {scalar(duty)}: {{}}"
        for key, answer in parts.items():
            yield f"        {scalar(key)}: {_flow(_given(answer))}"


def _comment(text: str, indent: str) -> list[str]:
    return [f"{indent}# {line}" for line in wrap(text, _WIDTH - len(indent))]


def _flow(values: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in values.items()) + "}"


def scalar(value: Any) -> str:
    """A value as YAML writes it on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    if isinstance(value, dict):
        return _flow(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    return value if _BARE.fullmatch(value) and plain(value) == value else _quoted(value)


def _quoted(text: str) -> str:
    """A text in quotes, with the characters that YAML does not take as they are written as codes."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
