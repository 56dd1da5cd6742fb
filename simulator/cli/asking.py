"""What options ask about: days, figures and groups, and whether somebody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from simulator.outcomes.store import Run
    from simulator.reports.tables import Table
    from simulator.world.scenario import Scenario


def day(text: str) -> date:
    """A day that an option names."""
    from simulator.base import days

    try:
        return days.parse(text)
    except ValueError:
        meant = days.meant(text)
        told = say("value.date_form", value=text, meant=meant) if meant else say("value.date", value=text)
        raise click.UsageError(told) from None


def today() -> date:
    """The day of the clock; only for an option that asks for it."""
    from datetime import datetime

    return datetime.now().astimezone().date()


def figures(scenario: Scenario, wanted: Iterable[str]) -> list[str]:
    """Figures that an option names, all of which the scenario has."""
    from simulator.outcomes import kpis

    known = kpis.names_of(scenario.kader.file, list(scenario.pools))
    names = list(wanted)
    for name in names:
        known_figure(name, known)
    return names


def known_figure(name: str, known: Iterable[str]) -> None:
    """See that a figure is one of those that there are; else name the nearest, or all."""
    from simulator.base.errors import nearest

    there = sorted(known)
    if name not in there:
        hint = nearest(name, there) or say("hint.choose", names=", ".join(there))
        raise click.UsageError(f"{say('run.no_kpi', name=name)}. {hint}")


def group_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--group`."""
    return click.option("--group", metavar="GROEP", help=say("asking.group"))(function)


def members(scenario: Scenario, group: str | None) -> list[str]:
    """The codes of a group that take part in a scenario; without a group all of them."""
    if group is None:
        return list(scenario.swv)
    name = named(group, scenario.groups)
    if name not in scenario.groups:
        raise _no_group(group, scenario.groups)
    return _taking_part(scenario, name, scenario.groups[name])


def named(group: str, known: Iterable[str]) -> str:
    """The name of a group as it is known, when it was typed with other capitals or with spaces; else as it was typed."""
    names = list(known)
    if group in names:
        return group

    def plain(name: str) -> str:
        return "-".join(name.casefold().split())

    return next((name for name in names if plain(name) == plain(group)), group)


def _no_group(group: str, known: Iterable[str]) -> click.UsageError:
    from simulator.world import population

    return click.UsageError(f"{say('shock.no_group', name=group)}. {population.other_group(group, known)}")


def _taking_part(scenario: Scenario, group: str, codes: Iterable[str]) -> list[str]:
    """The codes of a group that take part in a scenario."""
    meant = set(codes)
    found = [code for code in scenario.swv if code in meant]
    if not found:
        raise click.UsageError(say("asking.empty_group", name=group))
    return found


def members_of_each(scenarios: Sequence[Scenario], group: str | None) -> list[list[str]]:
    """Per scenario the codes of a group that take part in it; a group that one of them names counts for all.

    Raises:
        UsageError: no scenario has the group, or two do not mean the same swv by it.
    """
    if group is None:
        return [list(one.swv) for one in scenarios]
    group = named(group, dict.fromkeys(name for one in scenarios for name in one.groups))
    naming = [one for one in scenarios if group in one.groups]
    if not naming:
        raise _no_group(group, {name for one in scenarios for name in one.groups})
    first = naming[0]
    other = next((one for one in naming if set(one.groups[group]) != set(first.groups[group])), None)
    if other is not None:
        raise click.UsageError(say("asking.other_group", name=group, one=first.id, other=other.id))
    return [_taking_part(one, group, first.groups[group]) for one in scenarios]


def of_group(run: Run, group: str | None, workers: int | None = None, *, quiet: bool = False) -> Run:
    """A run with its figures over a group, for which it is played again; without a group the run itself."""
    return run if group is None else of_codes(run, members(run.scenario, group), workers, quiet=quiet)


def of_codes(run: Run, codes: Sequence[str], workers: int | None = None, *, quiet: bool = False) -> Run:
    """A run with its figures over some of its swv, for which it is played again."""
    import os

    from simulator.cli.progress import Progress
    from simulator.outcomes import grouping

    with Progress(run.replications, quiet=quiet) as tick:
        return grouping.of_group(run, codes, workers or os.cpu_count() or 1, tick)


def group_told(scenario: Scenario, group: str | None) -> dict[str, Any] | None:
    """Over whom figures are taken, as data: the name of a group and how many take part; None: everybody."""
    return None if group is None else {"group": group, "swv": len(members(scenario, group))}


def group_words(told: dict[str, Any] | None) -> str:
    """The same in a sentence; nothing for everybody."""
    return say("asking.of_group", group=told["group"], swv=say("asking.swv", n=told["swv"])) if told else ""


def of_members(table: Table, told: dict[str, Any] | None) -> Table:
    """A table with a note that says over whom its figures are taken."""
    from dataclasses import replace

    return replace(table, notes=(group_words(told), *table.notes)) if told else table


def sets(scenario: Scenario, by: str | None, group: str | None) -> dict[str, Any]:
    """Sets of swv by name, as indices: all of a group, or those of a group by province, sector, or group."""
    import numpy as np

    from simulator.world import population

    place = {code: number for number, code in enumerate(scenario.swv)}
    chosen = members(scenario, group)
    if by is None:
        return {group or say("asking.all"): np.array([place[code] for code in chosen])}
    if by == "group":
        named = {name: codes for name, codes in scenario.groups.items() if name not in population.groups()}
        named = named or dict(scenario.groups)
    else:
        named = {}
        for code in chosen:
            named.setdefault(str(getattr(scenario.swv[code], by)), ())
            named[str(getattr(scenario.swv[code], by))] += (code,)
    found = {name: [place[code] for code in codes if code in chosen] for name, codes in sorted(named.items())}
    return {name: np.array(places) for name, places in found.items() if places}


def quiet() -> bool:
    """Whether nobody watches: no progress bar then."""
    import sys

    return not sys.stderr.isatty()
