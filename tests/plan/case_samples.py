"""Plans for walks of cases: all in order, nothing in order, nothing filled in, or with one thing changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from simulator.base.yamlfile import Document
from simulator.kader import reading
from simulator.plan.model import Answer, Plan, SchoolYears
from simulator.plan.reading import PlanFile

LONG_AGO = date(2012, 8, 1)
DAYS = {"swv-2014": date(2014, 4, 30), "swv-2021": date(2026, 4, 30)}
FIRST_YEAR = {"swv-2014": 2014, "swv-2021": 2026}


def plan(name, sector, answer=True):
    """A plan file of a kader in which every question has the same answer, and everything happened or nothing did.

    Args:
        answer: true, false, or None for a plan in which nothing is filled in.
    """
    kader = reading.load(name)
    day = {True: LONG_AGO, False: False, None: None}[answer]
    items = {"gemeenten": ["Gouda"], "overlaps": ["PO2814" if sector == "vo" else "VO2802"]}
    made = Plan(
        title="Alles",
        swv="PO2814" if sector == "po" else "VO2802",
        sector=sector,
        kader=name,
        period=SchoolYears(first_school_year=FIRST_YEAR[name], school_years=4),
        gemeenten=items["gemeenten"],
        overlaps=items["overlaps"],
        answers={
            duty: {key: Answer(answer=answer, page=7) for key in kader.parts(duty, sector)}
            for duty in kader.content_obligations
        },
        events={
            event: dict.fromkeys(items[one.items], day) if one.items else day
            for event, one in kader.events.items()
            if not one.period and not one.change and not one.setback and one.items != "duties"
        },
    )
    return PlanFile(made, kader, Path("plan.yaml"), Document("plan.yaml", []))


def answered(file, duty, part, **values):
    """The plan with another answer to one question."""
    answers = {**file.plan.answers, duty: {**file.plan.answers[duty], part: Answer(**values)}}
    return PlanFile(file.plan.model_copy(update={"answers": answers}), file.kader, file.path, file.document)


def happened(file, event, value):
    """The plan with another day for one event."""
    before = file.plan.events[event]
    after = dict.fromkeys(before, value) if isinstance(before, dict) else value
    events = {**file.plan.events, event: after}
    return PlanFile(file.plan.model_copy(update={"events": events}), file.kader, file.path, file.document)
