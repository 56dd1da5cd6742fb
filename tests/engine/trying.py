"""A small werkwijze tried out with both interpreters, which must agree."""

from dataclasses import replace
from datetime import date

from reference import Reference

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.kader.parameters import Fixed, Uniform
from simulator.kader.pools import Pool
from simulator.kader.werkwijze import Node
from simulator.world import scenario as scenarios
from simulator.world.scenariofile import Span

SOURCE = {"source": "x", "confidence": "assumed"}
LABEL = {"nl": "x", "en": "x"}
CODES = ["PO2201", "PO2814", "PO3001", "VO2201", "VO2802", "VO3001"]
START = date(2021, 8, 1)


def step(name, **more):
    """A step of the Inspectie."""
    return {"id": name, "step": {"label": LABEL, "actor": "inspectie", **SOURCE, **more}}


def days(value, unit="days"):
    """A duration that is always the same."""
    return Fixed(dist="fixed", value=value, unit=unit, **SOURCE)


def tried(
    tree, *, pools=None, start=START, until=date(2025, 8, 1), codes=CODES, people=(), plans=None, **parameters
):  # fmt: skip
    """A model of the kader of 2021 with another werkwijze, some swv, and a trace of it."""
    shipped = scenarios.load("cyclus-2021").among(codes)
    own = {
        "luck": Uniform(dist="uniform", low=0, high=1, unit="share", **SOURCE),
        "half": Fixed(dist="fixed", value=0.5, unit="share", **SOURCE),
        "short": days(3), **parameters,
    }  # fmt: skip
    made = {name: Pool(label=LABEL, capacity=count, **SOURCE) for name, count in (pools or {}).items()}
    file = shipped.kader.file.model_copy(update={"werkwijze": Node.model_validate({"id": "all", "sequence": tree})})
    scenario = replace(
        shipped, kader=replace(shipped.kader, file=file), period=Span.model_validate({"from": start, "until": until}),
        parameters={**shipped.parameters, **own}, pools={**shipped.pools, **made}, inspecteurs=dict(people),
        plans=plans or {},
    )  # fmt: skip
    model = Model(scenario)
    trace = play(model, model.draw(0).draws)
    other = Reference(model, model.draw(0).draws, shuffle=1).play()
    assert (trace.start, trace.end) == (other.start, other.end), "the second interpreter sees it otherwise"
    assert sorted(trace.grants) == sorted(other.grants)
    assert sorted(trace.breaks) == sorted(other.breaks)
    assert trace.own == other.own
    return model, trace


def ends(model, trace, node):
    """Per swv and item the moments, in days from the start, at which a step ended."""
    tables = model.tables
    return {
        (model.codes[tables.swv[row]], tables.item[row], tables.visit[row]): trace.end[row] / DAY_SECONDS
        for row, name in enumerate(tables.node)
        if name == node and trace.end[row] < NEVER
    }
