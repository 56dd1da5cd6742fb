"""A report on a plan file that was played: the size of the swv is that of the plan, the days are those of the play."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from simulator.base import language
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.outcomes import running
from simulator.reports import characteristics, dossier, dossierforms, formats, kinds, wording
from simulator.reports.context import Context
from simulator.reports.kinds import bevindingen
from simulator.reports.source import Asked, Scope, Source
from simulator.reports.subject import subject
from simulator.world import scenario as scenarios
from simulator.world.bekostiging import planned
from tests.conftest import scenario_of
from tests.reports.conftest import Page, plan_file


def of(file):
    source = Source.of_plan(file)
    return source, Context(subject(source.player, source.replication(0), "PO2814", None))


@pytest.mark.parametrize(("name", "pupils"), [("voorbeeld-po", "10.260"), ("voorbeeld-po-2022", "9.980")])
def test_the_pupils_of_the_plan_are_those_of_the_swv(name, pupils):
    language.choose("nl")
    _, context = of(plan_file(name))
    facts = {fact["label"]: fact for fact in characteristics.facts(context.about)}
    assert (facts["leerlingen"]["value"], facts["leerlingen"]["origin"]) == (pupils, "given")
    assert "jaarlijkse verandering van het aantal leerlingen" not in facts  # the table of the plan takes its place


def test_without_a_table_of_pupils_the_size_is_drawn():
    language.choose("nl")
    file = plan_file("voorbeeld-po-2022")
    bare = replace(file, plan=file.plan.model_copy(update={"pupils": [], "money": []}))
    assert planned.at_start(bare.plan) == 0
    assert planned.replaced(bare.plan, ()) == frozenset()
    _, context = of(bare)
    facts = {fact["label"]: fact for fact in characteristics.facts(context.about)}
    assert facts["leerlingen"]["origin"] == "drawn"
    assert facts["jaarlijkse verandering van het aantal leerlingen"]["value"].endswith("%")


def test_a_table_that_misses_a_year_takes_the_place_of_the_size_alone():
    plan = plan_file("voorbeeld-po-2022").plan
    years = [row.year for row in plan.pupils]
    assert "pupils_trend" in planned.replaced(plan, years)
    assert "pupils_trend" not in planned.replaced(plan, [*years, years[-1] + 1])


def test_the_course_says_that_dates_of_the_file_do_not_count_and_what_was_asked_only_later():
    language.choose("en")
    source, context = of(plan_file("voorbeeld-po-2022"))
    document = bevindingen.build(Asked((source,), None, Scope("swv", "PO2814", ("PO2814",))))
    text = Page(formats.written(document, "html")).text
    assert "Dates in the plan file count for" in text
    assert "`" not in text
    assert "PLAN-v" in {duty.id for duty in context.findings}
    sent = long_date(context.about.day("sent"))
    assert sent != "15 March 2022", "as the file has it: then this says nothing"
    assert f"only since 1 April 2022, after the plan had been sent ({sent})" in text


def test_an_swv_alone_has_consulted_its_overlaps_and_every_order_is_told(tmp_path):
    """What comes in force between the first day of an onderzoek and its report is told by the law of the report."""
    path = tmp_path / "alleen.yaml"
    alone = scenario_of("alleen", ["PO2814"], "cyclus-2021") + "plans: {PO2814: voorbeeld-po-2022}\n"
    path.write_text(alone, encoding="utf-8")
    run = running.run(scenarios.load(str(path)), 3, folder=tmp_path / "run")[0]
    source = Source.of_run(run)
    since = 0
    for replication in range(3):
        context = Context(subject(source.player, source.replication(replication), "PO2814", None))
        assert context.duties["PROC-3"].status == Status.MET
        assert {order.obligation for order in context.orders} <= context.duties.keys()
        since += any(duty not in context.assessment.law.versions for duty in context.duties)
    assert since, "in no replication did the law change during the onderzoek"


def test_what_the_law_did_not_ask_yet_is_not_missing_in_the_plan():
    source, context = of(plan_file("voorbeeld-po-2022"))
    told = dossier.data(source.player, source.replication(0), "PO2814", "run", 0)
    rows = {row["duty"]: row["shown"] for row in told["plan"]["elements"]}
    asked = min(one.in_force.start for one in context.scenario.kader.obligations["PLAN-v"].versions).isoformat()
    days = [on < asked for on in told["plan"]["on"]]
    assert True in days, "a visit before the law asked it"
    assert False in days
    assert [shown == "not_yet_asked" for shown in rows["PLAN-v"]] == days
    assert all("not_yet_asked" not in shown for name, shown in rows.items() if name != "PLAN-v")


def test_a_report_tells_only_orders_that_were_given_with_the_last_day_of_them(plan_cycle):
    """The plan check of a plan of one's own is told in full: also what nobody saw here, but with no day for its order."""
    language.choose("en")
    both = set()
    for replication in range(3):
        played = plan_cycle.replication(replication)
        context = Context(subject(plan_cycle.player, played, "PO2814", "plancheck"))
        told = dossier.data(plan_cycle.player, played, "PO2814", "run", 0)["orders"]
        given = {one["duty"]: date.fromisoformat(one["until"]) for one in told if one["until"] and not one["round"]}
        assert {one.obligation: day for one in context.orders if (day := context.last_of(one))} == given
        for order in context.orders:
            words, day = wording.ordered(context, order), given.get(order.obligation)
            both.add(day is None)
            assert (long_date(day) in words) if day else (f"term of {order.months} months; in this" in words)
            assert len(re.findall(r"\d{4}", words)) == (day is not None)
    assert both == {True, False}


@pytest.mark.parametrize(("lang", "amount"), [("nl", "227.000, boven 0"), ("en", "227,000, above 0")])
def test_an_amount_that_passed_a_bound_has_thousands(lang, amount):
    language.choose(lang)
    source, _ = of(plan_file("voorbeeld-po-2022"))
    told = dossier.data(source.player, source.replication(0), "PO2814", "run", 0)
    waited = [step["waited"] for phase in dossierforms.page(told)["phases"] for step in phase["steps"]]
    assert any(amount in one for one in waited)


@pytest.mark.parametrize("kind", ["voortgang", "lastendruk"])
def test_a_report_on_a_played_plan_does_not_call_it_drawn(kind):
    language.choose("nl")
    source, _ = of(plan_file("voorbeeld-po-2022"))
    report = kinds.load(kind).build(Asked((source,), None, Scope("swv", "PO2814", ("PO2814",))))
    told = Page(formats.written(report, "html")).text
    assert "De inhoud van het plan komt uit een planbestand" in told
    assert "verzonnen" not in told
