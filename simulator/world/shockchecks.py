"""Whether the shocks in the files of a scenario can be: known kinds and names, right signs, in time, over somebody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from simulator.base.errors import InputError, nearest
from simulator.base.language import say
from simulator.base.validation import percent
from simulator.kader.shocks import Shock, Where
from simulator.world import population, shockparts, shocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.base.errors import Problem
    from simulator.base.yamlfile import Document, Loc
    from simulator.kader.model import Kader, PlanPeriod
    from simulator.kader.shocks import ShockKind
    from simulator.world.population import Swv
    from simulator.world.scenariofile import Span


def problems(
    document: Document, kader: Kader, groups: Mapping[str, tuple[str, ...]], period: Span | None,
    parameters: Mapping[str, Any], plans: PlanPeriod,
) -> list[Problem]:  # fmt: skip
    """Everything wrong with the shocks of a file of a scenario, beyond the form of each, which is looked at before."""
    when = money_days(kader, parameters, plans)
    found: list[Problem] = []
    for number, shock in _sound(document):
        loc: Loc = ("shocks", number)
        kind = kader.file.shocks.get(shock.kind)
        if kind is None:
            message = say("scenario.unknown", name=shock.kind, section="shocks")
            found.append(document.problem(message, (*loc, "kind"), hint=nearest(shock.kind, kader.file.shocks)))
            continue
        found += _fits(document, loc, shock, kind)
        found += _level(document, loc, shock, kind, kader)
        found += _for_whom(document, (*loc, "where"), shock, kind, kader)
        found += _in_time(document, loc, shock, kind, period, when)
        found += _places(document, (*loc, "where"), shock.where, groups) if shock.where else []
    return found


def unheard(
    document: Document, kader: Kader, groups: Mapping[str, tuple[str, ...]], chosen: Mapping[str, Swv]
) -> Iterable[Problem]:
    """Shocks of a file over swv that do not take part, each name of one; or over nobody at all.

    Args:
        document: the file that says who takes part, or one that extends it.
        kader: that says where a kind of shock comes when a scenario does not.
        groups: codes by the name of a group.
        chosen: the swv that take part.
    """
    known = population.everyone()
    for number, shock in _sound(document):
        where, loc = shock.where, ("shocks", number, "where")
        if where is None:
            yield from _default(document, number, kader.file.shocks.get(shock.kind), groups, chosen)
            continue
        if where.gemeenten or (where.group is not None and where.group not in groups):
            continue
        strange = [place for place, code in enumerate(where.swv) if code in known and code not in chosen]
        for place in strange:
            message = say("scenario.not_in_population", code=where.swv[place])
            yield document.problem(message, (*loc, "swv", place))
        if not strange and not any(shocks.meant(swv, where, groups) for swv in chosen.values()):
            yield document.problem(say("shock.nobody"), loc, key=True)


def no_partners(document: Document, chosen: Mapping[str, Swv], period: Span | None) -> Iterable[Problem]:
    """Gemeenten of a shock of a file with which nobody who takes part talks.

    Args:
        document: the file that says who takes part, or one that extends it.
        chosen: the swv that take part.
        period: in which is played; without it nothing is told.
    """
    if period is None:
        return
    partners = {via for swv in chosen.values() for _, via in swv.partners(period.start)}
    known = {name for swv in population.everyone().values() for area in swv.areas for name in area.gemeenten}
    for number, shock in _sound(document):
        for place, name in enumerate(shock.where.gemeenten if shock.where else ()):
            if name in known - partners:
                message = say("shock.not_a_partner", name=name)
                yield document.problem(message, ("shocks", number, "where", "gemeenten", place))


def without_part(document: Document, kader: Kader, parts_off: Mapping[str, int], place: int) -> Iterable[Problem]:
    """Shocks of a file that do nothing, since it or a file below it leaves out all that they work on.

    That all shocks are left out is meant; and a file that leaves a part out can stand on one with shocks.

    Args:
        document: the file.
        kader: with the steps that shocks work on.
        parts_off: the parts that are left out, with the place in the chain of the file that says so.
        place: of the file itself in the chain; the scenario itself is the first.
    """
    below = {name for name, number in parts_off.items() if number >= place}
    for number, shock in _sound(document):
        kind = kader.file.shocks.get(shock.kind)
        parts = shockparts.left_out(kind, kader, below) if kind else ()
        if kind and parts and kind.part not in parts:
            message = say("shock.without_part", parts=", ".join(parts))
            yield document.problem(message, ("shocks", number, "kind"), hint=say("shock.with_part"))


def _default(
    document: Document, number: int, kind: ShockKind | None, groups: Mapping[str, tuple[str, ...]],
    chosen: Mapping[str, Swv],
) -> Iterable[Problem]:  # fmt: skip
    """A shock that comes where its kind says, when nobody of those who take part is there."""
    if kind is not None and not any(shocks.meant(swv, kind.where, groups) for swv in chosen.values()):
        names = [*kind.where.swv, *kind.where.provinces, *filter(None, (kind.where.group, kind.where.sector))]
        message = say("shock.nobody_by_kind", names=", ".join(names))
        yield document.problem(message, ("shocks", number, "kind"), hint=say("shock.say_where"))


def _sound(document: Document) -> Iterable[tuple[int, Shock]]:
    """The shocks of a file that are right by their form, numbered as they stand there."""
    raw = document.data.get("shocks") if isinstance(document.data, dict) else None
    for number, entry in enumerate(raw if isinstance(raw, list) else ()):
        try:
            yield number, Shock.model_validate(entry)
        except ValidationError:
            continue


def _fits(document: Document, loc: Loc, shock: Shock, kind: ShockKind) -> Iterable[Problem]:
    """What a shock says that its kind has no use for, and what it must say."""
    form = next(name for name in shocks.OF_FORM if getattr(kind, name) is not None)
    useless = {"level", "capacity", "size"} - set(shocks.OF_FORM[form]) | (
        {"chance"} if form != "circumstance" else set()
    )
    for name in sorted(useless & shock.model_fields_set):
        yield document.problem(say("shock.useless", name=name, kind=shock.kind), (*loc, name), key=True)
    if form == "money" and shock.until is not None:
        message = say("shock.goes_on", kind=shock.kind)
        yield document.problem(message, (*loc, "until"), key=True, hint=say("shock.without_until"))
    if form == "pool" and shock.capacity is None:
        yield document.problem(say("value.missing", key="capacity"), loc)
    if form == "money" and shock.size is None and kind.size is None:
        yield document.problem(say("value.missing", key="size"), loc)
    if form == "money" and shock.size is not None:
        yield from _size(document, loc, shock, kind)


def _level(document: Document, loc: Loc, shock: Shock, kind: ShockKind, kader: Kader) -> Iterable[Problem]:
    """A level that no step of the kader tells from another: nothing, or more than the highest that is asked for."""
    if kind.circumstance is None:
        return
    most = max(
        (
            guard.at_least
            for node in kader.file.werkwijze.walk()
            for guard in node.guards()
            if guard.circumstance == kind.circumstance
        ),
        default=1,
    )
    if not 1 <= shock.level <= most:
        key = "shock.one_level" if most == 1 else "shock.levels"
        message = say(key, kind=shock.kind, most=most, value=shock.level)
        yield document.problem(message, (*loc, "level"), hint=say("shock.no_level") if shock.level == 0 else "")


def _for_whom(document: Document, loc: Loc, shock: Shock, kind: ShockKind, kader: Kader) -> Iterable[Problem]:
    """Names under `where` of which the kind of shock takes no notice: it would come over others than are meant."""
    over: str = "swv"
    if kind.circumstance is not None:
        over = kader.file.circumstances[kind.circumstance].of
    elif kind.pool is not None:
        over = kader.file.pools[kind.pool].per or ""
    useless = {"gemeenten": (), "swv": ("gemeenten",)}.get(over, ("swv", "group", "sector", "provinces", "gemeenten"))
    for name in useless if shock.where else ():
        if getattr(shock.where, name):
            yield document.problem(say("shock.useless", name=name, kind=shock.kind), (*loc, name), key=True)


def _size(document: Document, loc: Loc, shock: Shock, kind: ShockKind) -> Iterable[Problem]:
    """The size of a change in the bekostiging: euros per pupil for the verevening, else a part of the pupils.

    It has the sign of what the kind itself would be: a krimp below zero would be growth.
    """
    size, money = shock.size or 0.0, kind.money
    if money == "verevening":
        if abs(size) > MOST_PER_PUPIL:
            yield document.problem(say("shock.euros", value=f"{size:g}", most=MOST_PER_PUPIL), (*loc, "size"))
    elif not -1 < size < 1:
        low, high = (-1 if (kind.size or -1) < 0 else 0), (1 if (kind.size or 1) > 0 else 0)
        told = say("shock.share", kind=shock.kind, low=low, high=high, value=f"{size:g}")
        yield document.problem(told, (*loc, "size"), hint=percent(size))
    if kind.size is not None and size * kind.size <= 0:
        key = "shock.above_zero" if kind.size > 0 else "shock.below_zero"
        yield document.problem(say(key, kind=shock.kind, value=f"{size:g}"), (*loc, "size"))


def _in_time(
    document: Document, loc: Loc, shock: Shock, kind: ShockKind, period: Span | None,
    money_days: Mapping[str, tuple[date, date | None]],
) -> Iterable[Problem]:  # fmt: skip
    """A shock outside the horizon would do nothing; the bekostiging is worked out over a longer time than the play."""
    if kind.money is None and period is not None and not period.start <= shock.start < period.until:
        message = say("shock.outside", day=shock.start, start=period.start, until=period.until)
        yield document.problem(message, (*loc, "from"), hint=say("shock.inside"))
    if kind.money is None and period is not None and shock.until is not None and shock.until > period.until:
        message = say("shock.until_outside", day=shock.until, until=period.until)
        yield document.problem(message, (*loc, "until"), hint=say("shock.until_end"))
    if kind.money is not None:
        first, last = money_days[kind.money]
        if last is None:
            yield document.problem(say("shock.no_money"), (*loc, "kind"))
        elif not first <= shock.start <= last:
            message = say("shock.outside_money", day=shock.start, start=first, until=last, kind=shock.kind)
            yield document.problem(message, (*loc, "from"), hint=say("shock.inside"))


def money_days(kader: Kader, parameters: Mapping[str, Any], plans: PlanPeriod) -> dict[str, tuple[date, date | None]]:
    """Per kind of change in the bekostiging the first and the last day from which it can change something.

    Args:
        kader: whether the money is that of later years, own equity and growth.
        parameters: of the scenario, among them what is left of the correction in each year.
        plans: the years of the plans, of which the later money is told.
    """
    from simulator.world.bekostiging import changing, later, rates, shaking

    try:
        amounts = rates.of_parameters(parameters)
    except InputError:  # told where the amounts are used
        amounts = rates.amounts()
    if later.tells(kader):
        years = later.years_of(plans)
        start = shaking.first_day(years)
        return {kind: (start, shaking.last_day(kind, years, amounts)) for kind in get_args(changing.Kind)}
    first = amounts.data.verevening.count.replace(month=1, day=1)
    return {kind: (first, changing.last_day(kind, amounts)) for kind in get_args(changing.Kind)}


MOST_PER_PUPIL = 10_000
"""Euros per pupil above which a verevening is no verevening any more: many times what a pupil brings in."""


def _places(document: Document, loc: Loc, where: Where, groups: Mapping[str, tuple[str, ...]]) -> Iterable[Problem]:
    everyone = population.everyone()
    known: dict[str, Iterable[str]] = {
        "swv": everyone,
        "provinces": {swv.province for swv in everyone.values()},
        "gemeenten": {name for swv in everyone.values() for area in swv.areas for name in area.gemeenten},
    }
    for section, names in known.items():
        for number, name in enumerate(getattr(where, section)):
            if name not in set(names):
                message = say("value.unknown_name", value=name, kind=section)
                yield document.problem(message, (*loc, section, number), hint=nearest(name, names))
    if where.group is not None and where.group not in groups:
        message = say("shock.no_group", name=where.group)
        yield document.problem(message, (*loc, "group"), hint=population.other_group(where.group, groups))
