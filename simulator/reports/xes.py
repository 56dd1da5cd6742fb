"""An event log as XES (IEEE 1849): one trace per swv, one event per thing that happened to a step.

Asking for people or a turn is `schedule`, getting somebody `assign`, then `start` and `complete`: the transitions of the
standard lifecycle extension. Of a werkwijze that goes against the law the log and the events of its steps have a text
`against_law`: that it does, and the articles; so have steps that came too soon or too late for the law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from simulator.base.language import pick
from simulator.kader import lawful
from simulator.outcomes.eventlog import against_law, in_order, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.werkwijze import Step
    from simulator.outcomes.eventlog import EventLog
    from simulator.world.scenario import Scenario

_TRANSITIONS = {"requested": "schedule", "granted": "assign", "started": "start", "ended": "complete"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
</global>
<classifier name="Step" scope="event" keys="concept:name"/>
<classifier name="StepAndTransition" scope="event" keys="concept:name lifecycle:transition"/>
"""


def xes(log: EventLog) -> Iterator[str]:
    """The log as pieces of one XML text, made while they are written."""
    scenario = log.scenario
    yield _HEAD + _text("concept:name", f"{scenario.id} {log.replication}") + _text("lifecycle:model", "standard")
    if mark := lawful.marked(lawful.told(scenario.unlawful)):
        yield _text("against_law", mark)
    broken = against_law(log)
    steps = {node.id: node.step for node in scenario.kader.file.werkwijze.walk() if node.step}
    for (code,), events in in_order(log).sort("swv", maintain_order=True).group_by("swv", maintain_order=True):
        swv = scenario.swv[str(code)]
        yield f"<trace>\n{_text('concept:name', swv.code)}{_text('sector', swv.sector)}{_text('province', swv.province)}"
        for row in events.iter_rows(named=True):
            yield _event(scenario, row, steps[row["step"]], broken(row))
        yield "</trace>\n"
    yield "</log>\n"


def _event(scenario: Scenario, row: dict[str, object], step: Step, articles: str) -> str:
    what, detail = str(row["what"]), str(row["detail"])
    texts = {
        "concept:name": row["step"],
        "concept:instance": "/".join(filter(None, (str(row["item"]), str(row["visit"])))),
        "lifecycle:transition": _TRANSITIONS[what],
        "org:role": step.actor,
        "org:resource": detail if what == "granted" else "",
        "org:group": detail.rpartition("#")[0] if what == "granted" else "",
        "label": pick(step.label),
        "marks": detail if what == "ended" else "",
        "cause": row["cause"],
        "against_law": articles,
    }
    moment = stamp(scenario, int(str(row["second"])))
    written = "".join(_text(key, str(value)) for key, value in texts.items() if value)
    return f'<event>\n{written}<date key="time:timestamp" value="{moment}"/>\n</event>\n'


def _text(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>\n'
