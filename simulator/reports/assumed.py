"""The assumptions behind a report: what weighs most in what it shows, in words; the rest counted, with where it stands.

What weighs most is, in this order: what the scenario sets otherwise than its kader, the numbers that took most days in the
course that is shown, the chances that decide what happens, and the longest durations.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.fields import ASSUMPTION
from simulator.base.language import pick, say
from simulator.kader.parameters import called
from simulator.reports import numberwords, valuewords
from simulator.reports.blocks import Block, Chapters, Column, Paragraph, Row, Span, Table, Text, text
from simulator.world import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.world.scenario import Scenario

SURE = ("read", "seen", "derived", "given", "known")
"""Confidence of what stands in a law or source that was read, or was given."""
_MOST = 42
"""How many are shown in full: they fill about a page."""
_CONTENT = "content"
_DURATIONS = ("days", "working_days")


def blocks(scenarios: Sequence[Scenario], used: Sequence[str] = ()) -> list[Block]:
    """Every number of what was played that stands in no law and no source that was read: shown, summed up or counted.

    Args:
        scenarios: what was played, the one that others are held against first.
        used: the parameters that took part in what is shown, those that took most days first.
    """
    if not scenarios:
        return []
    lost = {scenario.id: parts.lost_numbers(scenario) for scenario in scenarios}
    found = {
        name: one
        for scenario in reversed(scenarios)
        for name, one in scenario.parameters.items()
        if one.confidence not in SURE and name not in lost[scenario.id]
    }
    content = {name: one for name, one in found.items() if name.partition(".")[0] == _CONTENT}
    rest = {name: one for name, one in found.items() if name not in content}
    shown = _heaviest(rest, {name for scenario in scenarios for name in scenario.changed}, used)
    words, names = (
        numberwords.words(scenarios[0].kader, found),
        called(scenarios[0].kader.file.attributes),
    )
    rows = [_row(numbered(name, words), valuewords.told(found[name], names), found[name]) for name in shown]
    rows += [_of_content(content)] if content else []
    columns = (
        Column(say("report.parameter"), width=1.5), Column(say("report.value"), width=1.5),
        Column(say("report.source"), width=1.3),
    )  # fmt: skip
    return [
        Chapters.plain(say("report.assumptions"), "aannames", 3),
        Paragraph(
            text(
                say("report.assumptions_intro"), " ", say("assumed.which" if used else "assumed.which_all", n=len(rows))
            )
        ),
        Table(say("honesty.assumed", n=len(found)), columns, tuple(rows), dense=True, folded=True),
        Paragraph(text(_others(scenarios[0], found, len(found) - len(shown) - len(content)))),
    ]


def numbered(name: str, words: Mapping[str, str]) -> Text:
    """A number of the model by what it is about, with its name as a scenario gives it."""
    return text(f"{words[name]} ", Span(f"({name})", "soft")) if name in words else text(name)


def _heaviest(found: Mapping[str, Any], changed: set[str], used: Sequence[str]) -> list[str]:
    """The names of those that weigh most, in the order in which they do; one of those per duty stands for them all."""
    longest = sorted((name for name in found if found[name].unit in _DURATIONS), key=lambda name: -_middle(found[name]))
    chances = [name for name, one in found.items() if one.dist == "chance"]
    own, most = [name for name in found if name in changed], [name for name in used if name in found]
    each = _MOST // 3
    ordered = [*own, *most[: _MOST - each], *chances[:each], *most, *longest, *chances]
    families: dict[str, str] = {}
    for name in ordered:
        families.setdefault(name.partition(".")[0], name)
    return list(families.values())[:_MOST]


def _middle(parameter: Any) -> float:
    return float(parameter.quantile(np.array([0.5]))[0])


def _row(name: Text, value: str, parameter: Any) -> Row:
    confidence = say(f"confidence.{parameter.confidence}").capitalize()
    source = "" if parameter.source == ASSUMPTION else f": {pick(parameter.source)}"
    return Row((name, text(value), text(confidence, Span(source, "soft"))))


def _of_content(content: Mapping[str, Any]) -> Row:
    """The chances that plan and organisation are in order, duty by duty, as one row."""
    values = [one.value for one in content.values() if one.dist == "chance"]
    low, high = (valuewords.share(bound) for bound in (min(values, default=0.0), max(values, default=1.0)))
    sure = dict.fromkeys(say(f"confidence.{one.confidence}").capitalize() for one in content.values())
    told = say("assumed.content", n=len(content))
    return Row((text(told), text(say("valuewords.between", low=low, high=high)), text(", ".join(sure))))


def _others(scenario: Scenario, found: Mapping[str, Any], n: int) -> str:
    """How many are not shown, how sure all of them are, and the command that lists every one."""
    counted = Counter(one.confidence for one in found.values())
    sure = "; ".join(f"{say(f'confidence.{name}')}: {times}" for name, times in counted.most_common())
    return say("assumed.others", n=n, sure=sure, scenario=scenario.id)
