"""Lastendruk by the standaardkostenmodel: hours on the steps that were done, times a rate, by who, what and why.

Source of the form: P (hours times rate) x Q (how often), "Meten is Weten II" (2007); toezichtlasten count as
administratieve lasten. Hours and rates are parameters of the kader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes import kpis

if TYPE_CHECKING:
    from simulator.engine.model import Model
    from simulator.kader.model import Together
    from simulator.kader.werkwijze import Node, Step
    from simulator.outcomes.replication import Replication

Array = np.ndarray
NO_DUTY = "-"


@dataclass(frozen=True)
class Booked:
    """Hours of one step of one actor in a replication.

    Attributes:
        hours, euros: per swv.
        times: per swv how often the step was done.
    """

    actor: str
    step: str
    duty: str
    hours: Array
    euros: Array
    times: Array


def booked(play: Replication) -> list[Booked]:
    """All hours of a replication, by actor, step and duty."""
    model = play.looker.model
    people = len(model.codes)
    duties = _duties(model)
    found: dict[tuple[str, str, str], list[Array]] = {}
    for (actor, _), (rows, values) in kpis.hours(play).items():
        names, which = np.unique(duties[rows], return_inverse=True)
        for number, name in enumerate(names.tolist()):
            here = which == number
            swv = model.owner[rows[here]]
            step, _, duty = name.partition(" ")
            sums = [np.bincount(swv, weights=values[here], minlength=people), np.bincount(swv, minlength=people)]
            before = found.get((actor, step, duty), [np.zeros(people), np.zeros(people)])
            found[actor, step, duty] = [one + other for one, other in zip(before, sums, strict=True)]
    return [
        Booked(actor, step, duty, hours, hours * kpis.rate(play, actor), times)
        for (actor, step, duty), (hours, times) in sorted(found.items())
    ]


def _duties(model: Model) -> Array:
    """Per row its step and the duty that it serves, as one word each."""
    steps, tables = steps_of(model), model.tables
    found = []
    for node, item in zip(tables.node, tables.item, strict=True):
        duty = steps[node].duty if node in steps else None
        found.append(f"{node} {item.rpartition('/')[2] if duty == 'item' else duty or NO_DUTY}")
    return np.array(found)


def steps_of(model: Model) -> dict[str, Step]:
    """The steps of a model by the id of their node."""
    return {node.id: node.step for node in model.scenario.kader.file.werkwijze.walk() if node.step}


@dataclass(frozen=True)
class Overlap:
    """What parts of the werkwijze cost together, and what asking once instead of again would save, per swv."""

    hours: Array
    euros: Array
    saved_hours: Array
    saved_euros: Array


def overlap(play: Replication, together: Together) -> Overlap:
    """What some parts cost together in a replication; of what they ask again all but the dearest could be saved."""
    model = play.looker.model
    inside = {
        one.id for node in _below(model.scenario.kader.file.werkwijze, set(together.nodes)) for one in node.walk()
    }
    asked = {name for name, step in steps_of(model).items() if name in inside and step.asks == together.asks}
    rows = [one for one in booked(play) if one.step in inside]
    nothing = np.zeros(len(model.codes))
    hours, euros = sum((one.hours for one in rows), nothing), sum((one.euros for one in rows), nothing)
    again_hours, again_euros = (
        _all_but_the_most([getattr(one, kind) for one in rows if one.step in asked], nothing)
        for kind in ("hours", "euros")
    )
    return Overlap(hours, euros, again_hours, again_euros)


def _all_but_the_most(amounts: list[Array], nothing: Array) -> Array:
    return np.asarray(np.sum(amounts, axis=0) - np.max(amounts, axis=0)) if amounts else nothing


def _below(tree: Node, names: set[str]) -> list[Node]:
    return [node for node in tree.walk() if node.id in names]
