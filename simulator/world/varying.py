"""A scenario with other values: one setting at a time by name, or all that is not sure nudged up and down together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.validation import message_of
from simulator.kader.parameters import Parameter
from simulator.kader.pools import Pool
from simulator.world import teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.world.scenario import Scenario

_KINDS: dict[str, Any] = {"parameters": TypeAdapter(Parameter), "pools": TypeAdapter(Pool)}
_UNSURE = ("assumed", "unverified")
_FOLD = 2.0
"""A nudged value lies between half and twice what it is; of a chance its odds do."""
_DAYS = 14
"""A nudged window of dates moves by up to so many days."""


def place(scenario: Scenario, name: str) -> tuple[str, str, str]:
    """The section, the thing and the field that a name means: `pools.lcg.capacity`, `opr_refuses.value`.

    Raises:
        InputError: there is no such thing or field; the nearest name is offered.
    """
    section, _, rest = name.partition(".")
    if section not in _KINDS:
        section, rest = "parameters", name
    thing, _, field = rest.rpartition(".")
    things = getattr(scenario, section)
    if thing not in things:
        raise InputError(
            Problem(say("scenario.unknown", name=thing or rest, section=section), hint=nearest(thing, things))
        )
    fields = [
        key for key, value in things[thing].model_dump().items() if _is_value(value) and key not in ("unit", "dist")
    ]
    if field not in fields:
        message = say("varying.no_field", name=f"{section}.{thing}", field=field)
        raise InputError(Problem(message, hint=nearest(field, fields)))
    return section, thing, field


def _is_value(value: Any) -> bool:
    return not isinstance(value, str | dict | list) or hasattr(value, "year")


def varied(scenario: Scenario, values: Mapping[str, Any], why: str) -> Scenario:
    """The scenario with other values.

    Args:
        scenario: what it starts from.
        values: by name, as in `place`.
        why: the source that the values get.

    Raises:
        InputError: there is no such thing, or it cannot have that value.
    """
    changed: dict[str, dict[str, Any]] = {section: dict(getattr(scenario, section)) for section in _KINDS}
    for name, value in values.items():
        section, thing, field = place(scenario, name)
        raw = changed[section][thing].model_dump(by_alias=True, mode="json")
        try:
            made = _KINDS[section].validate_python({**raw, field: value, "source": why, "confidence": "assumed"})
        except ValidationError as error:
            reason = message_of(error.errors()[0])
            raise InputError(Problem(say("varying.wrong", name=name, value=value, reason=reason))) from None
        changed[section][thing] = made
    if wrong := teams.too_small(scenario.kader, changed["pools"]):
        raise InputError([Problem(message) for message in wrong.values()])
    names = {place(scenario, name)[1] for name in values}
    marked = tuple(sorted({*scenario.changed, *names}))
    return replace(scenario, parameters=changed["parameters"], pools=changed["pools"], changed=marked)


def unsure(scenario: Scenario) -> list[str]:
    """The parameters and pools that no law and no source gives, and that can be nudged."""
    found = [name for name, one in scenario.parameters.items() if one.confidence in _UNSURE and _can_be_nudged(one)]
    return found + [f"pools.{name}" for name, pool in scenario.pools.items() if pool.confidence in _UNSURE]


def _can_be_nudged(parameter: Any) -> bool:
    if parameter.dist == "chance":
        return bool(0 < parameter.value < 1)
    return not (parameter.dist == "fixed" and parameter.value == 0)


def nudged(scenario: Scenario, places: Mapping[str, float]) -> Scenario:
    """The scenario with some of what is not sure moved.

    Args:
        scenario: what it starts from.
        places: by name, as in `unsure`, a place from 0 (lowest) to 1 (highest); 0.5 leaves it as it is.
    """
    parameters, pools = dict(scenario.parameters), dict(scenario.pools)
    for name, where in places.items():
        section, _, pool = name.partition(".")
        if section == "pools" and pool in pools:
            capacity = max(1, round(pools[pool].capacity * _FOLD ** (2 * where - 1)))
            pools[pool] = pools[pool].model_copy(update={"capacity": capacity})
        else:
            parameters[name] = _moved(parameters[name], 2 * where - 1)
    return replace(scenario, parameters=parameters, pools=pools)


def _moved(parameter: Any, by: float) -> Any:
    """A parameter moved by -1 (lowest) to 1 (highest)."""
    fold = _FOLD**by
    if parameter.dist == "chance":
        odds = parameter.value / (1 - parameter.value) * fold
        return parameter.model_copy(update={"value": odds / (1 + odds)})
    if parameter.dist == "dates":
        days = timedelta(days=round(by * _DAYS))
        return parameter.model_copy(update={"first": parameter.first + days, "last": parameter.last + days})
    if parameter.dist == "normal" and abs(parameter.mean) < parameter.sigma:  # around nothing: a fold would do nothing
        return parameter.model_copy(update={"mean": parameter.mean + by * parameter.sigma / 2})
    fields = {name: getattr(parameter, name, None) for name in ("value", "low", "high", "median", "mean", "mode")}
    most = 1.0 if parameter.unit == "share" else float("inf")
    return parameter.model_copy(
        update={name: min(value * fold, most) for name, value in fields.items() if value is not None}
    )
