"""A report counts what the inspectors saw; what was there and they did not see stands apart, in the dossier as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.base import language
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.outcomes.play import Player
from simulator.reports import anatomy, dossier, formats, wording
from simulator.reports.blocks import plain
from simulator.reports.context import Context
from simulator.reports.kinds import bevindingen
from simulator.reports.source import Asked, Scope, Source
from simulator.reports.subject import subject
from simulator.world import scenario as scenarios
from tests.reports.conftest import Page

CODES = ["PO2201", "PO2814", "VO2708"]


@pytest.fixture(scope="module", params=["invoering-2014", "cyclus-2021"])
def player(request):
    return Player(scenarios.load(request.param).among(CODES))


def contexts(player):
    for code in CODES:
        for number in range(2):
            played = player.replication(number)
            yield code, played, Context(subject(player, played, code, None))


def test_findings_are_those_that_the_inspectors_marked_and_the_rest_was_wrong_as_well(player):
    apart = 0
    for _, _, context in contexts(player):
        missed = {duty.id for duty in context.findings if duty.status == Status.NOT_MET}
        assert missed == set(context.seen.found)
        unseen = {duty.id for duty in context.unseen}
        assert not unseen & {duty.id for duty in context.findings}
        for duty in context.unseen:
            assert not duty.seen
            truly = Status(int(context.assessment.status[duty.id][0]))
            assert truly in (Status.NOT_MET, Status.NOT_ASSESSABLE), duty.id
        apart += len(unseen)
    assert apart


def test_the_dossier_counts_the_same_apart(player):
    for code, played, context in contexts(player):
        visits = dossier.data(player, played, code, "run", 0)["visits"]
        own = next(
            one for one in visits if (one["visit"], one["round"]) == (context.about.visit.id, context.about.round)
        )
        assert [one["duty"] for one in own["findings"] if one["seen"]] == [duty.id for duty in context.findings]
        assert [one["duty"] for one in own["findings"] if not one["seen"]] == [duty.id for duty in context.unseen]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_cover_and_a_part_of_the_report_tell_it(lang):
    language.choose(lang)
    source = Source(scenarios.load("invoering-2014").among(CODES), "run-1")
    document = bevindingen.build(Asked((source,), None, Scope("swv", "PO2814", ("PO2814",))))
    told = document.told["findings"]
    unseen = [one["id"] for one in told if not one["seen"]]
    assert unseen
    text = Page(formats.written(document, "html")).text
    title = {"nl": "Niet gezien door de inspecteurs", "en": "Not seen by the inspectors"}[lang]
    count = {"nl": "niet op orde: {}.", "en": "not in order according to the model: {}."}[lang]
    assert title in text
    assert count.format(len(unseen)) in text
    part = text.rpartition(title)[2]
    assert all(name in part for name in unseen)


@pytest.mark.parametrize("player", ["invoering-2014"], indirect=True)
def test_what_was_overlooked_counts_as_met_and_is_marked_so(player):
    language.choose("en")
    marked = 0
    for _, _, context in contexts(player):
        table = anatomy.recomputed(context)[2]
        status = {plain(row.cells[0]): plain(row.cells[2]) for row in table.rows}
        for name in context.overlooked:
            assert context.statuses[name] == Status.MET
            assert status[name] == "met (overlooked)"
            assert name in {duty.id for duty in context.unseen}
        told = " ".join(plain(block.text) for block in anatomy.counted(context))
        assert all(name in told for name in context.overlooked)
        assert ("inspectors overlooked" in told) == bool(context.overlooked)
        marked += len(context.overlooked)
    assert marked


@pytest.mark.parametrize("player", ["cyclus-2021"], indirect=True)
def test_what_goes_well_marks_what_was_overlooked(player):
    language.choose("en")
    marked = 0
    for _, _, context in contexts(player):
        summary = bevindingen._summary(context)
        first = next(place for place, block in enumerate(summary) if block.type == "bullets")
        well = {plain(item).partition(" ")[0] for item in summary[first].items}
        after = summary[first + 2]
        told = {plain(item).partition(" ")[0]: plain(item) for item in after.items} if after.type == "bullets" else {}
        for aspect in context.file.standards.aspects:
            for one in aspect.indicators:
                names = [duty.id for duty in context.under(one) if duty.id in context.overlooked]
                if one.id in told or one.id in well:
                    assert (one.id in told) == bool(names)
                    assert (one.id in well) != bool(names)
                    assert not names or "did not see that" in told[one.id]
                    assert all(name in told[one.id] for name in names)
                    marked += bool(names)
    assert marked


def test_what_counts_though_nobody_saw_it_is_said_where_the_judgement_stands(player):
    language.choose("en")
    counted = 0
    for _, _, context in contexts(player):
        for aspect in context.file.standards.aspects:
            for one in aspect.indicators:
                told = " ".join(
                    plain(b.text) for b in anatomy.standard(context, one, named=True) if b.type == "paragraph"
                )
                of_record = any(duty.missed and not duty.seen for duty in context.under(one))
                assert ("stands without their eye" in told) == of_record
                counted += of_record
    assert counted or context.seen.alone


def test_what_cannot_be_assessed_is_not_called_out_of_order(player):
    language.choose("nl")
    both = set()
    for _, _, context in contexts(player):
        for one in (one for aspect in context.file.standards.aspects for one in aspect.indicators):
            told = plain(anatomy.standard(context, one, named=True)[0].text)
            for status, words in ((Status.NOT_MET, "Niet op orde:"), (Status.NOT_ASSESSABLE, "Niet te beoordelen:")):
                names = [duty.id for duty in context.under(one) if duty.status == status]
                listed = told.partition(words)[2].partition(".")[0]
                assert [name.partition(" (")[0].strip() for name in listed.split(",") if name] == names
                both |= {status} if names else set()
    assert Status.NOT_MET in both


@pytest.mark.parametrize("player", ["plancyclus-2018"], indirect=True)
def test_what_was_overlooked_does_not_stand_under_what_is_in_order(player):
    language.choose("nl")
    marked = 0
    for _, _, context in contexts(player):
        for one in (one for aspect in context.file.standards.aspects for one in aspect.indicators):
            names = [duty.id for duty in context.under(one) if duty.id in context.overlooked]
            blocks = anatomy.standard(context, one, named=True)
            listed = [
                plain(item).partition(":")[0] for block in blocks if block.type == "bullets" for item in block.items
            ]
            assert not set(listed) & set(names)
            lead = plain(blocks[0].text)
            told = lead.partition("De inspecteurs zagen niet dat ")[2].partition(".")[0]
            assert all(name in told for name in names)
            assert bool(told) == bool(names)
            if names:
                assert told.endswith(("ontbreekt", "ontbreken", "niet op orde is", "niet op orde zijn")), told
            marked += bool(names)
    assert marked


@pytest.mark.parametrize("player", ["plancyclus-2018", "cyclus-2021"], indirect=True)
def test_no_board_must_act_on_what_no_inspector_saw(player):
    language.choose("nl")
    asked = 0
    for _, _, context in contexts(player):
        for duty in context.unseen:
            *_, last = wording.finding(context, duty).blocks
            assert "moet" not in plain(last.text), duty.id
            asked += "De wet vraagt dit" in plain(last.text)
    assert asked


def test_a_shortfall_that_was_imagined_is_asked_by_the_report_alone(player):
    language.choose("nl")
    imagined = 0
    for _, _, context in contexts(player):
        for duty in (duty for duty in context.findings if duty.status == Status.NOT_MET):
            *_, last = wording.finding(context, duty).blocks
            told = plain(last.text)
            ordered = duty.id in {one.obligation for one in context.orders}
            if ordered or "Het bestuur" in told:
                assert ("volgens het rapport" in told) == duty.mistaken, (duty.id, told)
                imagined += duty.mistaken
    assert imagined or player.model.scenario.id == "invoering-2014"


def test_a_step_before_adoption_that_came_after_it_cannot_be_made_good(player):
    """An OOGO after adoption: told so, with what the board can do next time, and no order to do it after all."""
    language.choose("nl")
    every = [context for _, _, context in contexts(player)]
    for context in every:
        adopted = context.about.day("adopted")
        if "PROC-2" not in context.duties or adopted is None or adopted > context.about.visited:
            continue
        duty = replace(context.duties["PROC-2"], status=Status.NOT_MET, mistaken=False, seen=False, roots=())
        if "PROC-2" in context.given:
            continue
        told = plain(wording.finding(context, duty).blocks[-1].text)
        assert "niet meer goed te maken" in told
        assert "volgend plan" in told
        assert long_date(adopted) in told
        context.unseen[:] = [duty]  # what rests on it cannot be assessed after all either
        rests = replace(duty, id="PROC-9", status=Status.NOT_ASSESSABLE, roots=("PROC-2",))
        assert "volgend plan" in plain(wording.finding(context, rests).blocks[-1].text)
        assert "moet" not in told
        lacking = (
            replace(duty, id="PLAN-a", version=context.duties["PLAN-a"].version) if "PLAN-a" in context.duties else None
        )
        assert lacking is None or "goed te maken" not in plain(wording.finding(context, lacking).blocks[-1].text)
        return
    pytest.fail("nobody adopted a plan before the visit")
