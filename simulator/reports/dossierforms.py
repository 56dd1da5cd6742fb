"""A dossier as tables, as a workbook and as words for the templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulator.base.language import say
from simulator.base.numbers import figure, grouped, long_date, number
from simulator.kader import lawful
from simulator.outcomes import causes

_RUNS_ON = "9999"
"""After every day: of what had not ended."""
COLUMNS = ("phase", "from", "begun", "to", "days", "step", "label", "round", "items", "open", "actor", "who", "waited_days",
           "causes", "then", "events", "duties", "against_law", "article", "source", "confidence")  # fmt: skip


def rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of all phases as rows of texts and numbers, by the day on which they begin and end, for CSV and Excel."""
    steps = [(phase, step) for phase in told["phases"] for step in phase["steps"]]
    return [
        {**step, "phase": phase["label"], "items": "; ".join(step["items"]), "who": "; ".join(step["who"]),
         "causes": "; ".join(f"{one['item']} {one['cause']}".strip() for one in step["causes"]),
         "then": "; ".join(step["then"]), "against_law": "; ".join(step["against_law"]),
         "events": "; ".join(f"{one['label']} ({one['on']})" for one in step["events"]),
         "duties": "; ".join(f"{one['duty']} {one['status']} ({one['article']})" for one in step["duties"])}
        for phase, step in sorted(steps, key=lambda pair: (pair[1]["from"], pair[1]["to"] or _RUNS_ON))
    ]  # fmt: skip


def sheets(told: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """The dossier as tables for a workbook: course, findings, plan."""
    course = [list(COLUMNS), *([row[name] for name in COLUMNS] for row in rows(told))]
    names = ("visit", "visited", "duty", "status", "text", "article", "roots", "seen")
    findings = [
        [visit["label"], visit["dates"]["visited"], one["duty"], one["status"], one["text"], one["article"],
         ", ".join(one["roots"]), one["seen"]]
        for visit in told["visits"] for one in (*visit["findings"], *map(_later, visit["not_yet_asked"]))
    ]  # fmt: skip
    asked = ("duty", "article", "text", "given", "until", "anew", "state", "settled", "history")
    orders = [
        [*(one[name] or "" for name in asked[:-1]),
         "; ".join(f"{step['on']} {step['label']} ({step['source']})" for step in one["history"])]
        for one in told["orders"]
    ]  # fmt: skip
    plan = [[row["duty"], row["text"], *row["shown"]] for row in told["plan"]["elements"]]
    return {
        say("dossier.course"): course,
        say("dossier.findings"): [list(names), *findings],
        **({say("dossier.orders"): [list(asked), *orders]} if orders else {}),
        say("dossier.plan"): [["duty", "text", *told["plan"]["on"]], *plan],
    }


def _later(one: dict[str, Any]) -> dict[str, Any]:
    """A duty of later law as a row among the findings: nobody could see it yet."""
    return {**one, "status": "not_yet_asked", "roots": [], "seen": None}


def page(told: dict[str, Any]) -> dict[str, Any]:
    """The data in words, for the templates; without the waiting."""
    phases = [
        {**one, "steps": [_words(step) for step in one["steps"] if not step["waiting"]]} for one in told["phases"]
    ]
    visits = [
        {
            **visit,
            "course": [(say(f"dossier.{name}"), _date(day)) for name, day in visit["dates"].items() if day],
            "later": [
                say("dossier.asked_since", **{**one, "since": _date(one["since"])}) for one in visit["not_yet_asked"]
            ],
        }
        for visit in told["visits"]
    ]
    orders = [
        {**one, "given": _date(one["given"]), "until": _until(one),
         "state": say(f"toezicht.{one['state']}"),
         "steps": [(_date(step["on"]), step["label"], step["source"]) for step in one["history"]]}
        for one in told["orders"]
    ]  # fmt: skip
    return {**told, "orders": orders, "mark": lawful.marked(told["unlawful"]), "visits": visits,
            "phases": [one for one in phases if one["steps"]],
            "on_words": [_date(day) for day in told["plan"]["on"]]}  # fmt: skip


def _until(order: dict[str, Any]) -> str:
    """The last day of an order, and from when its term runs anew where it does."""
    if order["until"] is None:
        return "-"
    anew = f" ({say('dossier.anew', day=_date(order['anew']))})" if order["anew"] else ""
    return _date(order["until"]) + anew


def _words(step: dict[str, Any]) -> dict[str, Any]:
    """A step with its dates, items and results as short texts."""
    end = _date(step["to"]) if step["to"] else say("dossier.running")
    begun = step["begun"] or step["from"]  # the wait before it is told by itself
    many = say("dossier.items", n=len(step["items"])) if len(step["items"]) > 1 else ""
    return {
        **step,
        "when": _date(begun) if step["to"] == begun else f"{_date(begun)} - {end}",
        "many": many or "".join(step["items"]),
        "by": ", ".join([step["actor"], *step["who"]]),
        "waited": "; ".join([*_reasons(step["causes"]), *_waited(step), *_paces(step["causes"])]),
        "law": "; ".join(filter(None, dict.fromkeys([step["article"], step["source"] if step["role"] in _OVER else ""])))
        or step["source"],
        "results": list(dict.fromkeys([one["label"] for one in step["events"]] or step["then"])),
    }  # fmt: skip


def _reasons(found: list[dict[str, Any]]) -> list[str]:
    """For what a step was done, where that was counted, such as the objections on which consent is withheld."""
    words = _named([one for one in found if one["name"] == causes.COUNTED])
    words += [_limit(one) for one in found if one["value"] is not None]
    told = [say("dossier.because", what="; ".join(words))] if words else []
    return [*told, *(say("dossier.other_reason") for one in found if one["name"] == causes.OTHER)]


def _named(found: list[dict[str, Any]]) -> list[str]:
    """Causes by their label, each with the items that it is about."""
    named: dict[str, dict[str, None]] = {}
    for one in found:
        named.setdefault(one["label"], {})[one["item"]] = None
    return [f"{label} ({', '.join(items)})" if any(items) else label for label, items in named.items()]


def _limit(one: dict[str, Any]) -> str:
    """A figure of the bekostiging and the bound that it passed."""
    key = "dossier.below" if one["value"] < one["bound"] else "dossier.above"
    value = figure(one["value"], "year") if one["unit"] == "year" else grouped(one["value"])
    return say(key, what=one["label"], value=value, bound=grouped(one["bound"]))


def _waited(step: dict[str, Any]) -> list[str]:
    """How long was waited before it began, and for whom."""
    if step["begun"] in (None, step["from"]) and step["waited_days"] < 1:
        return []
    told = (
        say("dossier.waited", days=f"{step['waited_days']:.0f}")
        if step["waited_days"] >= 1
        else say("dossier.waited_less")
    )
    names = {one["name"] for one in step["causes"]}
    closed = [one for one in step["causes"] if one["days"] and one["name"] == causes.NOBODY]
    if closed:
        days = max(1, round(max(one["days"] for one in closed)))
        told = say("dossier.waited_closed", waited=told, days=days, why="; ".join(_named(closed)))
    elif plain := [name for name in (causes.TEAM, causes.DAY, causes.NOBODY) if name in names]:
        told = say(f"dossier.waited_{plain[0]}", waited=told)
    for name in (causes.BUSY, causes.TURN):
        whom = list(dict.fromkeys(one["label"] for one in step["causes"] if one["name"] == name))
        if whom:
            rest = closed or causes.TEAM in names
            told = say(f"dossier.{'rest' if rest else 'waited'}_{name}", waited=told, whom="; ".join(whom[:_NAMED]))
        if len(whom) > _NAMED:
            told += " " + say("dossier.and_more", n=len(whom) - _NAMED)
        if whom and step["before"] > len(whom):
            told += say("dossier.queue", n=step["before"])
    return [told]


def _paces(found: list[dict[str, Any]]) -> list[str]:
    """What made steps longer or shorter, with the range of how much."""
    paces: dict[str, list[float]] = {}
    for one in found:
        if one["name"] not in (*causes.WAITS, causes.COUNTED, causes.OTHER, causes.STILL) and one["value"] is None:
            paces.setdefault(one["label"], []).append(one["factor"])
    still = max((one["days"] for one in found if one["name"] == causes.STILL), default=0)
    told = [say("dossier.pace", what=what, times=_times(factors)) for what, factors in paces.items()]
    return [*told, say("dossier.still", days=number(still, 0))] if still else told


def _times(factors: list[float]) -> str:
    low, high = (number(one, 1) for one in (min(factors), max(factors)))
    return low if low == high else say("dossier.to", low=low, high=high)


_OVER = ("inspectie", "minister")
"""Whose steps rest on a power beside the duty that they are about."""
_NAMED = 2
"""Steps of others that are named as those that were waited for; of more it is told how many."""


def _date(day: str) -> str:
    return long_date(date.fromisoformat(day))
