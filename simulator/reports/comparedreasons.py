"""Why scenarios differ, as a chapter of their comparison: the steps that carry the clearest differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.reports import inputwords, measuring, settingwords
from simulator.reports.blocks import Column, Paragraph, Row, Span, Table, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.comparing import Comparison
    from simulator.reports.blocks import Block
    from simulator.reports.source import Asked
    from simulator.world.scenario import Scenario

_CLEAREST, _STEPS = 3, 5


def reasons(asked: Asked, found: Comparison, page: dict[str, Any]) -> list[Block]:
    """Per scenario the steps that carry the first figures that differ, as `why` tells them; and how to ask for more."""
    runs = " ".join(asked.names[:2] or [run.id for run in found.runs[:2]])
    more = Paragraph(text(Span(say("vergelijking.why", names=runs), "soft")))
    if asked.scope.kind != "country":
        return [Paragraph(text(say("vergelijking.reasons_whole"))), more]
    blocks: list[Block] = []
    base, *others = asked.sources
    for run, other, table in zip(found.runs[1:], others, page["tables"], strict=True):
        sure = [row["kpi"] for row in table["rows"] if row["sure"]][:_CLEAREST]
        for told in measuring.why(base, other, sure) if sure and not table["run"]["apart"] else ():
            blocks.append(_carried(told, page["names"][run.id], [found.runs[0].scenario, run.scenario]))
    intro = say("vergelijking.reasons_intro" if blocks else "vergelijking.no_reasons", n=measuring.MOST_REASONS)
    return [Paragraph(text(intro)), *blocks, more]


def _carried(told: dict[str, Any], name: str, scenarios: Sequence[Scenario]) -> Table:
    columns = (
        Column(say("table.difference"), right=True, width=0.7), Column(say("vergelijking.step"), width=1.8),
        Column(say("vergelijking.by"), width=1.2), Column(say("vergelijking.behind"), width=2.2),
    )  # fmt: skip
    rows = [
        Row(
            (
                text(one["words"]),
                text(one["label"]),
                text(one["kind"]),
                text("; ".join(_behind(one, scenarios)) or "-"),
            ),
            data=(("figure", told["kpi"]), ("scenario", name)),
        )
        for one in told["steps"][:_STEPS]
    ]
    caption = say(
        "vergelijking.carried", label=told["label"], name=name, n=told["replications"],
        total=f"{told['total']} {told['unit_words']}".strip(), shown=len(rows), all=told["count_steps"],
    )  # fmt: skip
    return Table(caption, columns, tuple(rows))


def _behind(one: dict[str, Any], scenarios: Sequence[Scenario]) -> list[str]:
    """What is set otherwise behind a step, in words where it is a parameter; it is named by itself, not by a step."""
    settings, lines = one["behind"][: len(one["inputs"])], one["behind"][len(one["inputs"]) :]
    called = inputwords.words(scenarios, one["inputs"])
    told = [
        settingwords.turned(name, scenarios, called) or words
        for name, words in zip(one["inputs"], settings, strict=True)
    ]
    return list(dict.fromkeys([*told, *lines]))
