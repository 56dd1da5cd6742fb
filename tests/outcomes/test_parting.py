"""Why two runs differ: the first event, its input, and a waterfall that adds up."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.base.days import NEVER
from simulator.outcomes import comparing, courses, kpis, parting, running
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

N = 4


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The introduction, and variants of it, with twelve swv."""
    folder = tmp_path_factory.mktemp("parting")
    variants = {
        "klein": "",
        "laat": "parameters: {install_opr: {median: 52}, adopt_reglement: {median: 24}}\n",
        "weigert": "parameters: {opr_refuses: {value: 0.5}}\n",
        "drukker": "pools: {inspecteur_so: {capacity: 1}}\n",
        "inhoud": "parameters: {content.PLAN-e: {value: 0.3}}\n",
        "zonder": "parts: {praktijktoets: false}\n",
        "schok": 'shocks: [{kind: jeugdzorg_vertraagd, from: "2013-11-01", level: 2}]\n',
        "duurder": 'shocks: [{kind: negatieve_verevening, from: "2013-08-01", size: 200, where: {sector: po}}]\n',
    }
    found = {}
    for name, extra in variants.items():
        path = folder / f"{name}.yaml"
        path.write_text(scenario_of(name, TWELVE) + extra, encoding="utf-8")
        found[name] = running.run(scenarios.load(str(path)), N, folder=folder / "runs" / name)[0]
    return found


class Once(Player):
    """A player that plays each replication once for all figures."""

    def __init__(self, scenario):
        super().__init__(scenario)
        self.played = {}

    def replication(self, number):
        if number not in self.played:
            self.played[number] = super().replication(number)
        return self.played[number]


@pytest.fixture(scope="module", autouse=True)
def players(runs):
    """Per run what plays it again."""
    PLAYERS.update({name: Once(run.scenario) for name, run in runs.items()})
    yield
    PLAYERS.clear()


PLAYERS = {}


def parts(runs, left, right, kpi):
    pair = parting.Pair(runs[left], runs[right], kpi, players=(PLAYERS[left], PLAYERS[right]))
    return pair, [part for number in range(N) for part in pair.parts(number) or ()]


@pytest.mark.parametrize("other", ["laat", "weigert", "drukker", "inhoud"])
def test_the_waterfall_of_every_figure_adds_up_to_its_difference(runs, other):
    rows = [row for row in comparing.compare([runs["klein"], runs[other]]).rows if row.difference is not None]
    whole = [row for row in rows if row.difference.estimate.n == N]
    same = [row for row in whole if not row.difference.estimate.mean]
    assert len(whole) - len(same) >= 3
    for row in whole:
        if row in same[1:]:
            continue  # that nothing adds up to nothing is seen once
        _, found = parts(runs, "klein", other, row.kpi)
        fall = parting.waterfall(found, N)
        assert fall.total == pytest.approx(row.difference.estimate.mean, rel=1e-12, abs=1e-12)
        assert math.fsum(fall.by_step.values()) == pytest.approx(fall.total, rel=1e-12, abs=1e-12)
        assert math.fsum(fall.by_swv.values()) == pytest.approx(fall.total, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("other", "kpi", "name"),
    [
        ("zonder", "burden_hours_per_swv", "parts.praktijktoets"),
        (
            "schok",
            "plan_on_time",
            "shocks.jeugdzorg_vertraagd ",
        ),
        (
            "duurder",
            "plan_on_time",
            "shocks.negatieve_verevening ",
        ),
    ],
)
def test_a_part_that_is_left_out_and_a_shock_are_named_as_reasons(runs, other, kpi, name):
    pair, found = parts(runs, "klein", other, kpi)
    assert found
    (name,) = [one for one in pair.differing if one.startswith(name)]
    named = [part for part in found if name in part.carrier.inputs]
    assert sum(abs(part.amount) for part in named) > 0.5 * sum(abs(part.amount) for part in found)


def test_a_part_that_is_in_both_is_no_reason(runs):
    _, found = parts(runs, "klein", "laat", "plan_on_time")
    assert not [one for part in found for one in part.carrier.inputs if one.startswith(("parts.", "shocks."))]


def test_a_late_opr_is_named_first_with_the_input_behind_it(runs):
    _, found = parts(runs, "klein", "laat", "plan_on_time")
    fall = parting.waterfall(found, N)
    assert next(iter(fall.by_step)) == ("install_opr", "duration")
    assert fall.inputs["install_opr", "duration"] == ("install_opr",)
    assert fall.total < 0


def test_refusals_are_a_choice(runs):
    _, found = parts(runs, "klein", "weigert", "plan_on_time")
    fall = parting.waterfall(found, N)
    assert any("opr_refuses" in inputs for inputs in fall.inputs.values())
    assert {kind for _, kind in fall.by_step} >= {"choice"}


def test_fewer_inspectors_are_waited_for(runs):
    _, found = parts(runs, "klein", "drukker", "visit_to_report_days")
    kinds = {part.carrier.kind for part in found}
    assert "waiting" in kinds
    assert any("pools.inspecteur_so" in part.carrier.inputs for part in found)


def test_when_only_the_content_differs_the_courses_never_part(runs):
    pair, found = parts(runs, "klein", "inhoud", "findings_per_swv")
    content = [part for part in found if part.carrier.step == parting.CONTENT]
    assert content
    story = pair.story(content[0].replication, pair.codes.index(content[0].swv), pair.play(content[0].replication))
    assert story.parting is None
    assert story.carrier.inputs == ("content.PLAN-e",)


def test_a_run_does_not_part_from_itself(runs):
    pair, found = parts(runs, "klein", "klein", "plan_on_time")
    assert found == []
    played = pair.play(0)
    assert all(pair.story(0, swv, played).parting is None for swv in range(len(pair.codes)))


def test_before_the_first_parting_all_is_the_same(runs):
    pair, found = parts(runs, "klein", "laat", "plan_on_time")
    part = found[0]
    played = pair.play(part.replication)
    swv = pair.codes.index(part.swv)
    story = pair.story(part.replication, swv, played)
    at = min(getattr(story.parting.left, story.parting.moment), getattr(story.parting.right, story.parting.moment))
    left, right = (
        courses.Course(courses.Paths(player.model, swv), one.trace)
        for player, one in zip(pair.players, played, strict=True)
    )
    for key in left.times:
        for one, other in zip(left.of(key), right.of(key), strict=True):
            assert one == other or min(one, other) >= at
    ends = [link.right for link in story.chain if link.right < NEVER]
    assert story.chain
    assert ends == sorted(ends)


def test_parts_of_a_figure_add_up_to_the_figure(runs):
    player = parting.Player(runs["klein"].scenario)
    played = player.replication(1)
    for name, value in kpis.measure(played).items():
        found = kpis.parts_of(played, name)
        assert np.isnan(value) or found.of_swv.sum() / found.over == value
    with pytest.raises(KeyError):
        kpis.parts_of(played, "nothing")


def test_replications_without_a_figure_in_one_run_are_left_out(runs, monkeypatch):
    """The waterfall then adds up to the difference over the others."""
    pair = parting.Pair(runs["klein"], runs["laat"], "findings_per_swv")
    real, played = kpis.parts_of, []

    def sometimes_missing(played_one, name):
        played.append(played_one)
        found = real(played_one, name)
        return kpis.Parts(found.of_swv * 0, 0) if len(played) in (2, 5) else found  # replication 0 right, 2 left

    monkeypatch.setattr(kpis, "parts_of", sometimes_missing)
    found = [pair.parts(number) for number in range(N)]
    assert [one is None for one in found] == [True, False, True, False]
    fall = parting.waterfall([part for one in found for part in one or ()], 2)
    figures = [runs[name].kpis["findings_per_swv"][[1, 3]].mean() for name in ("klein", "laat")]
    assert fall.total == pytest.approx(figures[1] - figures[0], abs=1e-12)
