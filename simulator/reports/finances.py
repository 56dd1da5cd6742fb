"""The key figures of the finances of one swv, as a report about its supervision shows them."""

from __future__ import annotations

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
    from simulator.reports.blocks import Block
    from simulator.reports.context import Context


def key_figures(context: Context) -> list[Block]:
    """Per calendar year of the plan the income, the own equity beside the signaleringswaarde, and growth.

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
    table = later.of_one(found.of(0), say("report.finance_table"), later.rules(amounts, growth=False))
    rule = amounts.data.vangnet
    growth = say("report.finance_growth", usual=number(100 * rule.usual, 1))
    return [Paragraph(text(say("report.finance_figures"), origin)), *tabling.block(table), Paragraph(text(growth))]
