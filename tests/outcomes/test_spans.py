"""What came too soon or too late for the law, because people were not there, is marked wherever it is told."""

import pytest

from simulator.base.days import NEVER
from simulator.cli.main import main
from simulator.kader import lawful
from simulator.outcomes import eventlog, frames, kpis, spans, toezicht
from simulator.outcomes.play import Player
from simulator.reports import dossier, dossierforms, ocel, xes
from simulator.reports import toezicht as tables
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

BUSY = "pools: {inspecteur_swv: {capacity: 4}}\nparameters: {herstel_work: {value: 120}, content: {value: 0.6}}\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("late") / "druk.yaml"
    path.write_text(scenario_of("druk", TWELVE, base="cyclus-2021") + BUSY, "utf-8")
    return path


@pytest.fixture(scope="module")
def log(player, played):
    return eventlog.EventLog(player.scenario, 0, frames.happened(player.model, played.trace, 0))


def waits(player, played):
    """Days from the adoption of a report to the begin of its herstelonderzoek, by swv and round, from the events."""
    tables, start = player.model.tables, player.model.start
    begun = {(tables.swv[row], tables.visit[row]): start + moment // 86400
             for row, moment in enumerate(played.trace.start)
             if tables.node[row] == "herstelonderzoek" and moment < NEVER}  # fmt: skip
    adopted = played.happened.of("onderzoek_adopted")
    return {(swv, turn): day - adopted[swv, "", turn] for (swv, turn), day in begun.items()}


def test_a_herstelonderzoek_after_more_than_a_year_goes_against_the_law(player, played):
    assert player.scenario.unlawful == ()  # the method itself is lawful
    codes, in_time = player.model.codes, 0
    for number in range(3):
        play = player.replication(number)
        every = waits(player, play)
        found = {(codes.index(one.done.swv), one.done.visit): one.days
                 for one in play.breaches if one.done.node == "herstelonderzoek" and not one.done.waits}  # fmt: skip
        assert found == {key: days for key, days in every.items() if days > 366}
        assert number or len(found) > 1
        in_time += len(every) - len(found)
    assert in_time
    one = next(one for one in played.breaches if one.done.node == "herstelonderzoek")
    assert (one.rule, one.bound, one.what, one.late) == ("INS-4", 366, "adopt", True)
    assert one.article == "WOT 11(3)-(4), 15c"


def test_it_is_marked_in_the_dossier_the_table_and_the_exports(player, played, log):
    one = next(one for one in played.breaches if one.done.node == "herstelonderzoek")
    told = dossier.data(player, played, one.done.swv, "run", 0)
    steps = [step for phase in told["phases"] for step in phase["steps"] if step["against_law"]]
    assert ("herstelonderzoek", one.done.visit) in {(step["step"], step["round"]) for step in steps}
    assert any(f"came {one.days} days after adoption of the report" in text
               for step in steps for text in step["against_law"])  # fmt: skip
    assert any("WOT 11(3)-(4), 15c" in row["against_law"] for row in dossierforms.rows(told))
    table = tables.tables([played], "year")[0]
    row = next(row for row in table.rows if row["figure"] == "outside a term of the law")
    assert sum(value for name, value in row.items() if name not in ("id", "figure", "unit")) == len(played.breaches)
    assert any("WOT 11(3)-(4), 15c" in note for note in table.notes)
    marked = eventlog.marked(log)
    keys = set(marked.filter(marked["against_law"] != "").select(eventlog.STEP_KEYS).iter_rows())
    assert keys == {one.done.key for one in played.breaches}
    assert marked["lawful"].all()
    assert "".join(xes.xes(log)).count('<string key="against_law"') >= len(played.breaches)
    assert "".join(ocel.ocel(log)).count('{"name":"against_law","value":') == len(keys)


def test_it_is_a_figure_and_the_run_says_it(player, played, file, tmp_path, capsys):
    assert kpis.measure(played)["against_law"] == len(played.breaches) > 0
    with pytest.raises(SystemExit):
        main(["run", str(file), "-n", "1", "-o", str(tmp_path / "run")])
    assert "In 1 of 1 replications something came too soon or too late for the law" in capsys.readouterr().err


def test_with_people_enough_nothing_comes_too_late(tmp_path):
    path = tmp_path / "ruim.yaml"
    path.write_text(scenario_of("ruim", TWELVE, base="cyclus-2021"), "utf-8")
    played = Player(scenarios.load(str(path))).replication(0)
    assert played.breaches == []
    assert len(played.happened.of("herstel_visited")) > 3
    assert len(toezicht.onderzoeken(played.looker, played.seen, played.happened)) > 5


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(14, (14, 15, False)), (15, None), (21, None), (22, (22, 21, True))],
)
def test_the_week_of_publication_is_counted_from_the_adoption_of_that_report(player, gap, expected):
    """The plan check and an onderzoek of another round beside it have adoptions and outcomes of their own."""
    day = 19_700  # after August 2023
    done = [
        spans.Done("PO2814", "adopt_report", "", "1", day - 300, day - 300),
        spans.Done("PO2814", "adopt_report", "", "2", day, day),
        spans.Done("PO2814", "plancheck_herstel_adopt", "", "", day + 3, day + 3),
        spans.Done("PO2814", "publish_third_week", "", "2", day, day + gap),
    ]
    found = spans.found(player.scenario, done)
    assert [(one.days, one.bound, one.late) for one in found] == ([expected] if expected else [])
    assert {one.rule for one in found} <= {"INS-9"}


def test_the_rules_that_count_days_are_those_of_the_table():
    assert {rule.rule for rule in lawful.spans()} == {"INS-3", "INS-4", "INS-9"}


def test_a_herstelonderzoek_that_never_comes_is_marked_once_its_year_is_over(file):
    """The fewer people there are, the more is marked: what nobody came to counts as what came too late."""
    path = file.parent / "niemand.yaml"
    few = BUSY.replace("inspecteur_swv: {capacity: 4}", "inspecteur_swv: {capacity: 2}, inspecteur_plan: {capacity: 1}")
    path.write_text(scenario_of("niemand", TWELVE, base="cyclus-2021") + few, "utf-8")
    player = Player(scenarios.load(str(path)))
    never = 0
    for number in range(4):
        play = player.replication(number)
        stop, tables = player.model.stop, player.model.tables
        for one in play.breaches:
            if not one.done.waits:
                continue
            row = next(row for row, start in enumerate(play.trace.start) if start >= NEVER and one.done.key == (
                player.model.codes[tables.swv[row]], tables.node[row], tables.item[row], tables.visit[row]))  # fmt: skip
            assert play.trace.requested[row] < NEVER
            assert one.late
            assert one.days > one.bound
            assert one.day < stop
            assert "had not come by the end" in one.words("x")
            never += 1
        log = eventlog.EventLog(player.scenario, number, frames.happened(player.model, play.trace, number))
        steps = spans.of_steps(player.scenario, eventlog.executions(log).iter_rows(named=True))
        assert sum(map(len, steps.values())) == len(play.breaches)
    assert never
