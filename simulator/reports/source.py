"""What a report is made from: a stored run, or a plan that is played for it; and about whom it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simulator.base.errors import InputError, Problem, RunFailed, nearest
from simulator.base.language import say
from simulator.engine.playing import StepFailed
from simulator.outcomes.play import Player
from simulator.world import population

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from simulator.outcomes.replication import Replication
    from simulator.outcomes.store import Run
    from simulator.plan.checking import Checked
    from simulator.plan.reading import PlanFile
    from simulator.world.scenario import Scenario


@dataclass(frozen=True)
class Source:
    """A scenario that was played.

    Attributes:
        scenario: with everything it rests on.
        id: of the stored run; "" when it is played for this report alone.
        replications: how many were stored; 1 when none were.
        run: as it is stored; None when it is not.
    """

    scenario: Scenario
    id: str = ""
    replications: int = 1
    run: Run | None = None

    @classmethod
    def of_run(cls, run: Run) -> Source:
        """A stored run."""
        return cls(run.scenario, run.id, run.replications, run)

    @classmethod
    def of_plan(cls, file: PlanFile) -> Source:
        """The swv of a plan in the scenario of its kader, with the content of that plan.

        Raises:
            InputError: no scenario plays plans of that school year.
        """
        from simulator.outcomes import trying

        if not trying.fits(file):
            problem = Problem(say("reporting.no_scenario"), file.path.as_posix(), hint=say("reporting.use_plancheck"))
            raise InputError(problem)
        return cls(trying.scenario_of(file))

    @cached_property
    def player(self) -> Player:
        """Plays any replication again."""
        return Player(self.scenario)

    @cached_property
    def _played(self) -> dict[int, Replication]:
        return {}

    def replication(self, number: int) -> Replication:
        """A replication, played again from the inputs that were kept.

        Raises:
            RunFailed: it breaks off on a fault in the program.
        """
        if number not in self._played:
            try:
                self._played[number] = self.player.replication(number)
            except StepFailed as one:
                where = {"number": number, "swv": one.swv, "step": one.step, "day": one.day, "reason": one.reason}
                raise RunFailed(say("run.failed_one_at", **where)) from None
        return self._played[number]


@dataclass(frozen=True)
class Scope:
    """About whom a report is: one swv, a group, a province, or everybody who took part.

    Attributes:
        kind: `swv`, `group`, `province` or `country`.
        name: of the swv, group or province; "" for the country.
        codes: of the swv that are meant, in order.
    """

    kind: str
    name: str
    codes: tuple[str, ...]

    @property
    def words(self) -> str:
        """How it is called in a title."""
        if self.name:
            return say(f"scope.{self.kind}", name=self.name)
        return say("scope.country" if len(self.codes) == len(population.everyone()) else "scope.all")

    @property
    def counted(self) -> str:
        """How many swv there are, in words."""
        n = len(self.codes)
        return say("scope.one") if n == 1 else say("scope.many", n=n)


def scope(scenario: Scenario, swv: str | None, group: str | None, province: str | None) -> Scope:
    """The scope that options ask for, within the swv that took part.

    Args:
        scenario: whose swv and groups are meant.
        swv: a code.
        group: the name of a group of the scenario, or codes with commas between them.
        province: the name of a province.

    Raises:
        InputError: nobody who took part is meant by it.
    """
    people = scenario.swv
    if swv:
        _single(swv, people)
        return Scope("swv", swv.upper(), (_known(swv, people),))
    if group:
        return _group(scenario, group)
    if province:
        names = {one.province.lower(): one.province for one in people.values()}
        if province.lower() not in names:
            hint = nearest(province, sorted(names.values()))
            raise InputError(Problem(say("scope.no_province", name=province), hint=hint))
        name = names[province.lower()]
        return Scope("province", name, tuple(code for code, one in people.items() if one.province == name))
    return Scope("country", "", tuple(people))


def _single(swv: str, people: Collection[str]) -> None:
    """One code is meant; of several it is told how to ask for them."""
    codes = [code.upper() for code in swv.replace(",", " ").split()]
    if len(codes) > 1 and all(code in people for code in codes):
        hint = say("scope.use_group", codes=",".join(codes))
        raise InputError(Problem(say("scope.several", n=len(codes)), hint=hint))


def _group(scenario: Scenario, group: str) -> Scope:
    people = scenario.swv
    if group in scenario.groups:
        codes = tuple(code for code in people if code in set(scenario.groups[group]))
        if not codes:
            raise InputError(Problem(say("scope.nobody", name=group)))
        return Scope("group", group, codes)
    asked = group.replace(",", " ").split()
    if len(asked) == 1 and asked[0].upper() not in people:
        raise InputError(Problem(say("scope.no_group", name=group), hint=nearest(group, scenario.groups)))
    codes = tuple(dict.fromkeys(_known(code, people) for code in asked))
    return Scope("group", ", ".join(codes) if len(codes) <= 6 else say("scope.some", n=len(codes)), codes)


def _known(code: str, people: Iterable[str]) -> str:
    if code.upper() not in people:
        raise InputError(Problem(say("table.unknown_swv", name=code), hint=nearest(code.upper(), people)))
    return code.upper()


@dataclass(frozen=True)
class Asked:
    """What a kind of report is asked to tell.

    Attributes:
        sources: runs, the first of which is the one that others are held against; empty for a checked plan.
        plan: a plan that was checked.
        scope: about whom; of a plan its swv.
        replication: which one is shown where one must be.
        visit: which onderzoek; the last one when not given.
        names: of the runs as they were asked for, quoted where a command wants that; empty when nobody typed any.
    """

    sources: tuple[Source, ...]
    plan: Checked | None
    scope: Scope
    replication: int = 0
    visit: str | None = None
    names: tuple[str, ...] = ()

    @property
    def source(self) -> Source:
        """The run, of a kind that takes one."""
        return self.sources[0]
