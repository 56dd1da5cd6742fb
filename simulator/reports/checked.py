"""What is told of a checked plan, as plain data: the same for the screen, JSON, Markdown, HTML, SARIF and JUnit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.base import resources
from simulator.base.errors import nearest
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader import judgement, timing
from simulator.kader.assess import Status
from simulator.plan import wording
from simulator.plan.checking import Kind
from simulator.reports import budget, explaining, waiting
from simulator.world import population

if TYPE_CHECKING:
    from simulator.base.yamlfile import Loc
    from simulator.kader.assess import Cause
    from simulator.plan.checking import Checked, Finding

ORDER = (Kind.SHORTFALL, Kind.ACCEPTED, Kind.UNKNOWN, Kind.TODO, Kind.LATER, Kind.MET, Kind.NOT_APPLICABLE)
FORMAT = "check/2"


def data(checked: Checked) -> dict[str, Any]:
    """The machine-readable outcome of a check."""
    plan, own = checked.plan, checked.own
    findings, proposals = [_finding(checked, one) for one in checked.findings], waiting.of_plan(checked)
    return {
        "format": FORMAT,
        "plan": checked.file.path.as_posix(),
        "swv": plan.swv,
        "kader": checked.file.kader.id,
        "on": checked.on.isoformat(),
        "as_filed": checked.as_filed,
        "findings": findings,
        "summary": {status.name.lower(): sum(one.status == status for one in own) for status in reversed(Status)},
        "kinds": {kind.value: len(checked.of(kind)) for kind in ORDER},
        "judgements": _judgements(checked),
        "orders": _orders(checked),
        "money": budget.remarks(checked.file),
        "warnings": [vars(one) for one in wording.warnings(checked.file, checked.on)],
        "claimed": sum(one["claimed"] for name in plan.answers for one in _evidence(checked, name)),
        "proposed": len(proposals),
        "proposals": proposals,
        "rests_on_proposals": waiting.resting(findings),
        "assumed": sorted(one.obligation for one in checked.findings if one.assumed),
        "notes": [*(pick(gap.note) for gap in checked.gaps), *_boards(checked), *_strange(checked)],
        "law_read_until": checked.file.kader.read_until.isoformat(),
        "passed": not checked.failed,
    }


def _finding(checked: Checked, one: Finding) -> dict[str, Any]:
    version, sector = one.version, checked.plan.sector
    waiver = one.waiver
    return {
        "obligation": one.obligation,
        "status": one.status.name.lower(),
        "kind": one.kind.value,
        "article": version.article[sector],
        "link": version.link.get(sector),
        "text": pick(version.text),
        "roots": one.roots,
        "causes": _tree(one.cause)["because"],
        "reason": _reason(one),
        "last_day": one.last_day.isoformat() if one.last_day and one.kind == Kind.TODO else None,
        "evidence": _evidence(checked, one.obligation),
        "proposals": waiting.of_finding(checked, one),
        "standards": list(judgement.standards_of(checked.file.kader.file, one.obligation)),
        "actor": version.actor,
        "counts": version.counts,
        "basis": version.basis,
        "confidence": "assumed" if one.assumed else version.confidence,
        "new": one.new,
        "accepted": {"reason": waiver.reason, "owner": waiver.owner, "until": waiver.until.isoformat()}
        if waiver
        else None,
        **checked.file.at(*place_of(checked, one.obligation)),
    }


def _tree(cause: Cause) -> dict[str, Any]:
    return {
        "obligation": cause.obligation,
        "status": cause.status.name.lower(),
        "because": [_tree(one) for one in cause.because],
    }


def _reason(one: Finding) -> str:
    """Why a duty cannot be assessed: what holds it back, or that nothing shows it."""
    if one.status != Status.NOT_ASSESSABLE:
        return ""
    return "blocked" if one.roots else "no_evidence"


def _evidence(checked: Checked, name: str) -> list[dict[str, Any]]:
    answers = checked.plan.answers_on(checked.on).get(name, {})
    return [
        {"part": part, "answer": answer.answer, "page": answer.page, "section": answer.section, "quote": answer.quote,
         "claimed": answer.claimed, "document": answer.document, "score": answer.score, "state": answer.state,
         **checked.file.at("answers", name, part)}
        for part, answer in answers.items()
    ]  # fmt: skip


def place_of(checked: Checked, name: str) -> Loc:
    """What in the plan a finding is about: the first no, else the first answer, else the first event."""
    answers = checked.plan.answers.get(name, {})
    if answers:
        part = next((part for part, answer in answers.items() if answer.answer is False), next(iter(answers)))
        return ("answers", name, part)
    expression = checked.assessment.law.versions[name].checks.timing
    events = [event for event, _ in timing.parse(expression).names()] if expression else []
    return ("events", *(event for event in events[:1] if event in checked.plan.known_events))


def _judgements(checked: Checked) -> dict[str, Any]:
    """The judgement on each standard and on the whole, from the own duties; nothing where questions are left empty."""
    file = checked.file.kader.file
    statuses = {one.obligation: one.status for one in checked.own}
    each = {
        indicator.id: judgement.judge_indicator(file.decision, indicator, statuses).judgement
        for aspect in file.standards.aspects
        for indicator in aspect.indicators
    }
    return {
        "confidence": file.standards.confidence,
        "standards": each,
        "overall": judgement.judge_whole(file, statuses),
    }


def _boards(checked: Checked) -> list[str]:
    """That the plan names more or fewer boards than a public source knows of this swv; nothing where they agree."""
    named, known = len(checked.plan.boards), population.everyone()[checked.plan.swv].given.get("boards")
    if not named or known is None or known.value == named:
        return []
    return [say("boards.differ", named=named, known=int(known.value), source=known.source)]


def _strange(checked: Checked) -> list[str]:
    """The gemeenten and swv that the plan lists and that the program does not know of this swv, with the nearest name."""
    plan, told = checked.plan, []
    for kind in ("gemeenten", "overlaps"):
        known = population.known_names(plan.swv, kind)
        names = [name for name in plan.items(kind) if name not in known] if known else []
        for name in names:
            close = nearest(name, known - set(plan.items(kind)))
            told.append(f"{say('boards.strange', name=name, swv=plan.swv)} {close}".strip())
    return told


def _orders(checked: Checked) -> list[dict[str, Any]]:
    sector = checked.plan.sector
    return [
        {
            "obligation": order.obligation,
            "article": checked.assessment.law.versions[order.obligation].article[sector],
            "standards": list(order.standards),
            "months": order.months,
        }
        for order in judgement.orders(checked.file.kader, checked.assessment, checked.on)
    ]


def page(checked: Checked) -> dict[str, Any]:
    """The data with the words that a reader needs, for the templates."""
    told = {**data(checked), "frame": waiting.frame(checked)}
    questions = checked.file.kader
    groups = [
        (kind.value, [one for one in told["findings"] if one["counts"] and one["kind"] == kind]) for kind in ORDER
    ]
    parts = split(checked)
    for one in told["findings"]:
        asked = questions.parts(one["obligation"], checked.plan.sector)
        one["label"] = say(f"status.{one['status']}")
        one["questions"] = _questions(asked, one["evidence"])
        one["proposed_dates"] = waiting.days(checked, one["proposals"])
        one["dates"] = _unfilled(checked, one)
        one["empty_dates"] = [_empty(checked, name) for name in one["dates"]]
        one["happened"] = _happened(checked, one)
        one["until"] = long_date(_parsed(one["last_day"])) if one["last_day"] else ""
    return {
        **told,
        "plan": resources.short(checked.file.path),
        "title": checked.plan.name,
        "moment": say(_moment(checked), on=long_date(checked.on)),
        "kader_name": pick(checked.file.kader.file.name),
        "groups": [(kind, rows) for kind, rows in groups if rows],
        "headings": {kind: _heading(kind, len(rows), parts) for kind, rows in groups},
        "totals": ", ".join(_total(kind, len(rows), parts) for kind, rows in groups if rows),
        "verdict": verdict(parts),
        "remarks": [
            (kind.value, [one for one in told["findings"] if one["kind"] == kind]) for kind in (Kind.RISK, Kind.ADVICE)
        ],
        "others": [
            one
            for one in told["findings"]
            if not one["counts"] and one["basis"] == "law" and one["status"] in ("not_met", "not_assessable")
        ],
        "money_notes": budget.notes(checked.file),
        "proposed_words": waiting.words(told),
        "judgement_names": {key: pick(text) for key, text in questions.file.decision.judgements.items()},
        "empty_questions": empty_questions(checked),
        "news": sum(one.new for one in checked.of(Kind.SHORTFALL)),
    }


class Split(NamedTuple):
    """How many shortfalls are not met themselves, and how many cannot be judged because of these."""

    missed: int
    opened: int


def split(checked: Checked) -> Split:
    """The shortfalls of a plan, counted apart."""
    found = [one.status for one in checked.of(Kind.SHORTFALL)]
    return Split(found.count(Status.NOT_MET), found.count(Status.NOT_ASSESSABLE))


def verdict(parts: Split) -> str:
    """The shortfalls in a sentence; empty where there are none."""
    if parts.opened:
        return say("check.verdict_split", **parts._asdict())
    return say("check.verdict_bad", count=parts.missed) if parts.missed else ""


def _heading(kind: str, n: int, parts: Split) -> str:
    """The name of an outcome with how many duties have it."""
    if kind == Kind.SHORTFALL and parts.opened:
        return say("check.heading_split", **parts._asdict())
    return f"{say(f'kind.{kind}').capitalize()} ({n})"


def _total(kind: str, n: int, parts: Split) -> str:
    """The same in a line of all outcomes."""
    if kind == Kind.SHORTFALL and parts.opened:
        return say("check.total_split", **parts._asdict())
    return f"{say(f'kind.{kind}')}: {n}"


def _moment(checked: Checked) -> str:
    """How the day of the check is told: as sent on it, as if sent by then, or as things stand."""
    if not checked.as_filed:
        return "check.on_day"
    return "check.as_filed" if checked.plan.known_events.get("sent") else "check.not_sent"


def _happened(checked: Checked, told: dict[str, Any]) -> list[dict[str, str]]:
    """The dates that speak against a duty which is not met, though no answer does."""
    against = any(one["answer"] is False for one in told["questions"])
    if told["status"] != "not_met" or against:
        return []
    return [
        {"label": one["label"], "value": _words(one["value"])}
        for one in explaining.happened(checked, told["obligation"])
        if one["value"] is not None
    ]


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{item} {_words(one)}" for item, one in value.items())
    return long_date(_parsed(value)) if value else say("check.not_happened")


def _questions(parts: dict[str, Any], evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions about a duty that were answered with no or not at all, with what is usually missing."""
    answers = {one["part"]: one for one in evidence}
    return [
        {
            "ask": pick(part.ask),
            "missing": pick(part.missing) if part.missing else "",
            "answer": answers.get(key, {}).get("answer"),
            "place": answers.get(key, {}).get("place"),
        }
        for key, part in parts.items()
        if answers.get(key, {}).get("answer") is not True
    ]


def open_dates(checked: Checked, name: str) -> list[str]:
    """Events that a duty is checked on and that the plan does not tell of, or tells of by a date no person accepted."""
    expression = checked.assessment.law.versions[name].checks.timing
    events = checked.file.kader.events
    names = dict.fromkeys(event for event, _ in timing.parse(expression).names()) if expression else {}
    known = checked.plan.known_events
    return [event for event in names if not (events[event].period or events[event].change) and _open(known.get(event))]


def _open(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and any(one is None for one in value.values()))


def _unfilled(checked: Checked, told: dict[str, Any]) -> list[str]:
    """The open dates of a duty of which nothing is proposed either, for one item at least."""
    proposed = [one["name"] for one in told["proposals"] if one["kind"] == "date"]
    events = checked.plan.events
    return [
        name
        for name in open_dates(checked, told["obligation"])
        if name not in proposed or (isinstance(events[name], dict) and _open(events[name]))
    ]


def _empty(checked: Checked, name: str) -> dict[str, Any]:
    """An event of which the day is to be filled in, and where: of one with items the first that has none."""
    value = checked.plan.known_events.get(name)
    items = [item for item, day in value.items() if day is None][:1] if isinstance(value, dict) else []
    place = str(checked.file.place("events", name, *items))
    return {"name": name, "label": pick(checked.file.kader.events[name].label), "place": place, "cell": "!" in place}


def empty_questions(checked: Checked) -> int:
    """How many questions and dates must still be filled in for the duties that are unknown."""
    kader, plan = checked.file.kader, checked.plan
    empty: set[tuple[str, str]] = set()
    for one in checked.of(Kind.UNKNOWN):
        answers = plan.answers_on(checked.on).get(one.obligation, {})
        asked = kader.parts(one.obligation, plan.sector) if one.version.checks.content else {}
        empty |= {(one.obligation, key) for key in asked if key not in answers or answers[key].answer is None}
        empty |= {("events", event) for event in open_dates(checked, one.obligation)}
    return len(empty)


def _parsed(text: str) -> Any:
    from simulator.base import days

    return days.parse(text)
