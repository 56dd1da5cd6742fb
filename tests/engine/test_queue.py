"""A queue built from steps and pools agrees with queueing theory: M/M/c against Erlang C."""

from __future__ import annotations

from dataclasses import replace
from math import factorial

import numpy as np
import pytest

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.kader.parameters import Exponential, Uniform
from simulator.kader.werkwijze import Node
from simulator.outcomes import statistics
from simulator.world import scenario as scenarios

SOURCE = {"source": "queueing theory", "confidence": "assumed"}
LABEL = {"nl": "x", "en": "x"}
REPLICATIONS = 12


def queue(servers, load):
    """A scenario in which each element of each plan is a customer: it comes at any moment, and is served for a while.

    The werkwijze runs over some 1,600 customers; the arrivals of a Poisson process, given their number, are uniform.
    """
    shipped = scenarios.load("invoering-2014")
    file = shipped.kader.file
    customers = sum(len(file.elements[swv.sector]) for swv in shipped.swv.values())
    days = (shipped.period.until - shipped.period.start).days * 0.98
    service = load * servers * days / customers
    step = {"label": LABEL, "actor": "swv", **SOURCE}
    tree = Node.model_validate({
        "id": "customers",
        "for_each": {"over": "elements", "do": {"id": "customer", "sequence": [
            {"id": "come", "step": {**step, "time": {"takes": "arrival"}}},
            {"id": "serve", "step": {**step, "pools": ["inspecteur_so"], "time": {"takes": "service"}}},
        ]}},
    })  # fmt: skip
    given = {"unit": "days", **SOURCE}
    own = {
        "arrival": Uniform.model_validate({"dist": "uniform", "low": 0, "high": days, **given}),
        "service": Exponential.model_validate({"dist": "exponential", "mean": service, **given}),
    }
    pools = {**file.pools, "inspecteur_so": file.pools["inspecteur_so"].model_copy(update={"capacity": servers})}
    kader = replace(shipped.kader, file=file.model_copy(update={"werkwijze": tree}))
    scenario = replace(shipped, kader=kader, parameters={**shipped.parameters, **own}, pools=pools)
    return scenario, days, service, customers / days


def erlang_c(servers, offered):
    """The chance of having to wait."""
    top = offered**servers / factorial(servers) * servers / (servers - offered)
    return top / (sum(offered**n / factorial(n) for n in range(servers)) + top)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (3, 0.7), (10, 0.8)])
def test_waiting_is_that_of_erlang(servers, load):
    scenario, days, service, rate = queue(servers, load)
    model = Model(scenario)
    waits = []
    for number in range(REPLICATIONS):
        trace = play(model, model.draw(number)[0])
        table = np.array(trace.grants, dtype=float)
        asked, waited = table[:, 3] / DAY_SECONDS, (table[:, 4] - table[:, 3]) / DAY_SECONDS
        settled = (asked > 0.1 * days) & (asked < 0.95 * days)  # it begins and ends empty
        waits.append(waited[settled].mean())
        assert (np.array(trace.end) < NEVER).any()
    found = statistics.estimate(np.array(waits))
    expected = erlang_c(servers, rate * service) * service / (servers - rate * service)
    assert found.low <= expected <= found.high, (found, expected)
