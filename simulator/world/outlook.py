"""How long the way to a step takes by rule of thumb: what a support team reckons before anything has happened.

Median durations, a working day counted as so many days of the calendar, nobody waiting for anybody, no refusal: the
longest of what goes on at the same time, the sum of what comes after each other. For all swv at once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.kader.werkwijze import Guard, Node, Step
    from simulator.world.scenario import Scenario

Array = np.ndarray

_MIDDLE = 0.5
_DAYS_OF_WORK = {"calendar": 1.0, "working": 365 / 253, "school": 365 / 193, "gemeente": 365 / 193}
"""Days of the calendar to a day of work: 253 working days in a year, of which some 60 in school holidays."""
_IN_DAYS = {"days": 1.0, "working_days": 1.0, "hours": 1 / 24}


def days(scenario: Scenario, known: Mapping[str, Array], node: str) -> Array:
    """Days from the start of the scenario to the end of a step, per swv.

    Args:
        scenario: whose werkwijze and parameters.
        known: attributes of the swv, as far as they are known.
        node: id of the step.
    """
    walk = _Walk(scenario, known, node)
    walk.end(scenario.kader.file.werkwijze, np.zeros(len(scenario.swv)))
    return walk.found


def normal(values: Array) -> Array:
    """The distribution function of the standard normal."""
    return np.array([0.5 * math.erfc(-value / math.sqrt(2.0)) for value in values.tolist()])


class _Walk:
    def __init__(self, scenario: Scenario, known: Mapping[str, Array], node: str) -> None:
        self.scenario, self.known, self.wanted = scenario, dict(known), node
        self.first = day_of(scenario.period.start)
        self.sectors = np.array([swv.sector for swv in scenario.swv.values()])
        self.found = np.zeros(len(scenario.swv))

    def value(self, name: str) -> Array:
        """The middle value of a parameter for each swv; factors of attributes that are not known yet count as 1."""
        parameter = self.scenario.parameters[name].knowing(self.known)
        return parameter.values(np.full(len(self.scenario.swv), _MIDDLE), self.known)

    def end(self, node: Node, start: Array) -> Array:
        """When a node ends that starts on a day, in days from the start of the scenario."""
        if node.part is not None and node.part in self.scenario.parts_off:
            return start
        if node.step:
            end = np.asarray(start + self.takes(node.step, start))
            if node.id == self.wanted:
                self.found = end
            return end
        if node.sequence:
            for child in node.sequence:
                start = self.end(child, start)
            return start
        if node.choice:
            return self._chosen(node, start)
        children = [node.loop.body] if node.loop else node.children()
        return np.asarray(np.maximum.reduce([start, *(self.end(child, start) for child in children)]))

    def _chosen(self, node: Node, start: Array) -> Array:
        """The way that each swv is likely to go: by its bits, and by the chance of a draw."""
        left = np.ones(len(start), dtype=bool)
        result = start.copy()
        for option in node.choice or ():
            takes = left & (self.likely(option.when) if option.when else True)
            end = self.end(option.then, start) if option.then and takes.any() else start
            result = np.where(takes, end, result)
            left &= ~takes
        return result

    def likely(self, guard: Guard) -> Array:
        """Where a condition is more likely to hold than not; what depends on the course of things is not."""
        nobody = np.zeros(len(self.scenario.swv), dtype=bool)
        if guard.draw:
            return np.asarray(self.value(guard.draw) > _MIDDLE)
        if guard.bit:
            return self.known[guard.bit] > 0 if guard.bit in self.known else nobody
        if guard.no:
            return ~self.likely(guard.no)
        if guard.all:
            return np.asarray(np.logical_and.reduce([self.likely(one) for one in guard.all]))
        if guard.any:
            return np.asarray(np.logical_or.reduce([self.likely(one) for one in guard.any]))
        return nobody

    def takes(self, step: Step, start: Array) -> Array:
        """Days of the calendar that a step takes."""
        nothing = np.zeros(len(start))
        time = step.time
        if time is None or time.at_once:
            return nothing
        if time.takes:
            unit = self.scenario.parameters[time.takes].unit
            taken = self.value(time.takes) * _IN_DAYS[unit] * _DAYS_OF_WORK[time.calendar]
        elif time.term:
            days_of_term = (time.term.days or 0) + 7 * (time.term.weeks or 0) + 30 * (time.term.months or 0)
            taken = days_of_term * self.value(str(time.share))
        else:
            taken = np.maximum(self._moment(time.until or time.deadline) - start, 0.0)
        return np.where(self.sectors == step.sector, taken, nothing) if step.sector else taken

    def _moment(self, until: object) -> Array:
        """The day that a step waits for, counted from the start; one that is not known yet is no reason to wait."""
        size = len(self.scenario.swv)
        if isinstance(until, str):
            return self.known[until] - self.first if until in self.known else np.zeros(size)
        return np.full(size, float(day_of(until) - self.first))  # type: ignore[arg-type]
