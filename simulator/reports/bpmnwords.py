"""What a BPMN drawing of a werkwijze says of its elements, in the language of the user."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from simulator.base.language import known, pick, say
from simulator.base.numbers import long_date
from simulator.kader.parameters import called, describe
from simulator.kader.werkwijze import Guard, pool_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.model import Kader
    from simulator.kader.werkwijze import Select, Step, StepTime

_TERMS = ("days", "weeks", "months")


def actor(name: str) -> str:
    """An actor as it is called."""
    return say(f"actor.{name}") if known(f"actor.{name}") else name


def moment(kader: Kader, value: date | str) -> str:
    """A day, or the attribute that holds one."""
    return pick(kader.file.attributes[value].label) if isinstance(value, str) else long_date(value)


def condition(kader: Kader, guard: Guard | Select) -> str:
    """A guard in words; of those that are chosen how many they are."""
    if not isinstance(guard, Guard):
        return say("bpmn.chosen", share=_number(kader, guard.share))
    if guard.now_before:
        return say("bpmn.before", day=long_date(guard.now_before))
    if guard.draw:
        return say("bpmn.draw", name=guard.draw)
    if guard.variable:
        return f"{guard.variable} >= {guard.at_least}"
    if guard.circumstance:
        return pick(kader.file.circumstances[guard.circumstance].label)
    if guard.lacks:
        return say("bpmn.lacks", what=say("bpmn.this") if guard.lacks == "item" else guard.lacks)
    if guard.in_law:
        return say("bpmn.in_law", what=say("bpmn.this") if guard.in_law == "item" else guard.in_law)
    if guard.no:
        return say("bpmn.no", what=condition(kader, guard.no))
    if guard.all or guard.any:
        word = say("bpmn.and" if guard.all else "bpmn.or")
        return f" {word} ".join(condition(kader, one) for one in guard.all or guard.any or ())
    name = str(guard.bit or guard.already)
    return pick(kader.file.attributes[name].label) if name in kader.file.attributes else name


def time(kader: Kader, step: StepTime) -> str:
    """How long a step takes, with its numbers."""
    if step.at_once:
        return say("bpmn.ends_on")
    told = _form(kader, step)
    return f"{told}; {say('bpmn.ends_on')}" if step.ends_on else told


def _form(kader: Kader, step: StepTime) -> str:
    """The same, without the day on which it ends."""

    def value(name: str | None) -> str:
        return f"{name}, {_number(kader, name)}" if name else ""

    if step.until is not None:
        return say("bpmn.until", moment=moment(kader, step.until))
    if step.yearly:
        return say("bpmn.yearly", day=long_date(date.fromisoformat(f"2001-{step.yearly}")).rpartition(" ")[0])
    if step.takes:
        whole = f"; {say('bpmn.whole_days')}" if step.whole_days else ""
        return f"{value(step.takes)}; {say('bpmn.calendar_' + step.calendar)}{whole}"
    if step.term and step.term.order:
        return say("bpmn.term_order")
    if step.term:
        unit = next(unit for unit in _TERMS if getattr(step.term, unit) is not None)
        length = say(f"bpmn.{unit}", n=getattr(step.term, unit))
        rule = say("bpmn.term_plain" if step.term.plain else "bpmn.term_law")
        return f"{say('bpmn.term', length=length)}, {rule}; {say('bpmn.share', what=value(step.share))}"
    until = long_date(step.deadline) if step.deadline else ""
    return say("bpmn.deadline", day=until, share=value(step.share), otherwise=value(step.otherwise))


def about(kader: Kader, step: Step) -> Iterator[str]:
    """What stands in the documentation of a step, line by line."""
    yield say("bpmn.by", actor=actor(step.actor))
    yield say("bpmn.source", source=pick(step.source), confidence=say(f"confidence.{step.confidence}"))
    if step.duty:
        yield say("bpmn.duty", name=say("bpmn.this") if step.duty == "item" else step.duty)
    if step.sector:
        yield say("bpmn.sector", sector=step.sector)
    if step.time:
        yield say("bpmn.time", what=time(kader, step.time))
    if pools := pool_names(step):
        yield say("bpmn.needs", names=", ".join(pick(kader.file.pools[name].label) for name in pools))
    if step.team:
        yield say("bpmn.team", name=pick(kader.file.teams[step.team].label))
    for who, parameter in step.hours.items():
        yield say("bpmn.hours", actor=actor(who), what=_number(kader, parameter))
    if step.marks:
        yield say("bpmn.marks", names=", ".join(pick(kader.events[name].label) for name in step.marks))


def _number(kader: Kader, name: str) -> str:
    return describe(kader.file.parameters[name], called(kader.file.attributes))
