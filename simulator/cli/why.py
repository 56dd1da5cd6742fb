"""`inspectie-sim why`: the reasons for a difference between two runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, results, subjects

if TYPE_CHECKING:
    from simulator.outcomes.comparing import Comparison
    from simulator.outcomes.parting import Pair, Part, Story
    from simulator.outcomes.store import Run

MOST = 50
"""Replications that are played side by side unless more are asked for."""


@common.command(
    "why",
    examples=[
        "inspectie-sim why invoering-2014 late-opr",
        "inspectie-sim why invoering-2014 late-opr --kpi findings_per_swv --swv PO2814 --replication 3",
    ],
)
@click.argument("left")
@click.argument("right")
@click.option("--kpi", metavar="KENGETAL", help=say("why.kpi"))
@click.option("--swv", "code", help=say("why.swv"))
@asking.group_option
@click.option("--replication", "number", type=click.IntRange(0), help=say("why.replication"))
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), help=say("why.n"))
@common.json_option()
def command(
    left: str,
    right: str,
    kpi: str | None,
    code: str | None,
    group: str | None,
    number: int | None,
    replications: int | None,
    as_json: bool,
) -> None:
    """Say why two runs differ."""
    from simulator.outcomes import comparing, parting
    from simulator.reports import reasons

    there = subjects.all_of((left, right), replications, lambda ones: asking.members_of_each(ones, group))
    found = comparing.compare(there)
    if not found.paired:
        raise click.UsageError(say("why.unpaired", why="; ".join(found.reasons)))
    quiet = as_json or not sys.stderr.isatty()
    shared = comparing.shared(found.runs).tolist()
    numbers = shared[: replications or MOST]
    members = None
    if group is not None:
        members = asking.members_of_each([one.scenario for one in there], group)[0]
        found = comparing.compare([asking.of_codes(_only(one, numbers), members, quiet=quiet) for one in there])
    name = _kpi(found, kpi)
    pair = parting.Pair(found.runs[0], found.runs[1], name, members)
    _check(pair, shared, code, number)
    if group is not None and not _differing(found):
        click.echo(say("why.same_in_group", group=group), err=True)
    parts, measured = _parts(pair, numbers, quiet=quiet)
    fall = parting.waterfall(parts, measured)
    story = _story(pair, parts, code, number)
    told = reasons.data(found, pair, name, fall, story)
    if as_json:
        common.show_json(told)
        return
    _show({**reasons.page(told, found), "group": group})
    common.next_command(
        f"inspectie-sim compare {left} {right}",
        *(
            [f"inspectie-sim replay {right} --replication {story.replication} --trace --swv {story.swv}"]
            if story
            else []
        ),
    )


def _only(run: Run, numbers: list[int]) -> Run:
    """A run with the figures of some of its replications."""
    import numpy as np

    kept = np.isin(run.kpis["replication"], numbers)
    return run.measured({name: values[kept] for name, values in run.kpis.items()})


def _kpi(found: Comparison, kpi: str | None) -> str:
    """The figure that is asked for, else the first of the kader that differs beyond chance, else that differs at all."""
    known = list(dict.fromkeys(row.kpi for row in found.rows))
    if kpi is not None:
        asking.known_figure(kpi, known)
    clear = [row.kpi for row in found.rows if row.difference and row.clear]
    return kpi or (clear or _differing(found) or known)[0]


def _differing(found: Comparison) -> list[str]:
    """The figures whose means are not the same."""
    return [row.kpi for row in found.rows if row.difference and abs(row.difference.estimate.mean) > 0]


def _check(pair: Pair, shared: list[int], code: str | None, number: int | None) -> None:
    from simulator.base.errors import offering

    if code is not None and code not in pair.codes:
        raise click.UsageError(offering(say("table.unknown_swv", name=code), code, pair.codes))
    if number is not None and number not in shared:
        raise click.UsageError(say("run.no_replication", number=number, last=shared[-1] if shared else "-"))


def _parts(pair: Pair, numbers: list[int], *, quiet: bool) -> tuple[list[Part], int]:
    """What swv add, and in how many replications the figure could be measured in both runs."""
    from simulator.cli.progress import Progress

    found: list[Part] = []
    measured = 0
    with Progress(len(numbers), quiet=quiet) as tick:
        for number in numbers:
            parts = pair.parts(number)
            measured += parts is not None
            found += parts or ()
            tick(1)
    return found, measured


def _story(pair: Pair, parts: list[Part], code: str | None, number: int | None) -> Story | None:
    """The swv and replication that are asked for, else those that add most; nothing when nothing differs."""
    fitting = [one for one in parts if (code in (None, one.swv)) and (number in (None, one.replication))]
    chosen = max(fitting, key=lambda one: (abs(one.amount), -one.replication, one.swv), default=None)
    if chosen is None and (code is None or number is None):
        return None
    replication = chosen.replication if chosen else int(number or 0)
    swv = chosen.swv if chosen else str(code)
    return pair.story(replication, pair.codes.index(swv), pair.play(replication))


def _show(page: dict[str, Any]) -> None:
    from simulator.reports import render

    click.echo(render.text("why.txt.j2", page, results.width()), nl=False)
