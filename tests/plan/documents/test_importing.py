"""What is found is right often enough, on plans that the phrase lists were not tuned on."""

from datetime import date

import pytest
from measuring import measure

from simulator.kader import reading as kaders
from simulator.plan.documents.blocks import Block, Document, under_headings
from simulator.plan.documents.importing import answer


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_figures_on_the_measuring_half(form):
    counts = measure("measuring", form)
    assert counts["in first three"] >= 0.9 * counts["answered"]
    assert counts["labels right"] >= 0.85 * counts["labels"]
    assert counts["false concrete"] <= 0.05 * counts["not concrete"]
    assert counts["answered"] + counts["absent"] > 150


def asked(question, *texts, heading="Plaatsing"):
    """What a document of some paragraphs under a heading says on a question."""
    blocks = [Block("heading", heading, 1), *(Block("paragraph", text) for text in texts)]
    document = Document("plan.docx", 0, tuple(under_headings(blocks)))
    _, found = answer([document], kaders.load("swv-2021"), "po", date(2026, 4, 30))
    return next(one for one in found if one.question == question)


FIRM = "Het besluit over een toelaatbaarheidsverklaring volgt binnen zes weken nadat het dossier volledig is."


def test_a_firm_answer_is_found_with_its_sentence():
    found = asked("PLAN-c.term", "Ieder kind telt. " + FIRM)
    assert found.state == "found"
    assert found.best.quote == FIRM
    assert found.best.passage.section == "Plaatsing"


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "De termijn waarbinnen een besluit op een aanvraag volgt, zes weken of korter, wordt nog uitgewerkt.",
            "deferring",
        ),
        ("De beslistermijn voor een toelaatbaarheidsverklaring is nader te bepalen.", "deferring"),
        ("Wij vinden een korte doorlooptijd bij een aanvraag belangrijk.", "general"),
    ],
)
def test_what_puts_off_or_says_nothing_is_vague(text, doubt):
    found = asked("PLAN-c.term", text)
    assert (found.state, found.doubt) == ("vague", doubt)


@pytest.mark.parametrize("heading", ["Begrippen", "Wettelijk kader", "Leeswijzer"])
def test_parts_that_name_everything_settle_nothing(heading):
    assert asked("PLAN-c.term", FIRM, heading=heading).state == "not_found"


@pytest.mark.parametrize(
    "text",
    [
        "Wie het niet eens is met een verklaring, maakt binnen zes weken bezwaar.",
        "De wet bepaalt dat het besluit op een aanvraag binnen acht weken volgt.",
        "In hoofdstuk 3 staat binnen hoeveel weken een besluit op een aanvraag volgt.",
        "De sporthal is zes weken dicht.",
    ],
)
def test_the_same_words_about_something_else_are_no_answer(text):
    assert asked("PLAN-c.term", text).state == "not_found"


def test_steps_are_no_criteria():
    steps = (
        "Voor de toekenning van een arrangement dient de school een aanvraag in, waarna de commissie binnen 2 weken "
        "beslist."
    )
    assert asked("PLAN-b.criteria", steps, heading="Toewijzing").doubt in ("only_procedure", None)
    assert asked("PLAN-b.criteria", steps, heading="Toewijzing").state != "found"


def test_old_words_are_named():
    text = (
        "Iedere school heeft een schoolondersteuningsprofiel; wij begrenzen een profiel alleen bij onevenredige kosten "
        "van 10.000 euro."
    )
    assert asked("PLAN-m.profile_limits_justified", text).best.labels.outdated == ("schoolondersteuningsprofiel",)


def test_an_empty_bundle_answers_nothing():
    _, found = answer([Document("leeg.docx", 0, ())], kaders.load("swv-2014"), "vo", date(2014, 4, 30))
    assert {one.state for one in found} == {"not_found"}


GOALS = """Doel | Indicator | Nu (2025) | Streven (2030)
Minder thuiszitters | aantal thuiszitters langer dan vier weken | 19 | 8
Minder verwijzingen | deelname so | 1,8% | 1,6%"""


def told_by(question, table):
    """What a document of one table says on a question."""
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in table.splitlines())
    blocks = under_headings([Block("heading", "Beoogde resultaten", 1), Block("table", rows=rows)])
    _, found = answer([Document("plan.docx", 0, tuple(blocks))], kaders.load("swv-2021"), "po", date(2026, 4, 30))
    return next(one for one in found if one.question == question)


def test_the_name_of_a_column_puts_nothing_off():
    assert told_by("PLAN-e.intended_quantitative", GOALS).best.labels.firmness == "concrete"


def test_a_row_of_a_table_can_put_off():
    later = GOALS.replace("19 | 8", "19 | nader te bepalen").replace("1,8% | 1,6%", "1,8% | nader te bepalen")
    found = told_by("PLAN-e.intended_quantitative", later)
    assert found.best.labels.firmness == "deferring"


BUDGET = """Post | 2026 | 2027 | 2028
Rijksbijdrage | 900 | 910 | 920
Overdracht aan scholen | 700 | 710 | 720"""


@pytest.mark.parametrize("question", ["FIN-1.multi_year_budget", "PLAN-b.multi_year_budget"])
def test_a_budget_that_was_read_answers_whether_there_is_one(question):
    found = told_by(question, BUDGET)
    assert (found.state, found.best.passage.kind) == ("found", "table")
    assert found.best.quote.startswith("Post | 2026")
    assert told_by(question, BUDGET.replace("Rijksbijdrage", "Leerlingen")).state == "not_found"


@pytest.mark.parametrize(
    "text",
    [
        "Hoe wij omgaan met groei na de teldatum van 1 februari wordt nog nader bepaald in een notitie.",
        "De regeling voor de groei van het aantal leerlingen na 1 februari volgt later dit jaar.",
    ],
)
def test_what_is_put_off_is_vague_also_in_words_that_no_answer_has(text):
    found = asked("PLAN-v.established", text, heading="Geld")
    assert (found.state, found.doubt) == ("vague", "deferring")


def test_a_quote_of_what_leads_in_holds_the_first_items():
    lead = "Op iedere school mag u hetzelfde verwachten. Dit is de basisondersteuning die op elke school bestaat:"
    items = ("hulp bij dyslexie", "een veilig klimaat", "een intern begeleider", "een protocol voor medicijnen")
    blocks = [Block("heading", "Basis", 1), Block("paragraph", lead), *(Block("item", one) for one in items)]
    document = Document("plan.docx", 0, tuple(under_headings(blocks)))
    _, found = answer([document], kaders.load("swv-2021"), "po", date(2026, 4, 30))
    quote = next(one for one in found if one.question == "PLAN-a.basic_support").best.quote
    assert all(one in quote for one in items[:3])


@pytest.mark.parametrize(
    ("question", "text", "heading"),
    [
        (
            "ZP-2.conferred",
            "Een aanvraag voor een tlv is volledig als er een opp ligt dat met ouders is besproken.",
            "Aanvraag",
        ),
        ("ZP-2.conferred", "Verder geldt dat er een OPP ligt dat met ouders is besproken.", "Ontwikkelingsperspectief"),
        (
            "FIN-1.annual_report",
            "De raad van toezicht keurt de begroting, de jaarrekening en het jaarverslag goed.",
            "Jaarverslag",
        ),
    ],
)
def test_an_aside_about_something_else_is_no_yes(question, text, heading):
    assert asked(question, text, heading=heading).state != "found"
