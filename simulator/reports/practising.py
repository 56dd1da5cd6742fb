"""What a praktijktoets of one plan gave, as plain data: the source of the screen, Markdown, HTML, JSON, CSV and Excel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.days import date_of
from simulator.base.language import pick, say
from simulator.kader import timing
from simulator.plan import casebook
from simulator.plan.cases import OPEN, STUCK
from simulator.plan.walking import Outcome, State
from simulator.reports.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.base.fields import Sector
    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.plan.practising import Action, Practice
    from simulator.plan.walking import Count, Look, Rest, Taken, Walk

STEPS = (
    "case", "outcome", "step", "who", "start", "end", "day", "need", "article", "state", "effect", "detour_days", "page",
    "section",
)  # fmt: skip
CASES = ("case", "title", "outcome", "start", "days", "stuck_at", "stuck_on", "broken")
ACTIONS = ("rank", "need", "state", "article", "whose", "what", "before", "unblocks", "helps", "settles", "cases")
_UNITS = {
    "rank": "count",
    "day": "count",
    "days": "days",
    "detour_days": "count",
    "unblocks": "count",
    "helps": "count",
    "settles": "count",
}


def data(practice: Practice) -> dict[str, Any]:
    """The outcome of a praktijktoets of one plan."""
    plan = practice.file.plan
    kader, sector = practice.file.kader, plan.sector
    outcomes = [one.outcome for one in practice.walks]
    return {
        "format": "praktijktoets/1",
        "plan": practice.file.path.as_posix(),
        "swv": plan.swv,
        "kader": kader.id,
        "on": practice.on.isoformat(),
        "from": practice.start.isoformat(),
        "counts": {one.value: outcomes.count(one) for one in Outcome},
        "proposed": proposed(practice),
        "cases": [_walk(one, sector) for one in practice.walks],
        "actions": [_action(one, kader, sector) for one in practice.actions],
        "left_out": [one.id for one in practice.left_out],
        "beyond": practice.beyond,
        "notes": [pick(gap.note) for gap in practice.gaps],
        "law_read_until": kader.read_until.isoformat(),
        "disclaimer": say("praktijktoets.no_judgement"),
    }


def proposed(practice: Practice) -> int:
    """How many answers on which the cases rest were proposed and not yet accepted."""
    answers = {
        (rest.need.duty, part)
        for walk in practice.walks
        for taken in walk.taken
        for rest in taken.rests
        for part, answer in rest.look.answers.items()
        if answer.state == "proposed" and answer.answer is not None
    }
    return len(answers)


def _iso(day: int | None) -> str | None:
    return None if day is None else date_of(day).isoformat()


def _walk(one: Walk, sector: Sector) -> dict[str, Any]:
    stuck = one.stuck
    return {
        "case": one.case.id,
        "title": pick(one.case.title),
        "story": pick(one.case.story),
        "source": pick(one.case.source),
        "confidence": one.case.confidence,
        "outcome": one.outcome.value,
        "start": _iso(one.start),
        "days": one.days,
        "stuck_at": stuck.step.id if stuck else None,
        "stuck_on": [{"step": step, "need": need} for step, need in one.stops],
        "broken": any(count.broken for count in one.counts),
        "steps": [_step(one, taken, sector) for taken in one.taken],
        "terms": [_count(count, sector) for count in one.counts],
        "fallback": {"from": _iso(one.fallback[0]), "needs": [_rest(rest, sector) for rest in one.fallback[1]]}
        if one.fallback
        else None,
    }


def _step(one: Walk, taken: Taken, sector: Sector) -> dict[str, Any]:
    return {
        "step": taken.step.id,
        "who": taken.step.who,
        "what": pick(taken.step.what),
        "start": _iso(taken.start),
        "end": _iso(taken.end),
        "from_day": None if taken.start is None else taken.start - one.start,
        "to_day": None if taken.end is None else taken.end - one.start,
        "needs": [_rest(rest, sector) for rest in taken.rests],
    }


def _rest(rest: Rest, sector: Sector) -> dict[str, Any]:
    detour = casebook.shipped().detours.get(rest.effect)
    return {
        "need": rest.need.on,
        "article": rest.look.version.article[sector],
        "link": rest.look.version.link.get(sector),
        "basis": rest.look.version.basis,
        "confidence": rest.look.version.confidence,
        "state": rest.look.state.value,
        "effect": {STUCK: STUCK, OPEN: OPEN, "": ""}.get(rest.effect, "detour"),
        "detour_days": detour.days if detour else 0,
        "detour": pick(detour.how) if detour else "",
        "ask": question(rest.look.version, rest.need.part),
        "evidence": _evidence(rest.look, rest.need.part),
    }


def _evidence(look: Look, part: str | None) -> dict[str, Any]:
    answer = look.answers.get(part or "")
    if answer is None:
        return {"page": None, "section": None, "quote": None}
    return {"page": answer.page, "section": answer.section, "quote": answer.quote}


def question(version: Version, part: str | None) -> str:
    """The question of the law behind a need; for all of a duty what it says."""
    return next((pick(one.ask) for one in version.parts if one.key == part), pick(version.text))


def _count(count: Count, sector: Sector) -> dict[str, Any]:
    term = casebook.shipped().terms[count.term]
    return {
        "term": count.term,
        "label": pick(term.label),
        "step": count.step,
        "article": count.version.article[sector],
        "confidence": count.version.confidence,
        "start": _iso(count.start),
        "end": _iso(count.end),
        "days": None if count.end is None else count.end - count.start,
        "most_days": count.longest - count.start,
        "last_day": _iso(count.last),
        "longest_day": _iso(count.longest),
        "extended": count.extended,
        "broken": count.broken,
    }


def _action(one: Action, kader: Kader, sector: Sector) -> dict[str, Any]:
    version = one.look.version
    duty, _, part = one.on.partition(".")
    asked = next((part_ for part_ in version.parts if part_.key == part), None)
    answer = one.look.answers.get(part)
    return {
        "need": one.on,
        "state": one.look.state.value,
        "kind": _kind(one, kader),
        "article": version.article[sector],
        "basis": version.basis,
        "confidence": version.confidence,
        "whose": version.actor,
        "ask": question(version, part) if part else _label(version, kader),
        "hint": pick(asked.missing) if asked and asked.missing else "",
        "quote": answer.quote if answer else None,
        "in_plan": kader.obligations[duty].group == "plan",
        "before": _iso(one.before),
        "unblocks": list(one.unblocks),
        "helps": list(one.helps),
        "settles": list(one.settles),
    }


def _kind(one: Action, kader: Kader) -> str:
    """What kind of work it is: find out, make concrete, write in the plan, or arrange."""
    if one.look.state == State.UNKNOWN:
        return "look_up" if one.look.version.parts else "look_up_event"
    if one.look.state == State.VAGUE:
        return "sharpen"
    if not one.look.version.parts:
        return "arrange_event"
    return "write" if kader.obligations[one.on.partition(".")[0]].group == "plan" else "arrange"


def _label(version: Version, kader: Kader) -> str:
    """What must have happened for a duty that is checked on dates; what the duty says when that is more than one thing."""
    names = {name for name, _ in timing.parse(version.checks.timing).names()} if version.checks.timing else set()
    return pick(kader.events[names.pop()].label) if len(names) == 1 else pick(version.text)


def tables(told: dict[str, Any]) -> list[Table]:
    """The actions, a row per case, and a row per case, step and need; days are dates in them."""
    actions = [
        {"rank": rank, **dated(one), "what": one["ask"], "unblocks": len(one["unblocks"]), "helps": len(one["helps"]),
         "settles": len(one["settles"]), "cases": " ".join([*one["unblocks"], *one["helps"], *one["settles"]])}
        for rank, one in enumerate(told["actions"], 1)
    ]  # fmt: skip
    notes = (*told["notes"], told["disclaimer"])
    return [
        Table("actions", say("praktijktoets.actions"), columns(ACTIONS, _UNITS), actions, notes),
        Table(
            "cases", say("praktijktoets.cases"), columns(CASES, _UNITS), [_case(one) for one in told["cases"]], notes
        ),
        Table("steps", say("praktijktoets.step_by_step"), columns(STEPS, _UNITS), list(_steps(told)), notes),
    ]


def dated(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its days as dates, so that a workbook knows them as such."""
    return {**row, **{name: date.fromisoformat(row[name]) for name in ("start", "end", "before") if row.get(name)}}


def _case(told: dict[str, Any]) -> dict[str, Any]:
    """How a case went, in one row; for a temporary place that is not arranged its term stands for the step."""
    stops = told["stuck_on"]
    return {
        **dated(told),
        "stuck_at": " ".join(dict.fromkeys(one["step"] for one in stops)),
        "stuck_on": " ".join(one["need"] for one in stops),
    }


def columns(names: Iterable[str], units: dict[str, str]) -> tuple[Column, ...]:
    """Columns with their headings."""
    return tuple(Column(name, say(f"praktijktoets.head_{name}"), units.get(name, "")) for name in names)


def _steps(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for case in told["cases"]:
        for step in case["steps"]:
            row = {"case": case["case"], "outcome": case["outcome"], **dated(step), "day": step["from_day"]}
            for rest in step["needs"] or [{}]:
                yield {**row, **rest, **rest.get("evidence", {})}
