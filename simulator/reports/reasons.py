"""Why two runs differ, as data and in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_at
from simulator.base.language import pick, say
from simulator.base.numbers import difference, figure, long_date, number, parts
from simulator.reports.comparison import labels

if TYPE_CHECKING:
    from simulator.outcomes.comparing import Comparison
    from simulator.outcomes.parting import Cause, Pair, Story, Waterfall

_MOST = 10


def data(found: Comparison, pair: Pair, kpi: str, fall: Waterfall, story: Story | None) -> dict[str, Any]:
    """The reasons as plain data."""
    return {
        "format": "why/1",
        "runs": [run.id for run in found.runs],
        "kpi": kpi,
        "replications": fall.replications,
        "difference": fall.total,
        "steps": [
            {"step": step, "kind": kind, "amount": amount, "inputs": list(fall.inputs[step, kind])}
            for (step, kind), amount in fall.by_step.items()
        ],
        "swv": [{"swv": code, "amount": amount} for code, amount in fall.by_swv.items()],
        "inputs": [{"name": name, "values": values} for name, values in found.inputs],
        "story": _story(pair, story) if story else None,
    }


def _story(pair: Pair, story: Story) -> dict[str, Any]:
    first = story.parting
    return {
        "replication": story.replication,
        "swv": story.swv,
        "first": {
            "step": first.key[0], "item": first.key[1], "visit": first.key[2], "moment": first.moment,
            "left": _when(pair, getattr(first.left, first.moment)),
            "right": _when(pair, getattr(first.right, first.moment)),
        } if first else None,
        "cause": _cause(story.cause),
        "carrier": _cause(story.carrier),
        "chain": [
            {"step": link.key[0], "item": link.key[1], "left": _when(pair, link.left), "right": _when(pair, link.right),
             "days": _days(link.right - link.left) if max(link.left, link.right) < NEVER else None,
             "own_days": _days(link.own) if abs(link.own) < NEVER else None}
            for link in story.chain
        ],
    }  # fmt: skip


def _cause(cause: Cause) -> dict[str, Any]:
    return {"step": cause.step, "kind": cause.kind, "inputs": list(cause.inputs)}


def _when(pair: Pair, moment: int) -> str | None:
    return date_of(day_at(moment, pair.players[0].model.start)).isoformat() if moment < NEVER else None


def _days(seconds: int) -> float:
    return round(seconds / DAY_SECONDS, 2)


def page(told: dict[str, Any], found: Comparison) -> dict[str, Any]:
    """The data in words, for the template."""
    names = {name: (label, unit) for run in found.runs for name, label, unit in labels(run)}
    label, unit = names[told["kpi"]]
    steps = _labels(found)
    by_step, total = _amounts(told["steps"], unit)
    by_swv, _ = _amounts(told["swv"], unit)
    means = {row.run: row.value.mean for row in found.rows if row.kpi == told["kpi"]}
    inputs = {one["name"]: " -> ".join(one["values"]) for one in told["inputs"]}
    return {
        **told,
        "label": label,
        "names": [run.manifest.scenario for run in found.runs],
        "means": [figure(means[run.id], unit) for run in found.runs],
        "all": len({run.replications for run in found.runs}) == 1
        and found.runs[0].replications == told["replications"],
        "total": total if told["steps"] else difference(told["difference"], unit),
        "unit_words": say(f"unit.{unit}") if unit not in ("share", "count") else "",
        "steps": [
            {**_row(one, steps, inputs), "words": words}
            for one, words in zip(told["steps"][:_MOST], by_step, strict=False)
        ],
        "rest_steps": by_step[_MOST] if len(by_step) > _MOST else "",
        "swv": [{**one, "words": words} for one, words in zip(told["swv"][:_MOST], by_swv, strict=False)],
        "rest_swv": by_swv[_MOST] if len(by_swv) > _MOST else "",
        "count_swv": len(told["swv"]),
        "story": _words(told["story"], steps, inputs) if told["story"] else None,
    }


def _amounts(rows: list[dict[str, Any]], unit: str) -> tuple[list[str], str]:
    """The first amounts, the rest as one when there are more, and their sum; as shown they add up."""
    amounts = [one["amount"] for one in rows]
    rest = [math.fsum(amounts[_MOST:])] if len(amounts) > _MOST else []
    return parts([*amounts[:_MOST], *rest], unit)


def _labels(found: Comparison) -> dict[str, str]:
    return {
        node.id: pick(node.step.label)
        for run in reversed(found.runs)
        for node in run.scenario.kader.file.werkwijze.walk()
        if node.step
    }


def _row(one: dict[str, Any], steps: dict[str, str], inputs: dict[str, str]) -> dict[str, Any]:
    return {
        **one,
        "label": steps.get(one["step"], say("why.content")),
        "kind": say(f"why.{one['kind']}"),
        "behind": [f"{name}: {inputs[name]}" for name in one["inputs"]],
    }


def _words(story: dict[str, Any], steps: dict[str, str], inputs: dict[str, str]) -> dict[str, Any]:
    first = story["first"]
    return {
        **story,
        "first": {
            **first, "label": steps.get(first["step"], first["step"]), "what": say(f"why.moment_{first['moment']}"),
            "left": _date(first["left"]), "right": _date(first["right"]),
        } if first else None,
        "kind": say(f"why.{story['cause']['kind']}"),
        "behind": [f"{name}: {inputs[name]}" for name in story["cause"]["inputs"]],
        "chain": [
            {**one, "label": steps.get(one["step"], one["step"]), "left": _date(one["left"]), "right": _date(one["right"]),
             "days": _signed(one["days"])}
            for one in story["chain"]
        ],
    }  # fmt: skip


def _signed(days: float | None) -> str:
    return "" if days is None else ("+" if days > 0 else "") + number(days, 0)


def _date(text: str | None) -> str:
    from datetime import date

    return long_date(date.fromisoformat(text)) if text else say("why.never")
