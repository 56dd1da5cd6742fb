"""The words of a praktijktoets of one plan, for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base import days, resources
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.plan.cases import OPEN, STUCK
from simulator.plan.walking import Outcome, State
from simulator.reports.practising import data

if TYPE_CHECKING:
    from simulator.plan.practising import Practice


def page(practice: Practice) -> dict[str, Any]:
    """The data with the words that a reader needs, for the templates."""
    told = data(practice)
    order = {name: number for number, name in enumerate(reversed(Outcome))}
    told["cases"].sort(key=lambda one: order[one["outcome"]])
    titles = {one["case"]: one["title"] for one in told["cases"]}
    plan = practice.file.plan
    for row in told["cases"]:
        row["terms_words"] = [_term_words(count) for count in row["terms"]]
        row["fallback_words"] = _fallback_words(row["fallback"])
        row["why"] = [
            rest for step in row["steps"] if step["from_day"] is not None for rest in step["needs"] if rest["effect"]
        ]
        row["later"] = [
            rest for step in row["steps"] if step["from_day"] is None for rest in step["needs"] if rest["effect"]
        ]
        for step in row["steps"]:
            step["day_words"] = _day_words(step)
            step["who_words"] = say(f"praktijktoets.who_{step['who']}")
        row["stuck_what"] = next(
            (step["what"].rstrip(".") for step in row["steps"] if step["step"] == row["stuck_at"]), ""
        )
        for rest in _all_rests(row):
            rest["place"] = _place(rest["evidence"]) if rest["state"] in (State.OK, State.VAGUE) else ""
    for action in told["actions"]:
        action["cases"] = [*action["unblocks"], *action["helps"], *action["settles"]]
        action["titles"] = [titles[name] for name in action["cases"]]
        action["effects"] = _effects(action)
        action["quote"] = (action["quote"] or "").rstrip(".")
        action["when"] = say("praktijktoets.before", day=_long(action["before"]))
        action["whose_words"] = say(f"actor.{action['whose']}")
    adopted = plan.known_events.get("adopted")
    return {
        **told,
        "plan": resources.short(practice.file.path),
        "title": plan.name,
        "kader_name": pick(practice.file.kader.file.name),
        "moment": say("praktijktoets.held", on=long_date(practice.on), start=long_date(practice.start)),
        "verdict": say("praktijktoets.counts", **told["counts"]),
        "left_out_titles": [pick(one.title) for one in practice.left_out],
        "beyond_titles": [titles[name] for name in told["beyond"]],
        "adopted": bool(adopted) and any(one["in_plan"] for one in told["actions"]),
    }


def _all_rests(row: dict[str, Any]) -> list[dict[str, Any]]:
    found = [rest for step in row["steps"] for rest in step["needs"]]
    return found + (row["fallback"]["needs"] if row["fallback"] else [])


def _effects(action: dict[str, Any]) -> str:
    """What doing it gives, in words: how many cases it unblocks, shortens and settles."""
    told = []
    for name in ("unblocks", "helps", "settles"):
        if number := len(action[name]):
            told.append(say(f"praktijktoets.{name}", n=number))
    return ", ".join(told)


def _day_words(step: dict[str, Any]) -> str:
    start, end = step["from_day"], step["to_day"]
    if start is None:
        return say("praktijktoets.not_reached")
    if end is None or end == start:
        return say("praktijktoets.day", n=start)
    return say("praktijktoets.day_range", start=start, end=end)


def _place(evidence: dict[str, Any]) -> str:
    page_words = say("praktijktoets.page", page=evidence["page"]) if evidence["page"] else ""
    return ", ".join(text for text in (page_words, evidence["section"] or "") if text)


def _long(day: str) -> str:
    return long_date(days.parse(day))


def _term_words(count: dict[str, Any]) -> str:
    values = {"label": count["label"].capitalize(), "article": count["article"]}
    if count["days"] is None:
        return say("praktijktoets.term_open", last=_long(count["longest_day"]), **values)
    if count["extended"]:
        return say("praktijktoets.term_extended", used=count["days"], last=_long(count["last_day"]), **values)
    used = {"used": count["days"], "most": count["most_days"], "last": _long(count["longest_day"]), **values}
    if count["broken"]:
        return say("praktijktoets.term_late", over=count["days"] - count["most_days"], **used)
    return say("praktijktoets.term_met", **used)


def _fallback_words(fallback: dict[str, Any] | None) -> str:
    if fallback is None:
        return ""
    effects = {rest["effect"] for rest in fallback["needs"]}
    kind = "fallback_none" if STUCK in effects else "fallback_open" if OPEN in effects else "fallback"
    return say(f"praktijktoets.{kind}", day=_long(fallback["from"]))
