"""A dossier tells all that the log knows of an swv, short, with what was settled and found."""

import json
import re
from datetime import date
from itertools import pairwise

import polars
import pytest

from simulator.base import language
from simulator.base.days import date_of
from simulator.base.language import say
from simulator.base.numbers import long_date
from simulator.engine.playing import StepFailed
from simulator.kader import reading as kaders
from simulator.outcomes import eventlog, running
from simulator.outcomes.play import Player
from simulator.reports import dossier, dossierforms, dossierpictures, formats, render
from simulator.reports.context import Context
from simulator.reports.kinds import dossier as kind
from simulator.reports.slacks import whole
from simulator.reports.source import Asked, Scope, Source
from simulator.reports.subject import subject
from simulator.world import scenario as scenarios
from tests.conftest import scenario_of


@pytest.fixture
def run(small_scenario, tmp_path):
    return running.run(scenarios.load(str(small_scenario)), 2, folder=tmp_path / "run")[0]


@pytest.fixture
def told(run):
    player = Player(run.scenario)
    return dossier.data(player, player.replication(0), "PO2814", run.id, 0)


def steps(told):
    return [step for phase in told["phases"] for step in phase["steps"]]


def test_every_step_of_the_swv_is_told_once(run, told):
    rows = eventlog.executions(eventlog.read(run, 0)).filter(polars.col("swv") == "PO2814")
    kinds = rows.select("step", "visit").unique()
    assert sum(1 + len(step["then"]) for step in steps(told)) == len(kinds)
    written = next(step for step in steps(told) if step["step"] == "draft_element")
    assert sorted(written["items"]) == sorted(rows.filter(polars.col("step") == "draft_element")["item"])
    assert sum(step["open"] for step in steps(told)) == rows["ended"].null_count()


def test_dates_and_people_are_those_of_the_log(run, told):
    events = eventlog.read(run, 0).events.filter(polars.col("swv") == "PO2814")
    visit = next(step for step in steps(told) if step["step"] == "kwaliteit_visit")
    ended = events.filter((polars.col("step") == "kwaliteit_visit") & (polars.col("what") == "ended"))["date"][0]
    assert visit["to"] == ended.isoformat() == "2014-09-25"
    kinds = ("primary education", "special education", "accounts (finance)")
    assert [name.rpartition(" no. ")[0] for name in visit["who"]] == [f"inspectors of {kind}" for kind in kinds]
    marked = events.filter(polars.col("detail") == "sent")["date"][0]
    sent = next(one for step in steps(told) for one in step["events"] if one["event"] == "sent")
    assert sent["on"] == marked.isoformat()
    for phase in told["phases"]:
        assert phase["steps"] == sorted(phase["steps"], key=lambda step: step["begun"] or step["from"])


def test_a_span_begins_where_the_step_did_and_the_wait_is_told_apart(run):
    """Also a wait of less than a day, when the step began on a later date than it was asked for."""
    step = {"from": "2023-01-12", "begun": "2023-01-13", "to": "2023-01-13", "waited_days": 0.9, "causes": [],
            "items": [], "label": "x", "actor": "a", "who": [], "article": "", "source": "", "role": "inspectie",
            "events": [], "then": []}  # fmt: skip
    assert (dossierforms._words(step)["when"], dossierforms._words(step)["waited"]) == (
        "13 January 2023",
        "waited less than a day",
    )
    at_once = {**step, "from": "2023-01-13", "waited_days": 0.1, "to": "2023-01-16"}
    assert dossierforms._words(at_once)["when"] == "13 January 2023 - 16 January 2023"
    assert dossierforms._words(at_once)["waited"] == ""
    never = {**step, "begun": None, "to": None, "waited_days": 0}
    assert dossierforms._words(never)["waited"] == ""
    player = Player(run.scenario)
    told = dossier.data(player, player.replication(0), "PO2814", run.id, 0)
    waited = [one for one in steps(told) if one["waited_days"] >= 1]
    assert waited
    for one in waited:
        assert dossierforms._words(one)["when"].startswith(long_date(date.fromisoformat(one["begun"])))


def test_findings_are_those_of_the_report_of_each_visit(run, told):
    player = Player(run.scenario)
    played = player.replication(0)
    assert len(told["visits"]) > 1
    for visit in told["visits"]:
        context = Context(subject(player, played, "PO2814", visit["visit"]))
        expected = [(duty.id, duty.status.name.lower(), duty.article) for duty in (*context.findings, *context.unseen)]
        assert [(one["duty"], one["status"], one["article"]) for one in visit["findings"]] == expected
        assert [one["seen"] for one in visit["findings"]] == [
            duty.seen for duty in (*context.findings, *context.unseen)
        ]
    assert any(visit["findings"] for visit in told["visits"])


def test_a_duty_stands_with_the_step_that_settled_it(told):
    settled = {one["duty"]: (step["step"], one["status"]) for step in steps(told) for one in step["duties"]}
    assert settled["PROC-9"] == ("send_plan", "met")
    sent = next(one["on"] for step in steps(told) for one in step["events"] if one["event"] == "sent")
    assert date.fromisoformat(sent) < date(2014, 5, 1)
    assert settled["OPR-6"][0] == "decide_opr"  # consent takes no time: it stands with the decision


def test_what_takes_no_time_stands_with_the_step_that_ended_then(told):
    decided = next(step for step in steps(told) if step["step"] == "decide_opr")
    assert {one["event"] for one in decided["events"]} >= {"opr_decided"}
    assert not any(step["step"] in ("consent", "close_oogo") for step in steps(told))


def test_the_plan_is_shown_on_every_day_of_a_visit(told):
    assert told["plan"]["on"] == [*(visit["dates"]["visited"] for visit in told["visits"]), "2015-08-01"]
    assert all(len(row["shown"]) == 3 and row["text"] for row in told["plan"]["elements"])


def test_reading_leaves_out_the_waiting_but_the_data_does_not(told):
    waiting = [step["step"] for step in steps(told) if step["waiting"]]
    assert "kwaliteit_planned" in waiting
    shown = [step["step"] for phase in dossierforms.page(told)["phases"] for step in phase["steps"]]
    assert not set(waiting) & set(shown)


def test_articles_are_those_of_the_day_and_the_sector(write):
    text = scenario_of("achttien", ["PO2814", "VO2708"], "plancyclus-2018")
    player = Player(scenarios.load(str(write("achttien.yaml", text))))
    played = player.replication(0)
    law = {
        code: {step["step"]: step["article"] for step in steps(dossier.data(player, played, code, "run", 0))}
        for code in ("PO2814", "VO2708")
    }
    assert (law["PO2814"]["talk_oogo"], law["VO2708"]["talk_oogo"]) == ("WPO 18a(9)", "WVO 17a(9)")
    assert law["VO2708"]["draft_element"] == "WVO 17a(8)a - WVO 17a(8)f"
    assert law["VO2708"]["invite_mbo"] == "practice; no duty on that day"  # a duty since 2022
    assert law["VO2708"]["write_concept"] == ""


def test_a_day_that_stands_for_several_is_named_once(write):
    text = scenario_of("achttien", ["PO2814"], "plancyclus-2018")
    player = Player(scenarios.load(str(write("achttien.yaml", text))))
    visits = dossier.data(player, player.replication(0), "PO2814", "run", 0)["visits"]
    assert list(visits[0]["dates"]) == ["visited", "adopted"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_screen_and_report_say_the_same(run, told, lang):
    language.choose(lang)
    page = {"lang": lang, **dossierforms.page(told)}
    document = kind.build(Asked((Source.of_run(run),), None, Scope("swv", "PO2814", ("PO2814",))))
    for form in (
        render.text("dossier.txt.j2", page),
        formats.written(document, "md"),
        formats.written(document, "html"),
    ):
        flat = " ".join(form.split())
        assert all(f"{one['duty']}" in flat for visit in told["visits"] for one in visit["findings"])
        assert "25 september 2014" in flat.lower()
    table = dossierforms.rows(told)
    days = [(row["from"], row["to"] or "9999") for row in table]
    assert days == sorted(days)
    phases = [row["phase"] for row in table]
    assert sum(a != b for a, b in pairwise(phases)) >= len(set(phases)), "by date, and not phase by phase"
    assert sorted((row["step"], row["round"]) for row in table) == sorted(
        (one["step"], one["round"]) for one in steps(told)
    )


@pytest.fixture
def left(run, told):
    source = Source.of_run(run)
    number = source.player.model.codes.index("PO2814")
    return whole(source.player, source.replication(0), number)


def test_slack_is_from_the_event_to_the_last_day_of_the_law(told, left):
    found = {one.duty: one for one in left}
    sent = next(one["on"] for step in steps(told) for one in step["events"] if one["event"] == "sent")
    assert found["PROC-9"].days == (date(2014, 4, 30) - date.fromisoformat(sent)).days
    settled = [one for step in steps(told) for one in step["duties"] if one["due"] and one["status"] == "met"]
    assert settled
    assert all(not found[one["duty"]].late for one in settled if found[one["duty"]].last == day_of_(one["due"]))


def day_of_(iso):
    return (date.fromisoformat(iso) - date(1970, 1, 1)).days


def test_every_step_that_began_has_a_bar(told):
    bars = list(dossierpictures.bars(told))
    assert len(bars) == sum(not step["waiting"] and step["begun"] is not None for step in steps(told))
    assert all(bar.asked <= bar.start <= bar.end for bar in bars)


def test_the_command_in_every_form(command, small_scenario, tmp_path):
    command("run", small_scenario, "-n", "2")
    code, out, err = command("dossier", "klein", "--swv", "po2814")
    assert code == 0
    assert "WRITING THE PLAN" in out
    assert "Next:" in err
    code, out, _ = command("dossier", "klein", "--swv", "PO2814", "--replication", "1", "--json")
    assert (json.loads(out)["format"], json.loads(out)["replication"]) == ("dossier/1", 1)
    for ending in ("md", "html", "pdf", "csv", "xlsx"):
        assert command("dossier", "klein", "--swv", "PO2814", "--format", ending, "-o", f"d.{ending}")[0] == 0
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == ["course", "findings", "What the plan showed"]
    code, _, err = command("rooster", "klein", "--replication", "2")
    assert (code, "the last is 1" in err) == (2, True)
    code, _, err = command("dossier", "klein", "--swv", "PO2841")
    assert code == 2
    assert "PO2814" in err
    assert command("dossier", "klein", "--swv", "PO2814", "--format", "xlsx")[0] == 2


@pytest.mark.parametrize("line", [("dossier", "klein", "--swv", "PO2814"), ("rooster", "klein")])
def test_a_replication_that_breaks_off_is_told(command, small_scenario, monkeypatch, line):
    command("run", small_scenario, "-n", "1")

    def broken(*_):
        raise StepFailed("ZeroDivisionError: x", "PO2814", "send_plan", "2014-04-22")

    monkeypatch.setattr(Player, "replication", broken)
    code, _, err = command(*line)
    assert code == 1
    assert "Replication 0 failed: PO2814, step send_plan, 2014-04-22" in err


@pytest.mark.parametrize("name", ["swv-2014", "swv-2017", "swv-2021"])
def test_what_a_dossier_says_of_a_step_is_in_both_languages(name):
    english = re.compile(r"\b(the|of|on|by|from|until|after|before|practice|seen|taken|model)\b")
    sources = [node.step.source for node in kaders.load(name).file.werkwijze.walk() if node.step]
    assert len(sources) > 20
    assert [source for source in sources if isinstance(source, str) and english.search(source)] == []


@pytest.mark.parametrize(("scenario", "told"), [("een-swv", True), ("late-opr", False)])
def test_that_dates_in_a_plan_do_not_count_is_said_where_there_is_a_plan(command, write, scenario, told):
    small = (
        f'format: scenario/1\nid: klein\nextends: {scenario}\ntitle: {{nl: "k", en: "k"}}\n'
        'question: {nl: "k", en: "k"}\npopulation: {swv: [PO2814]}\n'
    )
    write("klein.yaml", small)
    assert command("run", "klein.yaml", "-n", "1")[0] == 0
    for more in ((), ("--format", "html")):
        out = " ".join(command("dossier", "klein", "--swv", "PO2814", *more)[1].split())
        assert ("Dates in the plan file count for" in out) is told


@pytest.fixture(scope="module")
def cycle():
    """Thirty swv under four years of supervision, ready to play, and a play of them."""
    shipped = scenarios.load("cyclus-2021")
    player = Player(shipped.among(list(shipped.swv)[:30]))
    return player, player.replication(0)


def test_every_order_is_told_with_its_term_its_state_and_each_step_to_it(cycle):
    player, played = cycle
    told = [one for code in player.model.codes
            for one in dossier.data(player, played, code, "run", 0)["orders"]]  # fmt: skip
    assert sorted((one["duty"], one["given"], one["state"]) for one in told) == sorted(
        (one.duty, date_of(one.given).isoformat(), one.state) for one in played.orders
    )
    assert {"repaired", "withdrawn", "repaired_before_final"} <= {one["state"] for one in told}
    for one in told:
        days = [step["on"] for step in one["history"]]
        assert days == sorted(days)
        assert days[0] == one["given"]
        assert all(step["source"] for step in one["history"]), "each rests on an article or on practice"
        assert one["settled"] is None or one["settled"] in days
        assert (one["until"] is None) == (one["state"] == "repaired_before_final")
        last = {"withdrawn": "order_withdrawn", "escalated": "order_escalated"}.get(one["state"])
        assert last is None or last in {step["event"] for step in one["history"]}


def test_the_orders_stand_on_the_screen_in_the_workbook_and_on_the_page(cycle):
    player, played = cycle
    code = next(player.model.codes[one.swv] for one in played.orders if one.state == "repaired")
    told = dossier.data(player, played, code, "run", 0)
    for lang, word in (("nl", "op tijd hersteld"), ("en", "repaired in time")):
        language.choose(lang)
        told = dossier.data(player, played, code, "run", 0)
        text = render.text("dossier.txt.j2", {"lang": lang, **dossierforms.page(told)}, 100)
        assert word in " ".join(text.split())
        for one in told["orders"]:  # what is missing, and what is expected, as in the report
            assert f"{say('finding.shortcoming')}: {one['article']}. " in " ".join(text.split())
            assert f"{say('finding.expected')} {one['text']}" in " ".join(text.split())
        (rows,) = (rows for name, rows in dossierforms.sheets(told).items() if name in ("Herstelopdrachten", "Orders"))
        assert len(rows) == 1 + len(told["orders"])
