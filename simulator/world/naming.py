"""Names in a scenario of what must be known elsewhere: groups, parts of the model, figures, and whom shocks come over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.errors import nearest
from simulator.base.language import say
from simulator.world import population, shockchecks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.base.errors import Problem
    from simulator.base.yamlfile import Document
    from simulator.kader.model import Kader
    from simulator.world.chain import Chain, Link
    from simulator.world.participants import Participants
    from simulator.world.scenariofile import Span


def problems(
    chain: Chain, kader: Kader, who: Participants, period: Span | None, parameters: Mapping[str, Any], *, kept: bool
) -> Iterator[Problem]:
    """Every name that is not known, or means something else already.

    Args:
        chain: the files of a scenario.
        kader: what they play.
        who: who takes part.
        period: from when to when it is played, if that is said.
        parameters: of the kader, with the overrides of the chain.
        kept: whether it is the copy that a run keeps, in which shocks can come over nobody and groups are all its own.
    """
    plans = chain.first("plan_period", kader.file.plan_period)
    for link in chain.links:
        yield from shockchecks.problems(link.document, kader, who.groups, period, parameters, plans)
        yield from _twice(link.document)
        if not kept:
            yield from _known_groups(link)
        yield from _unknown_parts(link, kader)
        yield from _unknown_figures(link, kader)
    yield from _claimed_groups(chain.links[0], who, kept=kept)
    for link in () if kept else chain.links[: chain.who + 1]:
        yield from shockchecks.unheard(link.document, kader, who.groups, who.swv)
        yield from shockchecks.no_partners(link.document, who.swv, period)
    parts = _parts_off(chain)
    for place, link in enumerate(() if kept else chain.links):
        yield from shockchecks.without_part(link.document, kader, parts, place)


def _parts_off(chain: Chain) -> dict[str, int]:
    """The parts of the model that are left out, with the place in the chain of the file that decides it."""
    decided: dict[str, tuple[int, bool]] = {}
    for place, link in enumerate(chain.links):
        for name, on in link.file.parts.items():
            decided.setdefault(name, (place, on))
    return {name: place for name, (place, on) in decided.items() if not on}


def _twice(document: Document) -> Iterator[Problem]:
    """Codes that stand in a group twice: one of the two was meant to be another. Looked at beside what else is wrong."""
    groups = document.data.get("groups") if isinstance(document.data, dict) else None
    for name, codes in groups.items() if isinstance(groups, dict) else ():
        for place, code in enumerate(codes if isinstance(codes, list) else ()):
            if code in codes[:place]:
                yield document.problem(say("value.twice_in_list", value=code), ("groups", name, place))


def _known_groups(link: Link) -> Iterator[Problem]:
    """Groups that have the name of one that the program knows."""
    for name in link.file.groups:
        if name in population.groups():
            message = say("scenario.known_group", name=name, other=f"mijn-{name}")
            yield link.document.problem(message, ("groups", name), key=True)


def _unknown_parts(link: Link, kader: Kader) -> Iterator[Problem]:
    known = kader.file.parts
    for name in link.file.parts:
        if name not in known:
            message = say("scenario.unknown", name=name, section="parts")
            yield link.document.problem(message, ("parts", name), hint=nearest(name, known), key=True)


def _unknown_figures(link: Link, kader: Kader) -> Iterator[Problem]:
    known, expects = [kpi.id for kpi in kader.file.kpis], link.file.expects
    for name in dict.fromkeys(one.figure for one in expects.claims):
        if name not in known:
            message = say("scenario_command.unknown_figure", name=name)
            yield link.document.problem(message, ("expects", name), hint=nearest(name, known), key=True)
    for name in expects.known_to_fail:
        if name not in expects.figures:
            message = say("scenario_command.not_expected", name=name)
            hint = nearest(name, expects.figures)
            yield link.document.problem(message, ("expects", "known_to_fail", name), hint=hint, key=True)


def _claimed_groups(link: Link, who: Participants, *, kept: bool) -> Iterator[Problem]:
    """Groups of which something is expected and that are not known, or have nobody who takes part; what is said twice."""
    told: set[str] = set()
    for one in link.file.expects.claims:
        loc = ("expects", *one.place)
        if one.label in told:
            yield link.document.problem(say("scenario_command.claimed_twice", name=one.label), loc)
        told.add(one.label)
        if one.group is None:
            continue
        if one.group not in who.groups:
            hint = population.other_group(one.group, who.groups)
            yield link.document.problem(say("shock.no_group", name=one.group), (*loc, "group"), hint=hint)
        elif not kept and not set(who.groups[one.group]) & set(who.swv):
            yield link.document.problem(say("asking.empty_group", name=one.group), (*loc, "group"))
