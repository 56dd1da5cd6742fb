"""What a report on one swv says, and that every figure says where it comes from."""

import re
from dataclasses import replace

import pytest

from simulator.base import language, resources
from simulator.base.errors import InputError
from simulator.reports import formats
from simulator.reports.kinds import bevindingen
from simulator.reports.source import Asked, Scope, Source, scope
from simulator.world import scenario as scenarios
from tests.reports.conftest import Page

TEN = [
    "Bergambacht",
    "Bodegraven-Reeuwijk",
    "Boskoop",
    "Gouda",
    "Nederlek",
    "Ouderkerk",
    "Schoonhoven",
    "Vlist",
    "Waddinxveen",
    "Zuidplas",
]


@pytest.fixture(scope="module")
def whole():
    return Source(scenarios.load("invoering-2014"), "run-1")


def page_of(source, code="PO2814", visit=None, lang="nl"):
    language.choose(lang)
    asked = Asked((source,), None, Scope("swv", code, (code,)), visit=visit)
    return formats.written(bevindingen.build(asked), "html")


def test_a_report_on_po2814_names_the_ten_gemeenten_of_that_day(whole):
    text = Page(page_of(whole)).text
    assert "25 september 2014" in text
    for gemeente in TEN:
        assert gemeente in text
    assert "Krimpenerwaard" not in text  # came into being on 1 January 2015
    assert "Alphen aan den Rijn" not in text


def test_the_kind_of_report_follows_the_day_of_the_visit(whole):
    simulation = Page(page_of(whole, visit="simulatie")).text
    assert "Beknopt verslag simulatie" in simulation
    assert "Oordeel per aspect en indicator" in simulation
    assert "Verbeterpunten" not in simulation
    examination = Page(page_of(whole, visit="kwaliteit")).text
    assert "Rapport van bevindingen kwaliteitsonderzoek" in examination
    assert "Verbeterpunten" in examination


def test_the_chapters_are_those_of_real_reports(made):
    old = [heading.number for heading in made("bevindingen-swv", "nl").contents if heading.level == 2]
    names = ["".join(span.text for span in heading.text) for heading in made("bevindingen-swv", "nl").contents]
    assert old[:3] == ["1", "2", "3"]
    assert [name for name in names if name in ("Inleiding", "Bevindingen", "Reactie van het bestuur")]
    new = made("bevindingen-orders", "nl").contents
    chapters = ["".join(span.text for span in heading.text) for heading in new if heading.level == 2]
    assert chapters[:3] == ["Samenvatting", "Opzet van het onderzoek", "Het samenwerkingsverband"]
    assert chapters[3:5] == ["Realisatie passend onderwijs", "Besturing, kwaliteitszorg en ambitie"]
    tail = [
        "Financieel beheer",
        "Naleving van overige wettelijke vereisten",
        "Vervolg van het toezicht",
        "Reactie van het bestuur",
    ]
    assert [name for name in chapters if name in tail] == tail


def test_a_plan_is_quoted_by_page_and_section_and_its_order_has_article_and_term(made):
    """An order of the replication has its last day; a shortfall that got none says which term it would have, and no day."""
    text = Page(formats.written(made("bevindingen-orders", "nl"), "html")).text
    assert "(plan, blz. 61, paragraaf 9.1: Het bestuur kiest zelf.)" in text
    assert re.search(r"moet dit herstellen binnen \d+ maanden, uiterlijk op \d+ \w+ \d{4} \(WPO 18a\(8\)g\)", text)
    assert re.search(
        r"op orde brengen \(WPO 17b\(1\)-\(3\)\)\. Ziet een inspecteur het, .* termijn van 6 maanden; in deze", text
    )
    table = text.partition("Wat verwachten wij van het bestuur?")[2]
    assert re.search(r"PLAN-v \(WPO 18a\(8\)g\).*binnen \d+ maanden, uiterlijk \d+ \w+ \d{4}", table)
    order = table.partition("GOV-6c (WPO 17b(1)-(3))")[2].partition(" (WPO ")[0]
    assert "binnen 6 maandenIn deze herhaling is geen opdracht gegeven." in order


def test_a_figure_says_whether_it_is_known_or_drawn(whole):
    html = page_of(whole)
    assert re.search(r'schoolbesturen</th><td class="num"[^>]*>21</td><td[^>]*><span class="o known">bekend', html)
    assert re.search(r'leerlingen</t[hd]><td class="num"[^>]*>[\d.]+</td><td[^>]*><span class="o drawn">geloot', html)
    assert "De bevindingen zijn verzonnen." in html


def test_every_date_and_finding_says_where_it_comes_from(whole):
    html = page_of(whole)
    cover, body = html.partition("<nav")[::2]
    dates = [line for line in cover.splitlines() if re.search(r"<dd>\d+ \w+ 20\d\d", line)]
    assert len(dates) == 3
    assert 'class="o known"' in dates[0]  # the day of the visit is that of the table of the swv, in the list below too
    assert all('class="o drawn"' in line for line in dates[1:])
    assert re.search(r"25 september 2014</strong></th>.*bezoek.*<span class=\"o known\">", body)
    course = body.partition('id="verloop"')[2].partition("<tbody>")[2]
    course = course if "datum" not in course else body.rpartition("Gebeurtenis</th>")[2]
    rows = re.findall(r"<tr><th scope=\"row\">(?:<strong>)?\d+ \w+ 20\d\d.*", body)
    assert len(rows) > 15
    assert all('class="o ' in row for row in rows if "dagen" not in row and "PROC-" not in row and "OPR-" not in row)
    found = re.findall(r"<h4>.*", body)
    assert found
    assert all('class="o drawn">geloot' in finding for finding in found)
    gemeenten = next(line for line in body.splitlines() if "Bodegraven-Reeuwijk" in line)
    assert 'class="o known">bekend' in gemeenten


def test_a_plan_file_takes_the_warning_about_drawn_findings_away_and_tells_what_was_not_accepted(write):
    example = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text("utf-8")
    write("plan.yaml", example.replace("dispute_clause: {answer: ja", "dispute_clause: {state: proposed, answer: ja"))
    path = write(
        "met-plan.yaml",
        "format: scenario/1\nid: met-plan\nextends: invoering-2014\n"
        'title: {nl: "Met plan", en: "With plan"}\nquestion: {nl: "?", en: "?"}\n'
        "population: {swv: [PO2814, VO2802, VO2810]}\nplans: {PO2814: plan.yaml}\n",
    )
    html = page_of(Source(scenarios.load(str(path))))
    assert html.count("Uit documenten gelezen, nog niet aanvaard") == 1
    assert "Voldaan op grond van voorstellen die niemand nog heeft aanvaard (1): GOV-4." in html
    assert "De bevindingen zijn verzonnen." not in html
    finding = next(line for line in html.splitlines() if '<h4><span class="id">GOV-6c' in line)
    assert 'class="o given">opgegeven<' in finding  # the shortfall of the plan file is a finding, and given
    annex = html.partition('id="nagerekend"')[2]
    row = next(line for line in annex.splitlines() if '<span class="id">OPR-1</span></th>' in line)
    assert 'class="o drawn">geloot<' in row  # when it happened was played


def test_the_account_names_scenario_seed_replication_version_and_dates(made):
    from simulator import __version__

    text = Page(formats.written(made("bevindingen-swv", "en"), "html")).text
    account = text.partition("Annex: account")[2]
    for told in ("Small (klein)", "2014", f"inspectie-sim {__version__}", "Shown: replication 0", "Law read up to"):
        assert told in account
    assert "What was not checked" in text
    assert re.search(r"Values that stand in no law .* \(\d+\)", text)


@pytest.mark.parametrize(
    ("swv", "group", "province", "kind", "n"),
    [
        ("po2814", None, None, "swv", 1),
        (None, "PO2814, vo2802", None, "group", 2),
        (None, None, "drenthe", "province", 4),
        (None, None, None, "country", 12),
    ],
)
def test_a_scope_is_a_swv_a_group_a_province_or_all(sources, swv, group, province, kind, n):
    found = scope(sources[0].scenario, swv, group, province)
    assert (found.kind, len(found.codes)) == (kind, n)
    assert found.words


@pytest.mark.parametrize("wrong", [("XX1", None, None), (None, "PO2814 PO9999", None), (None, None, "Atlantis")])
def test_a_scope_that_means_nobody_is_a_mistake(sources, wrong):
    with pytest.raises(InputError):
        scope(sources[0].scenario, *wrong)


def test_a_plan_of_a_year_that_no_scenario_plays_says_so():
    from tests.reports.conftest import plan_file

    file = plan_file("voorbeeld-po-2022")
    period = file.plan.period.model_copy(update={"first_school_year": 2023})
    other = replace(file, plan=file.plan.model_copy(update={"period": period}))
    with pytest.raises(InputError, match="plancheck"):
        Source.of_plan(other)


def test_a_report_with_orders_begins_with_them_and_tells_the_finances_of_every_year(made, plan_cycle):
    html = formats.written(made("bevindingen-orders", "en"), "html")
    summary, _, rest = html.partition('id="samenvatting"')[2].partition('id="opzet"')
    words = " ".join(re.sub(r"<[^>]+>", " ", summary).split())
    assert re.search(r"GOV-6c : The board must bring this in order .* with a term of 6 months", words)
    finances = " ".join(re.sub(r"<[^>]+>", " ", rest.partition("Key figures of the finances</caption>")[2]).split())
    period = plan_cycle.scenario.plan_period
    for year in range(period.first_school_year + 1, period.first_school_year + period.school_years + 1):
        assert str(year) in finances[:60]
    income, most = (int(re.search(rf"{name} \(euros\) ([\d,]+)", finances)[1].replace(",", ""))
                    for name in ("gross income", "signaleringswaarde"))  # fmt: skip
    assert most == pytest.approx(max(0.035 * income, 250_000), abs=1)


def test_a_budget_that_does_not_add_up_is_a_remark_with_its_numbers_and_no_order():
    from dataclasses import replace

    from simulator.plan import checking
    from simulator.reports import checked as told_of
    from simulator.reports.kinds import plancheck
    from tests.reports.conftest import plan_file

    language.choose("nl")
    file = plan_file("voorbeeld-po-2022")
    first = file.plan.money[0]
    money = [first.model_copy(update={"reserve": (first.reserve or 0) + 1_000_000}), *file.plan.money[1:]]
    checked = checking.check(replace(file, plan=file.plan.model_copy(update={"money": money})))
    remarks = told_of.data(checked)["money"]
    assert remarks
    text = Page(formats.written(plancheck.of(checked), "html")).text
    assert all(" ".join(one["text"].split()) in text for one in remarks)
    assert "Herstelopdracht" not in text


@pytest.fixture(scope="module")
def of_plan():
    """A function that gives the report of 2014 about the example plan, with some of its answers replaced."""
    from dataclasses import replace

    from simulator.reports.context import Context
    from simulator.reports.subject import subject
    from tests.reports.conftest import plan_file

    def make(**changed):
        file = plan_file("voorbeeld-po")
        answers = {name: dict(parts) for name, parts in file.plan.answers.items()}
        for name, update in changed.items():
            duty = name.replace("_", "-")
            answers[duty] = {key: one.model_copy(update=update) for key, one in answers[duty].items()}
        source = Source.of_plan(replace(file, plan=file.plan.model_copy(update={"answers": answers})))
        return Context(subject(source.player, source.replication(0), "PO2814", None))

    return make


def words_of(blocks):
    """The words of blocks, one after the other."""
    from simulator.reports.blocks import Bullets, Paragraph, plain

    told = []
    for block in blocks:
        if isinstance(block, Paragraph):
            told.append(plain(block.text))
        elif isinstance(block, Bullets):
            told += map(plain, block.items)
    return " ".join(told)


def test_a_shortfall_that_contradicts_the_plan_is_drawn_and_says_that_the_plan_shows_otherwise(of_plan):
    from simulator.reports import observed

    language.choose("en")
    context = of_plan()
    wrong = next(duty for duty in context.findings if duty.id == "GOV-6a")
    assert wrong.mistaken
    assert wrong.origins == {"drawn"}
    assert "The plan does show this." in words_of(observed.practice(context, wrong))
    right = next(duty for duty in context.findings if duty.id == "GOV-6c")
    assert right.origins == {"given"}
    assert "The plan does show this." not in words_of(observed.practice(context, right))


def test_every_finding_tells_what_was_seen_or_what_was_not(whole):
    from simulator.reports import observed
    from simulator.reports.context import Context
    from simulator.reports.subject import held, subject

    language.choose("en")
    played, mistaken = whole.replication(0), 0
    for number, code in enumerate(whole.scenario.swv):
        if "kwaliteit" not in {one.visit.id for one in held(whole.player, played, number)}:
            continue
        context = Context(subject(whole.player, played, code, "kwaliteit"))
        for duty in (one for one in context.findings if not one.roots):
            mistaken += duty.mistaken
            assert words_of(observed.practice(context, duty)), (code, duty.id)
    assert mistaken


def test_a_duty_of_a_later_school_year_is_not_met_yet(whole):
    from simulator.kader.assess import Status
    from simulator.reports.context import Context
    from simulator.reports.subject import subject

    context = Context(subject(whole.player, whole.replication(0), "PO2814", None))
    assert context.about.visited.isoformat() == "2014-09-25"
    assert context.assessment.own["FIN-3"].true[0]
    assert {context.duties[name].status for name in ("FIN-3", "FIN-4")} == {Status.NOT_YET_DUE}


def test_a_plan_is_cited_also_where_it_gives_a_section_alone(of_plan):
    from simulator.reports import observed
    from simulator.reports.blocks import plain

    language.choose("nl")
    context = of_plan(GOV_6b={"page": None, "quote": None, "section": "7.4"})
    assert plain(observed.proof(context, context.duties["GOV-6b"])) == " (plan, paragraaf 7.4)"


def test_what_a_running_swv_has_from_the_start_is_no_event_of_the_first_day(plan_cycle):
    from simulator.reports import anatomy
    from simulator.reports.blocks import plain
    from simulator.reports.context import Context
    from simulator.reports.subject import subject

    language.choose("nl")
    context = Context(subject(plan_cycle.player, plan_cycle.replication(0), "PO2814", None))
    rows = [(plain(row.cells[0]), plain(row.cells[1])) for row in anatomy.course(context).rows]
    first = next(when for when, what in rows if "rechtspersoon opgericht" in what)
    assert first.startswith("was er al bij het begin van het model (")
    assert all("was er al" not in when for when, what in rows if "OOGO gevoerd" in what)
