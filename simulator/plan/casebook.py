"""The pupil cases with what they share: read from their file, checked, and chosen from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from simulator.base import resources, yamlfile
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.validation import Strict, validated
from simulator.plan.cases import OPEN, STUCK, Case, Detour, Name, Need, Otherwise, Step, Term, Use

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.base.fields import Sector


class CaseFile(Strict):
    """The cases with what they share."""

    source: str
    otherwise: Otherwise
    detours: dict[Name, Detour]
    terms: dict[Name, Term]
    procedures: dict[Name, list[Step]]
    cases: list[Case]

    @model_validator(mode="after")
    def _known(self) -> Any:
        for name in vars(self.otherwise).values():
            if name not in (STUCK, OPEN, *self.detours):
                context = {"value": name, "kind": "detours", "known": sorted(self.detours)}
                raise PydanticCustomError("value.unknown_name", "unknown", context)
        for case in self.cases:
            for kind, name, known in self._names(case):
                if name not in known:
                    context = {"value": name, "kind": f"{case.id}: {kind}", "known": sorted(known)}
                    raise PydanticCustomError("value.unknown_name", "unknown", context)
            self._once(case)
        for name in [case.id for case in self.cases]:
            if sum(case.id == name for case in self.cases) > 1:
                raise PydanticCustomError("value.twice_in_list", "twice", {"value": name})
        return self

    def _names(self, case: Case) -> Iterator[tuple[str, str, set[str]]]:
        """Every name that a case speaks of, with the names that there are."""
        for entry in case.steps:
            if isinstance(entry, Use):
                yield "procedures", entry.use, set(self.procedures)
        before: set[str] = set()
        needs = list(case.fallback.needs) if case.fallback else []
        for step in self.steps(case):
            needs += step.needs
            for since in (step.since, step.since_term):
                if since:
                    yield "since", since, before
            if step.term:
                yield "terms", step.term, set(self.terms)
            before.add(step.id)
        if case.fallback:
            yield "terms", case.fallback.term, set(self.terms)
            yield "since", case.fallback.since, before
            yield "unless", case.fallback.unless, before
        for need in needs:
            for name in (need.missing, need.vague, need.unknown):
                if name:
                    yield "detours", name, {STUCK, OPEN, *self.detours}

    def _once(self, case: Case) -> None:
        ids = [step.id for step in self.steps(case)]
        for name in ids:
            if ids.count(name) > 1:
                raise PydanticCustomError("value.twice_in_list", "twice", {"value": f"{case.id}: {name}"})

    def steps(self, case: Case) -> list[Step]:
        """The steps of a case, with the procedures that it takes in."""
        found: list[Step] = []
        for entry in case.steps:
            found += self.procedures.get(entry.use, []) if isinstance(entry, Use) else [entry]
        return found

    def needs(self, case: Case) -> Iterator[Need]:
        """Everything that a case leans on, in the order of its steps."""
        for step in self.steps(case):
            yield from step.needs
        if case.fallback:
            yield from case.fallback.needs

    def effect(self, need: Need, state: str) -> str:
        """What happens when a need is `missing`, `vague` or `unknown`: `stuck`, `open`, or the name of a detour."""
        return str(getattr(need, state) or getattr(self.otherwise, state))

    def chosen(self, sector: Sector, names: Sequence[str] = ()) -> list[Case]:
        """The cases of a sector: all, or those with these names.

        Raises:
            InputError: there is no such case in this sector; the nearest name is offered.
        """
        own = [case for case in self.cases if sector in case.sectors]
        known = [case.id for case in own]
        possible = say("hint.choose", names=", ".join(known))
        if wrong := [name for name in names if name not in known]:
            raise InputError(
                Problem(say("praktijktoets.no_case", name=name, sector=sector), hint=nearest(name, known) or possible)
                for name in dict.fromkeys(wrong)
            )
        return [case for case in own if not names or case.id in names]


@cache
def shipped() -> CaseFile:
    """The shipped cases."""
    return validated(CaseFile, yamlfile.read(resources.CASES), "cases")
