"""What a command is about: a run that is stored, or a scenario that still has to be played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, plannames

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from simulator.outcomes.store import Run
    from simulator.world.scenario import Scenario


def found(name: str) -> Run:
    """A stored run; that it is of some of the swv of its scenario is told."""
    from simulator.outcomes import store

    return _told(store.find(name), name)


def _told(run: Run, name: str) -> Run:
    from simulator.outcomes import naming

    tell_unlawful(run.scenario)
    tell_outside(run.scenario)
    whole = naming.of_all(name if naming.is_file(name) else run.manifest.scenario)
    if whole is not None and len(run.scenario.swv) < whole:
        swv = say("asking.swv", n=len(run.scenario.swv))
        click.echo(say("run.of_part", run=run.id, swv=swv, whole=whole), err=True)
    return run


def tell_unlawful(scenario: Scenario) -> None:
    """Say that a werkwijze goes against the law, whatever is asked of it and in whatever form."""
    from simulator.kader import lawful

    if mark := lawful.marked(lawful.told(scenario.unlawful)):
        click.echo(mark, err=True)


def tell_outside(scenario: Scenario) -> None:
    """Say that days are played for which the kader of a scenario was not made."""
    if outside := scenario.outside_kader():
        click.echo(outside, err=True)


def found_or_played(name: str) -> Run:
    """A stored run; for a scenario that has none of all its swv, a run of it."""
    there = _there(name)
    return _played(there) if isinstance(there, Wanting) else there


def up_to(name: str, number: int, check: Callable[[int], None]) -> Run:
    """A stored run; a scenario that has none is played up to a replication, for this command alone.

    Args:
        number: the replication that is asked for.
        check: told how many replications there are, or would be.
    """
    there = _there(name)
    check((there.scenario if isinstance(there, Wanting) else there).replications)
    return _tried(there, number + 1)


@dataclass(frozen=True)
class Source:
    """Whose replication is played again.

    Attributes:
        id: of the run, as it is or would be called.
        run: the stored one, when there is one.
    """

    scenario: Scenario
    id: str
    run: Run | None


def again(name: str, number: int, seed: int | None) -> Source:
    """A stored run, or a scenario of which this one replication is played: also one whose run was stopped by its failures.

    Args:
        name: as it was typed.
        number: of the replication.
        seed: of a run of the scenario with another seed than its own, that is not stored.
    """
    from simulator.outcomes import inputs
    from simulator.world import scenario as scenarios

    there = _there(name) if seed is None else Wanting(name, replace(scenarios.load(name), seed=seed), others=False)
    if not isinstance(there, Wanting):
        common.known_replication(number, there.replications)
        return Source(there.scenario, there.id, there)
    if number >= there.scenario.replications:  # a run can have been longer
        click.echo(say("bekostiging.beyond", number=number, n=there.scenario.replications), err=True)
    tell_played(there, 1)
    return Source(there.scenario, inputs.identity(there.scenario, inputs.inputs(there.scenario)), None)


@dataclass(frozen=True)
class Wanting:
    """A scenario of which no run is stored.

    Attributes:
        name: as it was typed.
        others: whether there are runs of it with other inputs, or of some of its swv.
    """

    name: str
    scenario: Scenario
    others: bool


def _there(name: str) -> Run | Wanting:
    """The run that a name means, or the scenario of which there is none."""
    from simulator.base.errors import InputError, Problem
    from simulator.outcomes import manifest, naming, store
    from simulator.world import scenario as scenarios

    playable = naming.is_file(name) or naming.is_shipped(name)
    try:
        return _told(store.find(name, part=not playable), name)
    except (store.NoRun, manifest.OtherVersion) as error:
        if not playable and plannames.names_plan(name):
            raise InputError(Problem(say("run.is_plan", name=name), hint=say("run.is_plan_hint"))) from None
        if not playable:
            raise
        wanting = Wanting(name, scenarios.load(name), getattr(error, "others", True))
        tell_unlawful(wanting.scenario)
        return wanting


def all_of(names: Sequence[str], number: int | None, check: Callable[[list[Scenario]], Any]) -> list[Run]:
    """Stored runs; scenarios that have none are played, once `check` has looked at all of them together.

    Args:
        number: how often such a scenario is played, for this command alone; None: whole, and stored.
    """
    there = [_there(name) for name in names]
    check([one.scenario for one in there])
    for one in there:
        if not isinstance(one, Wanting):
            tell_fewer(one, number)
    return [_tried(one, number) for one in there]


def _tried(there: Run | Wanting, number: int | None) -> Run:
    import tempfile
    from pathlib import Path

    if not isinstance(there, Wanting):
        return there
    if number is None or number >= there.scenario.replications:
        return _played(there)
    folder = click.get_current_context().with_resource(tempfile.TemporaryDirectory())
    return _played(there, number, Path(folder) / there.scenario.id)


def _played(wanting: Wanting, number: int | None = None, folder: Path | None = None) -> Run:
    import os

    from simulator.base.errors import InputError
    from simulator.cli.progress import Progress
    from simulator.outcomes import running

    chosen, many = wanting.scenario, number or wanting.scenario.replications
    tell_played(wanting, many)
    with Progress(many, quiet=asking.quiet()) as tick:
        try:
            return running.run(chosen, many, running.How(os.cpu_count() or 1, tick=tick), folder=folder)[0]
        except running.BrokenOff as error:  # this command has no --resume of its own
            hint = say("hint.resume_run", name=common.quoted(wanting.name))
            raise InputError([replace(one, hint=hint) for one in error.problems]) from None


def tell_played(wanting: Wanting, number: int) -> None:
    """Say that a scenario is played because no run of it is stored."""
    key = "compare.plays_again" if wanting.others else "compare.plays"
    click.echo(say(key, name=wanting.scenario.id, n=number), err=True)


@dataclass(frozen=True)
class Subject:
    """What a command plays replications of: those of a stored run, or of a scenario that has none.

    Attributes:
        id: of the run, as it is or would be called.
        replications: how many are to be played: as many as asked for, and no more than a stored run has.
        stored: whether there is a run.
    """

    scenario: Scenario
    id: str
    replications: int
    stored: bool


def subject(name: str, number: int, check: Callable[[Scenario], Any] = lambda _: None) -> Subject:
    """What is asked for, to be played `number` times at most, once `check` has looked at it; nothing is stored."""
    from simulator.outcomes import inputs

    there = _there(name)
    check(there.scenario)
    if isinstance(there, Wanting):
        tell_played(there, number)
        return Subject(there.scenario, inputs.identity(there.scenario, inputs.inputs(there.scenario)), number, False)
    tell_fewer(there, number)
    return Subject(there.scenario, there.id, min(number, there.replications), True)


def tell_fewer(run: Run, number: int | None) -> None:
    """Say that a run has fewer replications than the user asks for with `-n`; a number nobody typed says nothing."""
    source = click.get_current_context().get_parameter_source("replications")
    if source is click.core.ParameterSource.COMMANDLINE and number is not None and number > run.replications:
        click.echo(say("run.fewer", run=run.id, n=run.replications, asked=number, scenario=run.scenario.id), err=True)
