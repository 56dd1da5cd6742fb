"""How well documents are read, held against the key of the invented plans."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import make
import yaml

from simulator.kader import reading as kaders
from simulator.plan.documents import budgets, figures, happenings, pupils, reading
from simulator.plan.documents.importing import answer
from simulator.plan.documents.passages import cut
from simulator.world import population

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.plan.documents.importing import Found


def plans(half: str) -> dict[str, Any]:
    """The key of the plans of one half."""
    return {
        name: one for name, one in yaml.safe_load(make.KEY.read_text("utf-8"))["plans"].items() if one["half"] == half
    }


def measure(half: str, form: str, *, tell: bool = False) -> Counter[str]:
    """Counts over all plans of a half in one form."""
    counts: Counter[str] = Counter()
    for name, key in plans(half).items():
        with tempfile.TemporaryDirectory() as folder:
            paths = make.make(name, Path(folder), form)
            documents = [reading.read_here(path) for path in paths]
        day = date(key["first_school_year"], 4, 30)
        kader, sector = kaders.load(key["kader"]), key["swv"][:2].lower()
        _, found = answer(documents, kader, sector, day)
        for one in found:
            _count(one, key, counts, f"{name} {form}" if tell else "")
    return counts


def _count(found: Found, key: dict[str, Any], counts: Counter[str], tell: str) -> None:
    places = key["answers"].get(found.question, [])
    firm = any("concrete" in place["labels"] for place in places)
    if not firm:
        counts["not concrete"] += 1
        counts["false concrete"] += found.state == "found"
        if found.state == "found" and tell:
            print(
                f"{tell} FALSE CONCRETE {found.question} {places[0]['labels'] if places else 'absent'}: {found.best.quote}"
            )
    counts["called concrete"] += found.state == "found"
    if not places:
        counts["absent"] += 1
        counts["absent and said so"] += found.state == "not_found"
        if found.state == "vague" and tell:
            print(f"{tell} false vague {found.question}: {found.best.quote[:150]}")
        return
    counts["answered"] += 1
    counts["answered and proposed"] += found.state != "not_found"
    hit, place = next(
        ((hit, place) for hit in found.hits for place in places if _holds(hit.passage.text, place["words"])),
        (None, None),
    )
    if hit is None or place is None:
        counts["labels"] += len(places[0]["labels"])
        if tell:
            print(
                f"{tell} MISSED {found.question}: {places[0]['words'][:120]}\n     {[h.quote[:100] for h in found.hits]}"
            )
        return
    counts["in first three"] += 1
    counts["first"] += _holds(found.hits[0].passage.text, place["words"])
    if found.state == "not_found" and tell:
        print(f"{tell} unproposed {found.question}: {place['words'][:150]}")
    for label in place["labels"]:
        counts["labels"] += 1
        kind = "firm" if label in ("concrete", "general", "deferring") else "form"
        own = (
            hit.labels.firmness
            if kind == "firm"
            else (hit.labels.form if label in ("procedure", "criteria") else hit.labels.time)
        )
        right = own == label or (kind == "firm" and label != "concrete" and own in ("general", "deferring"))
        counts["labels right"] += right
        counts[f"{kind} labels"] += 1
        counts[f"{kind} labels right"] += right
        counts["three-way right"] += own == label
        if not right and tell:
            print(f"{tell} LABEL {found.question} {label} taken for {own}: {hit.quote[:150]}")


def measure_facts(half: str, form: str) -> Counter[str]:
    """Counts of dates, years of budget and goals that are read right, over all plans of a half."""
    counts: Counter[str] = Counter()
    for name, key in plans(half).items():
        with tempfile.TemporaryDirectory() as folder:
            documents = [reading.read_here(path) for path in make.make(name, Path(folder), form)]
        passages, year, facts = cut(documents), key["first_school_year"], dict(key["facts"])
        children = facts.pop("pupils", {})
        swv = population.everyone()[key["swv"]]
        area = swv.area(date(year, 4, 30)).gemeenten
        support, goals, schools = (facts.pop(one) for one in ("support", "goals", "schools"))
        wanted = dict(_days(facts))
        dated = happenings.find(passages, year, area, swv.overlaps)
        got = {(one.event, one.item): one.day.isoformat() for one in dated if one.event in _ASKED}
        counts["dates"] += len(wanted)
        counts["dates right"] += sum(got.get(event) == day for event, day in wanted.items())
        counts["dates wrong"] += sum(wanted.get(event) != day for event, day in got.items())
        read = {row.values["year"]: row.values.get("support") for row in budgets.money(passages)}
        counts["budget years"] += len(support)
        counts["budget years right"] += sum(read.get(one) == amount for one, amount in support.items())
        counted = {row.values["year"]: row.values["pupils"] for row in pupils.pupils(passages, key["swv"][:2].lower())}
        counts["pupil years"] += len(children)
        counts["pupil years right"] += sum(counted.get(one) == number for one, number in children.items())
        counts["pupil years wrong"] += sum(children.get(one) != number for one, number in counted.items())
        counts["goals"] += goals
        counts["goals found"] += len(list(figures.goals(passages, year)))
        counts["schools"] += schools
        counts["schools found"] += figures.schools(passages)
        counts["plans"] += 1
        told = happenings.period(documents)
        counts["periods right"] += told is not None and told.value == (year, 4)
    return counts


_ASKED = ("opr_submitted", "opr_consented", "opr_installed", "adopted", "oogo_procedure", "oogo_held", "overleg_held")


def _days(facts: dict[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for event, value in facts.items():
        if isinstance(value, dict):
            yield from (((event, item), day) for item, day in value.items())
        else:
            yield (event, ""), value


def _holds(text: str, words: str) -> bool:
    """Whether a passage holds the words of the key; spaces and hyphens do not count, since line ends change them."""
    plain = [re.sub(r"[\W_]+", "", one.lower()) for one in (text, words)]
    return plain[1][:160] in plain[0] or plain[1][-100:] in plain[0]


def show(half: str, form: str, counts: Counter[str]) -> None:
    """The figures of one half in one form."""

    def share(part: str, whole: str) -> str:
        return f"{counts[part] / counts[whole] if counts[whole] else 0:.3f} ({counts[part]} of {counts[whole]})"

    print(f"{half}, {form}")
    print(f"  right passage among the first three  {share('in first three', 'answered')}")
    print(f"  right passage first                  {share('first', 'answered')}")
    print(f"  labels right (a miss counts as wrong) {share('labels right', 'labels')}")
    print(f"    firmness of passages found         {share('firm labels right', 'firm labels')}")
    print(f"    procedure, criteria, time          {share('form labels right', 'form labels')}")
    print(f"  false concrete, of all not concrete  {share('false concrete', 'not concrete')}")
    print(f"  false concrete, of all called so     {share('false concrete', 'called concrete')}")
    print(f"  answered and proposed                {share('answered and proposed', 'answered')}")
    print(f"  absent and said so                   {share('absent and said so', 'absent')}")
    facts = measure_facts(half, form)
    told = ("dates right", "dates"), ("budget years right", "budget years"), ("pupil years right", "pupil years")
    for part, whole in (*told, ("goals found", "goals")):
        print(f"  {part:36} {facts[part]} of {facts[whole]}")
    print(f"  dates wrong, years of pupils wrong   {facts['dates wrong']}, {facts['pupil years wrong']}")
    print(f"  periods right                        {facts['periods right']} of {facts['plans']}")
    print(f"  schools in registers                 {facts['schools found']} of {facts['schools']}")
