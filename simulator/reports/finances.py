"""The key figures of the finances of one swv, as a report about its supervision shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import say
from simulator.base.numbers import number
from simulator.reports import honesty, later, tabling
from simulator.reports.blocks import Paragraph, text
from simulator.world import bekostiging
from simulator.world.bekostiging import later as money
from simulator.world.shockparts import BEKOSTIGING

if TYPE_CHECKING:
    from simulator.kader.standards import Aspect
    from simulator.reports.blocks import Block
    from simulator.reports.context import Context


def about(context: Context, aspect: Aspect) -> bool:
    """Whether a field of the waarderingskader is that of the finances: all that counts towards it is about them."""
    names = [name for one in aspect.indicators for name in one.obligations]
    duties = context.scenario.kader.obligations
    return bool(names) and all(name in duties and duties[name].group == "finance" for name in names)


def key_figures(context: Context) -> list[Block]:
    """Per calendar year of the plan the income, the own equity beside the signaleringswaarde, and growth.

    What was not there yet on the day of the report is left out: the signaleringswaarde, the vangnet.

    Nothing under a kader that says nothing about these, or in a scenario that leaves the bekostiging out.
    """
    scenario, about = context.scenario, context.about
    if not money.tells(scenario.kader) or BEKOSTIGING in scenario.parts_off:
        return []
    amounts = bekostiging.of_parameters(scenario.parameters)
    place = slice(about.number, about.number + 1)
    known = {name: np.asarray(values)[place] for name, values in about.played.seen.attributes.items()}
    years = money.years_of(scenario.plan_period)
    found = money.drawn([about.swv], known, years, amounts, scenario.plans)
    plan = scenario.plans.get(about.swv.code)
    origin = honesty.origin(["given" if plan and (plan.money or plan.pupils) else "drawn"])
    own = money.told_on(found.of(0), about.day(about.visit.adopted) or about.visited, amounts)
    paid = any(one.vangnet is not None for one in own)
    rules = later.rules(amounts, [replace(one, vangnet=None) for one in own])
    table = later.of_one(own, say("report.finance_table"), rules, amounts)
    growth = say("report.finance_growth", usual=number(100 * amounts.data.vangnet.usual, 1))
    return [
        Paragraph(text(say("report.finance_figures"), origin)), *tabling.block(table),
        *([Paragraph(text(growth))] if paid else []),
    ]  # fmt: skip
