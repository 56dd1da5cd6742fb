"""A praktijktoets with all swv of a scenario: shares that follow from what the plans hold."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.base.errors import InputError
from simulator.outcomes import practising
from simulator.outcomes.play import Player
from simulator.plan import casebook
from simulator.plan.walking import Outcome
from simulator.world import scenario as scenarios

CODES = "[PO2201, PO2814, VO2802, VO2810, VO2201]"


@pytest.fixture
def scenario(write):
    """A function that gives a small scenario with other parameters or plans."""

    def made(text="", name="klein"):
        head = (
            f"format: scenario/1\nid: {name}\nextends: invoering-2014\n"
            'title: {nl: "Klein", en: "Small"}\nquestion: {nl: "?", en: "?"}\n'
        )
        return scenarios.load(str(write(f"{name}.yaml", f"{head}population: {{swv: {CODES}}}\n{text}")))

    return made


def everywhere(chance):
    """Parameters with which every swv has all content in order, or none; and nothing is mended on the way."""
    kader = scenarios.load("invoering-2014").kader
    names = [name for name in kader.file.parameters if name == "content" or name.startswith("content.")]
    values = {
        **dict.fromkeys(names, chance),
        **dict.fromkeys(("help_mends", "toets_finds", "inspectors_tell", "kwaliteit_sees"), 0.0),
    }
    return "parameters:\n" + "".join(f"  {name}: {{value: {value}}}\n" for name, value in values.items())


def shares(found):
    return {(one.sector, one.case.id): {o: one.outcomes[o] / one.n for o in Outcome} for one in found.tallies}


def test_where_all_content_is_there_only_what_was_not_arranged_in_time_can_stop_a_case(scenario):
    found = practising.practise(scenario(everywhere(1.0)), 2)
    assert sum(one.n for one in found.tallies) == 2 * (2 * 21 + 3 * 19)
    stops = {need.partition(".")[0] for one in found.tallies for _, need in one.where}
    assert stops <= {"TLV-1", "TLV-2", "TLV-3", "TLV-5", "PRIV-1"}
    assert shares(found)["po", "groei"][Outcome.THROUGH] == 1.0  # leans on content alone


def test_where_no_content_is_there_every_case_that_needs_it_gets_stuck(scenario):
    found = practising.practise(scenario(everywhere(0.0)), 1)
    got = shares(found)
    for name in ("groei", "thuiszitter", "dyslexie", "weg-kwijt", "geld-op", "oude-indicatie"):
        assert got["po", name][Outcome.STUCK] == 1.0
    first = next(one for one in found.tallies if (one.sector, one.case.id) == ("po", "dyslexie"))
    assert dict(first.where) == {("begeleiding", "PLAN-a.basic_support"): first.n}
    assert first.days == []


def test_the_shares_are_those_of_the_plans_that_were_drawn(scenario):
    small = scenario(f"seed: 7\n{everywhere(1.0)}".replace("PLAN-j: {value: 1.0}", "PLAN-j: {value: 0.5}"))
    found = practising.practise(small, 3)
    player = Player(small)
    lacking = 0
    for number in range(3):
        seen = player.replication(number).seen
        day = (date(2015, 2, 9) - date(1970, 1, 1)).days
        people = player.looker.sector == "vo"
        statuses = seen.statuses(np.flatnonzero(people), np.full(people.sum(), day))
        lacking += int((~statuses.passed[player.looker.number["PLAN-j"]]).sum())
    assert 0 < lacking < 9
    assert shares(found)["vo", "groei"][Outcome.STUCK] == pytest.approx(lacking / 9)
    lack = next(one for one in found.lacks if (one.sector, one.duty) == ("vo", "PLAN-j"))
    assert (lack.lacking, lack.n, lack.cases) == (lacking, 9, {"groei"})


def test_a_plan_file_counts_as_it_is(scenario, write):
    from simulator.base import resources

    text = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")
    asked = "growth_procedure: {answer: ja, page: 45"
    assert asked in text
    write("mijn-plan.yaml", text.replace(asked, "growth_procedure: {answer: nee, page: 45"))
    with_plan = scenario(f"plans: {{PO2814: mijn-plan.yaml}}\n{everywhere(1.0)}")
    found = practising.practise(with_plan, 1, names=["groei"])
    one = next(tally for tally in found.tallies if tally.sector == "po")
    assert (one.n, one.outcomes[Outcome.STUCK]) == (2, 1)


def test_same_seed_same_outcome_and_another_seed_another(scenario):
    first, again = (practising.practise(scenario("seed: 3\n"), 2) for _ in range(2))
    other = practising.practise(scenario("seed: 4\n"), 2)
    assert shares(first) == shares(again)
    assert [vars(one) for one in first.lacks] == [vars(one) for one in again.lacks]
    assert shares(first) != shares(other)


def test_what_stops_the_most_cases_comes_first(scenario):
    found = practising.practise(scenario(everywhere(0.0)), 1)
    for sector in ("po", "vo"):
        numbers = [one.stuck for one in found.lacks if one.sector == sector]
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[0] > 10


def test_a_day_outside_the_kader_and_an_unknown_case_are_told(scenario):
    with pytest.raises(InputError, match="swv-2014"):
        practising.practise(scenario(), 1, date(2018, 1, 1))
    with pytest.raises(InputError) as caught:
        practising.practise(scenario(), 1, names=["lwoo_pro"])
    assert caught.value.problems[0].hint == "Did you mean lwoo-pro?"


def test_a_case_of_one_sector_can_be_asked_of_both(scenario):
    found = practising.practise(scenario(), 1, names=["lwoo-pro", "sbo"])
    assert [(one.sector, one.case.id) for one in found.tallies] == [("po", "sbo"), ("vo", "lwoo-pro")]


def test_a_later_day_moves_the_cases(scenario):
    found = practising.practise(scenario(), 1, date(2015, 9, 15), names=["groei", "gehoorapparaat"])
    assert {one.case.id: one.start for one in found.tallies} == {
        "groei": date(2016, 2, 9),
        "gehoorapparaat": date(2016, 9, 1),
    }
    assert found.start == date(2015, 9, 15)
    assert len(casebook.shipped().chosen("po")) == 21
