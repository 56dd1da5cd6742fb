"""Every effect in the event log has its cause beside it: what came from outside, help, and who was busy."""

from __future__ import annotations

import json
from datetime import date

import polars
import pytest

from simulator.base.days import NEVER, day_of
from simulator.outcomes import causes, eventlog, frames, running
from simulator.outcomes.causes import Cause
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

LATE = "jeugdzorg-vertraagd"
MAY = day_of(date(2014, 5, 1))
CODES = ["PO2814", "PO2801", "VO2802", "VO2810"]


def events(write, more: str = "", base: str = LATE) -> polars.DataFrame:
    scenario = scenarios.load(str(write("s.yaml", scenario_of("s", CODES, base) + more)))
    player = Player(scenario)
    return eventlog.in_order(eventlog.EventLog(scenario, 0, frames.events(player, player.replication(0), 0)))


def talks(write, more: str = "", base: str = LATE) -> polars.DataFrame:
    found = events(write, more, base)
    return found.filter((polars.col("step") == "talk_oogo") & (polars.col("what") == "started"))


@pytest.mark.parametrize(
    "one",
    [
        Cause("jeugdzorg", 2, 1.45),
        Cause("helped", factor=0.8),
        Cause("nobody"),
        Cause("nobody", days=30.3),
        Cause("budget_change", value=-6.13, bound=-5.0),
        Cause("other"),
        Cause("for", step="object_vague", item="PLAN-d"),
        Cause("busy", swv="PO2814", step="talk_oogo"),
        Cause("turn", swv="PO2814", step="talk_oogo"),
    ],
    ids=str,
)
def test_a_cause_is_read_as_it_is_written(one):
    assert causes.read(f"{one} {one}") == [one, one]


def test_a_talk_says_that_the_gemeente_is_busy_with_the_jeugdzorg_while_it_is(write):
    """By the kader from October 2013, and by the shock on a second level from November, until 2015."""
    for row in talks(write).iter_rows(named=True):
        found = {one.name: one for one in causes.read(row["cause"])}
        day = row["date"].isoformat()
        level = 0 if not "2013-10-01" <= day < "2015-01-01" else 1 if day < "2013-11-01" else 2
        assert (found["jeugdzorg"].level if "jeugdzorg" in found else 0) == level, day
    assert not talks(write, "parts: {jeugdzorg: false}\n").filter(polars.col("cause").str.contains("jeugdzorg")).height


def test_the_factor_is_the_one_that_the_clock_took(write):
    """Both plays share their luck: the first talks are longer by what the log says, counted in working time."""
    both = [talks(write, base=base) for base in ("invoering-2014", LATE)]
    paired = both[0].join(both[1], on=["swv", "item", "visit"])
    paces = [
        [next((one.factor for one in causes.read(row[name]) if one.name == "jeugdzorg"), 1.0) for row in
         paired.iter_rows(named=True)]
        for name in ("cause", "cause_right")
    ]  # fmt: skip
    assert all(late >= usual for usual, late in zip(*paces, strict=True))
    assert sum(paces[1]) > 1.2 * sum(paces[0])


def test_who_waits_is_told_for_whom(write):
    """The other who kept the people busy was ready in the very second in which they were given."""
    closed = 'shocks: [{kind: gemeente_gesloten, from: "2013-09-01", until: "2014-02-01", capacity: 0}]\n'
    found = events(write, closed)
    closed_from, reopened = (
        (date.fromisoformat(day) - date(2013, 8, 1)).days * 86_400 for day in ("2013-09-01", "2014-02-01")
    )
    asked = {row[:4]: row[4] for row in found.filter(polars.col("what") == "requested")
             .select("swv", "step", "item", "visit", "second").iter_rows()}  # fmt: skip
    ended = set(found.filter(polars.col("what") == "ended").select("swv", "step", "second").iter_rows())
    given = found.filter(polars.col("what") == "granted")
    waited: dict[tuple, list[Cause]] = {}
    for row in given.iter_rows(named=True):
        key = row["swv"], row["step"], row["item"], row["visit"]
        told = causes.read(row["cause"])
        if row["second"] > asked[key]:
            waited.setdefault(key, []).extend(told)
        else:
            assert not told
        if row["second"] > reopened >= asked[key]:
            shut = [one.days for one in told if one.name == "nobody"]
            assert shut == [round((reopened - max(asked[key], closed_from)) / 86_400, 1)]
        assert all(one.name != "busy" or (one.swv, one.step, row["second"]) in ended for one in told)
    assert waited
    assert all(waited.values())  # of a team it is told of those who came last
    assert {one.name for told in waited.values() for one in told} == {"busy", "day", "nobody"}


def test_a_team_waits_for_who_came_last_and_those_behind_it_for_their_turn(write):
    scenario = scenarios.load(str(write("s.yaml", scenario_of("s", TWELVE, "cyclus-2021"))))
    player = Player(scenario)
    found: set[str] = set()
    for number in range(3):
        trace = player.replication(number).trace
        told = causes.of_grants(player.model, trace)
        rows: dict[int, set[str]] = {}
        for (_, _, row, requested, granted), text in zip(trace.grants, told, strict=True):
            assert granted > requested or not text
            if granted > requested:
                rows.setdefault(row, set()).update(one.name for one in causes.read(text))
        assert all(len(names - {"team"}) <= 1 for names in rows.values())
        found |= {name for names in rows.values() for name in names}
    assert found >= {"busy", "nobody", "team"}


def test_dossier_replay_and_export_show_the_causes(write, command, tmp_path):
    write("s.yaml", scenario_of("s", CODES, LATE))
    running.run(scenarios.load(str(tmp_path / "s.yaml")), 1)
    steps = json.loads(command("dossier", "s.yaml", "--swv", "PO2814", "--json")[1])["phases"]
    talk = next(step for phase in steps for step in phase["steps"] if step["step"] == "talk_oogo")
    assert "jeugdzorg" in {one["name"] for one in talk["causes"]}
    assert "times as long by: getting ready for the transition of the jeugdzorg" in " ".join(
        command("dossier", "s.yaml", "--swv", "PO2814")[1].split()
    )
    assert "(jeugdzorg=2*" in command("replay", "s.yaml", "--replication", "0", "--trace")[1]
    for kind in ("csv", "xes", "ocel"):
        assert "jeugdzorg=2*" in command("export", "s.yaml", "--format", kind)[1], kind


def test_a_refusal_names_the_elements_objected_to(write):
    """With reasons alone every refusal names the objections of its own round; the dossier tells them in words."""
    always = "parameters: {opr_refuses_reasoned: {value: 1}, opr_refuses: {value: 0}, opr_finds_vague: {value: 0.3}}\n"
    found = events(write, always)
    refused = found.filter((polars.col("step") == "refuse") & (polars.col("what") == "started"))
    objections = found.filter(polars.col("step").str.starts_with("object_") & (polars.col("what") == "ended"))
    assert refused.height
    for row in refused.iter_rows(named=True):
        own = objections.filter((polars.col("swv") == row["swv"]) & (polars.col("visit") == row["visit"]))
        named = {(one.step, one.item) for one in causes.read(row["cause"])}
        assert named == set(own.select("step", "item").iter_rows())


def test_a_refusal_without_objections_has_another_reason(write):
    never = "parameters: {opr_refuses: {value: 1}, opr_finds_vague: {value: 0}, opr_notices_gap: {value: 0}}\n"
    found = events(write, never)
    refused = found.filter((polars.col("step") == "refuse") & (polars.col("what") == "started"))
    assert refused.height
    assert set(refused["cause"]) == {"other"}


def test_the_dossier_says_why_consent_is_withheld(write, command, tmp_path):
    text = scenario_of("s", ["PO2814"]) + (
        "parameters: {opr_refuses_reasoned: {value: 1}, opr_refuses: {value: 0}, opr_finds_vague: {value: 0.9}}\n"
    )
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    assert command("run", "s.yaml", "-n", "1")[0] == 0
    shown = " ".join(command("dossier", "s", "--swv", "PO2814")[1].split())
    assert "because: objection of the OPR: an element is vague (PLAN-" in shown


def test_what_happens_to_a_step_in_one_second_stands_in_its_order(write):
    found = events(write)
    turn = found["what"].cast(polars.String).replace_strict(list(eventlog.LIFECYCLE), list(range(4)))
    own = found.with_columns(turn=turn).group_by("swv", "step", "item", "visit", maintain_order=True)
    assert own.agg(sorted=polars.col("turn").diff().drop_nulls().ge(0).all())["sorted"].all()


def test_the_chain_from_a_busy_gemeente_to_a_plan_that_is_late(write):
    """Two plays under the same luck: talks take longer, OOGO ends later, the plan is adopted later and sent in May.

    Consent of the OPR is asked beside the OOGO and comes on the same day (docs/decisions/0012).
    """
    usual, late = (
        Player(scenarios.load(str(write(name, scenario_of("s", CODES, base)))))
        for name, base in (("usual.yaml", "invoering-2014"), ("late.yaml", LATE))
    )
    plays = [player.replication(2) for player in (usual, late)]
    swv = usual.model.codes.index("VO2802")
    logs = [frames.happened(player.model, play.trace, 2).filter(polars.col("swv") == "VO2802")
            for player, play in zip((usual, late), plays, strict=True)]  # fmt: skip
    begun = [log.filter((polars.col("step") == "talk_oogo") & (polars.col("what") == "started")) for log in logs]
    assert begun[1]["cause"].str.contains("jeugdzorg=2").any()
    assert not begun[0]["cause"].str.contains("jeugdzorg=2").any()
    closed = [log.filter((polars.col("step") == "close_oogo") & (polars.col("what") == "ended"))["date"].max()
              for log in logs]  # fmt: skip
    assert closed[0] < closed[1]
    consented, adopted, sent = (
        [int(play.seen.days[name][swv]) for play in plays] for name in ("opr_consented", "adopted", "sent")
    )
    assert consented[0] == consented[1] < NEVER
    assert adopted[0] < adopted[1]
    assert sent[0] < MAY <= sent[1]


def test_steps_that_follow_from_money_say_which_figure_passed_which_bound(write, command, tmp_path):
    shock = 'shocks: [{kind: negatieve_verevening, from: "2013-08-01", size: 300}]\n'
    found = events(write, shock.replace("size: 300", "size: 300, where: {swv: [PO2814]}"), "invoering-2014")
    started = found.filter((polars.col("step") == "agree_cuts") & (polars.col("what") == "started"))
    cuts = {row["swv"]: causes.read(row["cause"])[0] for row in started.iter_rows(named=True)}
    assert "PO2814" in cuts
    for one in cuts.values():
        assert (one.name, one.bound) == ("budget_change", -5)
        assert one.value < one.bound
    running.run(scenarios.load(str(tmp_path / "s.yaml")), 1)
    shown = json.loads(command("bekostiging", "s.yaml", "--swv", "PO2814", "--json")[1])["figures"]
    value = next(row["value"] for row in shown if row["figure"] == "budget_change_2020_pct")
    assert cuts["PO2814"].value == pytest.approx(value, abs=0.06)
    screen = " ".join(command("dossier", "s.yaml", "--swv", "PO2814")[1].split())
    assert f"change of the budget to 2020-2021, in per cent: {cuts['PO2814'].value}, below -5" in screen


def test_a_wait_on_a_closed_gemeente_is_told_with_its_days_and_then_for_whom(write, command, tmp_path):
    """PO3103 waits until 1 March for a gemeente that has nobody, then for VO3103; VO3103 for the first alone."""
    told = {
        code: " ".join(command("dossier", "herindeling", "--swv", code)[1].split()) for code in ("PO3103", "VO3103")
    }
    shut = "days of which nobody was there: a gemeente has nobody for the OOGO for a while, until 1 March 2014"
    assert f"31 {shut} (Nederweert, Weert); besides for who was busy with: VO3103" in told["PO3103"]
    assert f"50 {shut}" in told["VO3103"]
    assert "besides" not in told["VO3103"]


def test_work_that_lies_still_says_for_how_many_days(write):
    few = "pools: {inspecteur_swv: {capacity: 3}}\n"
    scenario = scenarios.load(str(write("s.yaml", scenario_of("s", TWELVE, "cyclus-2021") + few)))
    player = Player(scenario)
    luck = player.model.draw(0)
    trace = player.replication(0).trace
    told = causes.of_starts(player.model, trace, luck)
    still = {row: one.days for row, text in told.items() for one in causes.read(text) if one.name == "still"}
    lost: dict[int, set[int]] = {}
    for _, _, row, start, end in trace.breaks:
        assert end - start == 86_400
        lost.setdefault(row, set()).add(start)
    assert still == {row: len(starts) for row, starts in lost.items()}
    assert len(still) > 2
