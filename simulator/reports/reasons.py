"""Why two runs differ, as data and in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_at
from simulator.base.language import pick, say
from simulator.base.numbers import difference, figure, long_date, number, parts
from simulator.outcomes.account import REST
from simulator.reports import inputwords
from simulator.reports.comparison import labels
from simulator.world import parts as world_parts
from simulator.world.bekostiging import of_parameters
from simulator.world.differences import shock_name

if TYPE_CHECKING:
    from simulator.outcomes.account import Step
    from simulator.outcomes.comparing import Comparison
    from simulator.outcomes.parting import Cause, Pair, Story, Waterfall

_MOST = 10
_MOST_LINES = 4
_CENTS = 100


def data(found: Comparison, pair: Pair, kpi: str, fall: Waterfall, story: Story | None) -> dict[str, Any]:
    """The reasons as plain data."""
    return {
        "format": "why/1",
        "runs": [run.id for run in found.runs],
        "kpi": kpi,
        "replications": fall.replications,
        "difference": fall.total,
        "steps": [
            {
                "step": step,
                "kind": kind,
                "amount": amount,
                "inputs": list(fall.inputs[step, kind]),
                "lines": [
                    {"line": line, "eur": round(cents / _CENTS, 2)} for line, cents in fall.lines[step, kind].items()
                ],
            }
            for (step, kind), amount in fall.by_step.items()
        ],
        "swv": [{"swv": code, "amount": amount} for code, amount in fall.by_swv.items()],
        "left_out": _left_out(found, kpi),
        "inputs": inputwords.rows([run.scenario for run in found.runs], found.inputs),
        "story": _story(pair, story) if story else None,
    }


def _left_out(found: Comparison, kpi: str) -> list[dict[str, str]]:
    """The runs that leave out the part without which a figure says nothing."""
    rows = []
    for run in found.runs:
        one = next((one for one in run.scenario.kader.file.kpis if one.id == kpi), None)
        part = world_parts.of_figure(run.scenario, one) if one else None
        if part:
            label = world_parts.off(run.scenario)[part]
            rows.append({"run": run.id, "scenario": run.scenario.id, "part": part, "label": label})
    return rows


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
        "money": None if story.money is None else [_money(step) for step in story.money],
    }  # fmt: skip


def _money(step: Step) -> dict[str, Any]:
    """What one thing does to the money of an swv: the figure, what it rests on, and lines in euros, before and after."""
    causes = {name: [_euros(name, one) for one in pair] for name, pair in step.causes.items()}
    lines = [{"line": name, "left": one / _CENTS, "right": other / _CENTS} for name, (one, other) in step.lines.items()]
    left, right = (None if math.isnan(one) else one for one in (step.before, step.after))
    return {"step": step.name, "left": left, "right": right, "rests_on": causes, "lines": lines}


def _euros(name: str, value: int) -> float:
    return value / _CENTS if name == "correction" else value


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
    steps = _labels(found) | _shocks(found)
    lines = _lines(found)
    by_step, total = _amounts(told["steps"], unit)
    by_swv, _ = _amounts(told["swv"], unit)
    means = {row.run: row.value.mean for row in found.rows if row.kpi == told["kpi"]}
    called = inputwords.words([run.scenario for run in found.runs], [one["name"] for one in told["inputs"]])
    scenarios = [run.manifest.scenario for run in found.runs]
    inputs = {one["name"]: inputwords.beside(one["name"], called, one["values"], scenarios) for one in told["inputs"]}
    is_money = any(one["kind"] == "money" for one in told["steps"])
    return {
        **told,
        "label": label,
        "names": scenarios,
        "means": [figure(means[run.id], unit) for run in found.runs],
        "all": len({run.replications for run in found.runs}) == 1
        and found.runs[0].replications == told["replications"],
        "total": total if told["steps"] else difference(told["difference"], unit),
        "unit_words": say(f"unit.{unit}") if unit not in ("share", "count") else "",
        "by_step": say("why.by_shock" if is_money else "why.by_step"),
        "steps": [
            {**_row(one, steps, inputs, lines), "words": words}
            for one, words in zip(told["steps"][:_MOST], by_step, strict=False)
        ],
        "rest_steps": by_step[_MOST] if len(by_step) > _MOST else "",
        "swv": [{**one, "words": words} for one, words in zip(told["swv"][:_MOST], by_swv, strict=False)],
        "rest_swv": by_swv[_MOST] if len(by_swv) > _MOST else "",
        "count_steps": len(told["steps"]),
        "count_swv": len(told["swv"]),
        "story": _words(told["story"], steps, inputs, (lines, unit)) if told["story"] else None,
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


def _shocks(found: Comparison) -> dict[str, str]:
    """What shocks are called, by the name that a comparison of inputs gives them; and all else that the money rests on."""
    labels = {
        shock_name(shock): pick(run.scenario.kader.file.shocks[shock.kind].label)
        for run in reversed(found.runs)
        for shock in run.scenario.shocks
    }
    return {**labels, REST: say("why.other_inputs")}


def _lines(found: Comparison) -> dict[str, str]:
    """What the lines of the money table are called."""
    return {line.id: pick(line.label) for line in of_parameters(found.runs[0].scenario.parameters).lines}


def _row(one: dict[str, Any], steps: dict[str, str], inputs: dict[str, str], lines: dict[str, str]) -> dict[str, Any]:
    moved = [
        say("why.line", line=lines[row["line"]], amount=difference(row["eur"], "eur"))
        for row in one["lines"][:_MOST_LINES]
    ]
    return {
        **one,
        "label": steps.get(one["step"], say("why.content")),
        "kind": say(f"why.{one['kind']}"),
        "behind": [*(inputs[name] for name in one["inputs"]), *moved],
    }


def _accounted(one: dict[str, Any], steps: dict[str, str], lines: dict[str, str], unit: str) -> dict[str, Any]:
    """What one thing does to the money of an swv, in words: what it rests on, its lines, the figure."""
    left, right = (figure(math.nan if value is None else value, unit) for value in (one["left"], one["right"]))
    rests = [
        say(f"why.{name}", left=number(before, 0), right=number(after, 0))
        for name, (before, after) in one["rests_on"].items()
    ]
    moved = [
        say("why.line_both", line=lines[row["line"]], left=number(row["left"], 0), right=number(row["right"], 0))
        for row in one["lines"][:_MOST_LINES]
    ]
    return {"label": steps[one["step"]], "step": one["step"], "left": left, "right": right, "told": [*rests, *moved]}


def _words(
    story: dict[str, Any], steps: dict[str, str], inputs: dict[str, str], money: tuple[dict[str, str], str]
) -> dict[str, Any]:
    first = story["first"]
    return {
        **story,
        "first": {
            **first, "label": steps.get(first["step"], first["step"]), "what": say(f"why.moment_{first['moment']}"),
            "left": _date(first["left"]), "right": _date(first["right"]),
        } if first else None,
        "kind": say(f"why.{story['cause']['kind']}"),
        "behind": [inputs[name] for name in story["cause"]["inputs"]],
        "chain": [
            {**one, "label": steps.get(one["step"], one["step"]), "left": _date(one["left"]), "right": _date(one["right"]),
             "days": _apart(one["left"], one["right"])}
            for one in story["chain"]
        ],
        "money": [_accounted(one, steps, *money) for one in story["money"] or ()],
    }  # fmt: skip


def _apart(left: str | None, right: str | None) -> str:
    """By how many days two dates differ, as they stand beside each other."""
    from datetime import date

    if left is None or right is None:
        return ""
    days = (date.fromisoformat(right) - date.fromisoformat(left)).days
    return say("why.days", n=("+" if days > 0 else "") + number(days, 0))


def _date(text: str | None) -> str:
    from datetime import date

    return long_date(date.fromisoformat(text)) if text else say("why.never")
