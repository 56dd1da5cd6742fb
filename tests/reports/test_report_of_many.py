"""What reports on many swv and comparisons say: figures that agree with the run, parts that add up, one mean."""

import re

import pytest

from simulator.reports import formats
from simulator.reports.kinds import bevindingen
from simulator.reports.source import Asked, Source, scope
from simulator.world import scenario as scenarios
from tests.reports.conftest import Page


def test_an_overview_agrees_with_the_figures_of_the_run(sources, made):
    document = made("bevindingen-country", "en")
    figures = {one["label"]: one["mean"] for one in document.told["figures"]}
    kpis = sources[0].run.kpis
    assert figures["plan on time"] == pytest.approx(float(kpis["plan_on_time"].mean()))
    assert len(document.told["findings"]) == 12
    only = bevindingen.build(Asked(sources[:1], None, scope(sources[0].scenario, None, "PO2814,VO2802", None)))
    assert {row["swv"] for row in only.told["findings"]} == {"PO2814", "VO2802"}


def test_a_comparison_of_parts_adds_up_to_the_whole(sources):
    from simulator.outcomes import comparing
    from simulator.reports import parts

    found = comparing.compare([source.run for source in sources])
    codes = list(sources[0].scenario.swv)
    base, late = (parts.measured(run, codes, comparing.shared(found.runs)) for run in found.runs)
    rows = parts.compared(base[0], late[0], sources[0].scenario.swv, codes, paired=True)
    each = [row for row in rows if row.part.kind == "swv"]
    whole = next(row for row in found.rows if row.kpi == base[0].id and row.difference)
    mean = sum(row.difference.estimate.mean for row in each) / len(each)
    assert mean == pytest.approx(whole.difference.estimate.mean)
    assert {row.part.name for row in rows if row.part.kind == "sector"} == {"po", "vo"}


def test_a_comparison_tells_every_figure_of_parts_and_the_steps_that_carry_what_differs(sources, made):
    from simulator.reports import measuring
    from simulator.reports.blocks import Table

    codes = list(sources[0].scenario.swv)
    numbers = [int(number) for number in sources[0].run.kpis["replication"]]
    told = measuring.sums(sources[0], [name for name in sources[0].run.kpis if name != "replication"], codes, numbers)
    for name, found in told.items():  # all swv together give the figure of the run
        assert found.among(range(len(codes))) == pytest.approx(sources[0].run.kpis[name], nan_ok=True), name
    (why,) = measuring.why(sources[0], sources[1], ["burden_hours_per_swv"])
    assert why["steps"]
    document = made("vergelijking", "en")
    differ = {row["kpi"] for row in document.told["rows"] if row["diff"] is not None}
    assert differ <= set(document.extra["figures"])
    tables = [block for block in document.blocks if isinstance(block, Table)]
    of_parts = [one for one in tables if "by samenwerkingsverband" in one.caption]
    assert of_parts
    assert not [
        span
        for one in of_parts
        for row in one.rows
        for cell in row.cells
        for span in cell
        if span.kind not in ("", "soft")
    ]


def test_a_comparison_of_a_group_measures_that_group_alone(sources):
    from simulator.outcomes import comparing
    from simulator.reports import parts
    from simulator.reports.kinds import vergelijking

    codes = ("PO2814", "PO2801")
    few = tuple(Source.of_run(source.run.measured(source.run.kpis)) for source in sources)
    document = vergelijking.build(Asked(few, None, scope(few[0].scenario, None, ", ".join(codes), None)))
    shared = comparing.shared([source.run for source in few])
    for source in few:
        row = next(row for row in document.told["rows"] if (row["kpi"], row["run"]) == ("plan_on_time", source.id))
        own = next(one for one in parts.measured(source.run, codes, shared) if one.id == "plan_on_time")
        assert row["mean"] == pytest.approx(own.values.mean())
        assert row["mean"] != pytest.approx(float(source.run.kpis["plan_on_time"].mean()))
    words = Page(formats.written(document, "html")).text
    assert "All figures are measured over PO2814, PO2801" in words
    assert words.count("over 2 samenwerkingsverbanden") >= 2  # at the picture and at the table
    curve = next(figure for figure in document.figures() if "PO2814" in dict(figure.others))
    assert [name for name, _ in curve.others] == ["PO2814", "PO2801"]  # one sector, one province: nothing to choose


@pytest.mark.parametrize("base", ["cyclus-2021", "kader-2017-2021", "plancyclus-2026"])
def test_an_overview_of_years_whose_days_follow_from_the_plan_period(tmp_path, base):
    from simulator.outcomes import running
    from tests.conftest import scenario_of

    (tmp_path / "s.yaml").write_text(scenario_of("s", ["PO2814", "VO2802"], base), encoding="utf-8")
    run, _ = running.run(scenarios.load(str(tmp_path / "s.yaml")), 1, folder=tmp_path / "run")
    document = bevindingen.build(Asked((Source.of_run(run),), None, scope(run.scenario, None, None, None)))
    assert document.told["figures"]
    assert {row["swv"] for row in document.told["findings"]} <= {"PO2814", "VO2802"}


def test_figures_of_a_comparison_stand_with_their_unit(made):
    from simulator.reports.blocks import Table, plain

    document = made("vergelijking", "nl")
    units = {row["kpi"]: row["unit"] for row in document.told["rows"]}
    rows = [(dict(row.data)["figure"], plain(row.cells[0])) for block in document.blocks if isinstance(block, Table)
            for row in block.rows if block.stacks and "figure" in dict(row.data)]  # fmt: skip
    words = {"days": "(dagen)", "hours": "(uren)", "eur": "(euro)"}
    told = [(label.rpartition(" ")[2], units[kpi]) for kpi, label in rows if units[kpi] in words]
    assert {unit for _, unit in told} == set(words)
    assert all(end == words[unit] for end, unit in told)
    assert not [label for kpi, label in rows if units[kpi] == "share" and label.endswith("(aandeel)")]
    drawn = "".join(figure.picture.svg for figure in document.figures())
    assert "lastendruk per swv (uren)" in drawn


def test_progress_is_told_as_one_mean_in_figure_and_tables(sources, made):
    document = made("voortgang", "nl")
    state = document.told["shares"][-1]
    figure = next(document.figures())
    on = "30 april 2014"
    curve = re.findall(r"gestuurd en volledig, 1 mei 2014: ([\d,]+)%", figure.picture.svg)
    assert curve
    assert float(curve[0].replace(",", ".")) >= 100 * state["mean"] - 0.06
    assert f"{document.told['replications']} herhalingen" in figure.caption
    assert document.told["on"] == "2014-04-30"
    assert on in document.lead[0].title


def test_progress_of_a_country_has_a_map_and_shows_no_replication(made):
    told = formats.written(made("voortgang-country", "nl"), "md")
    assert 'op 30 april 2014 "gestuurd en volledig" had bereikt, per swv' in told
    assert "Getoonde herhaling" not in told
    assert "Getoonde herhaling" in formats.written(made("bevindingen-country", "nl"), "md")


def test_progress_of_a_plan_of_2022_is_told(command, tmp_path):
    code, _, err = command("report", "voorbeeld-po-2022", "--kind", "voortgang", "-o", "v.md")
    assert code == 0, err
    told = (tmp_path / "v.md").read_text(encoding="utf-8")
    assert "as a mean over 1 replication" not in told  # of one swv in one replication dates tell more than shares
    assert re.search(r"consent of the OPR \| \d+ \w+ 202[12] \|", told)
    assert "95%" not in told


def test_what_is_clear_by_itself_but_not_among_all_says_so(made):
    from simulator.reports import comparison
    from simulator.reports.blocks import Table, plain

    document = made("vergelijking", "nl")
    doubted = {row["kpi"] for row in document.told["rows"] if row["diff"] is not None and comparison.doubtful(row)}
    rows = [(dict(row.data), plain(row.cells[4])) for block in document.blocks if isinstance(block, Table)
            for row in block.rows if "figure" in dict(row.data) and len(row.cells) == 6]  # fmt: skip
    said = {data["figure"] for data, words in rows if "\u2020" in words}
    assert not any("na correctie voor" in words for _, words in rows)  # told once, below
    assert said
    assert said <= doubted
    assert said == {data["figure"] for data, _ in rows if "doubt" in data}


def test_what_pairing_takes_away_is_left_out_of_few_replications():
    from simulator.reports import comparison

    run = {"apart": []}
    few, many = ([{"n": n, "reduction": one} for one in (-0.7, 0.5, 1.0)] for n in (4, 100))
    assert "100%" not in comparison.pairing(run, few)
    assert "100%" in comparison.pairing(run, many)
