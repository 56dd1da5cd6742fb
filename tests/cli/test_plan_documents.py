"""`plan import` and `plan evidence`, as a user types them."""

import html as markup
import json
import re
import shutil
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(__import__("pathlib").Path(__file__).parents[1] / "plan" / "documents"))

import make

from simulator.base import language
from simulator.plan import reading
from simulator.world import population


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make.make("po-2014-goed", tmp_path_factory.mktemp("source"), "docx")


@pytest.fixture
def files(source, tmp_path):
    return [shutil.copy(path, tmp_path) for path in source]


def test_import_proposes_a_plan_that_check_reads(command, files, tmp_path):
    code, out, err = command("plan", "import", *files, "-o", "plan.yaml")
    assert code == 0
    assert re.search(r"plan\s+30\s", out)
    assert "inspectie-sim toets plan.yaml" in err
    plan = reading.load(str(tmp_path / "plan.yaml"), set(population.everyone())).plan
    term = plan.answers["PLAN-c"]["term"]
    assert (term.answer, term.state, term.section) == (True, "proposed", "3.2 De stappen")
    assert term.quote.startswith("Ouders en school krijgen het binnen zes weken")
    assert term.claimed
    assert plan.events["adopted"].isoformat() == "2014-04-15"
    assert plan.sources["events/adopted"].state == "proposed"
    assert plan.money[0].support == 8_450_000
    assert [goal.target for goal in plan.goals] == [8.0, 2.5, 1.55, 5.0]
    assert command("check", "plan.yaml")[0] == 1


def test_a_workbook_says_the_same_as_the_yaml(command, files, tmp_path):
    for name in ("plan.yaml", "plan.xlsx"):
        assert command("plan", "import", *files, "-o", name)[0] == 0
    plans = [reading.load(str(tmp_path / name), set(population.everyone())).plan for name in ("plan.yaml", "plan.xlsx")]
    assert plans[0].stated() == plans[1].stated()


def test_what_is_not_found_says_where_was_looked(command, write):
    text = "# Ondersteuningsplan 2026-2030 (PO2814)\n\n## Toelating\n\nDe commissie bespreekt elke leerling.\n"
    _, out, _ = command("plan", "import", write("plan.md", text), "--json")
    told = json.loads(out)
    assert told["format"] == "import/1"
    rows = {row["question"]: row for row in told["questions"]}
    assert rows["PLAN-c.criteria"]["state"] == "not_found"
    assert "Toelating" in rows["PLAN-c.criteria"]["note"]
    assert sum(row["found"] + row["vague"] + row["not_found"] for row in told["groups"]) == len(rows)


def test_import_is_the_same_twice(command, files):
    assert command("plan", "import", *files, "--json")[1] == command("plan", "import", *files, "--json")[1]


@pytest.mark.parametrize(
    ("text", "options", "problem"),
    [
        ("# Ondersteuningsplan 2026-2030", (), "no code of a samenwerkingsverband"),
        ("# Ondersteuningsplan PO2814", (), "for which school years"),
        ("# Ondersteuningsplan 2026-2030", ("--swv", "PO9999"), "PO9999"),
        ("", ("--swv", "PO2814"), "holds no text"),
    ],
)
def test_what_is_missing_is_asked_for(command, write, text, options, problem):
    code, _, err = command("plan", "import", write("plan.md", text), *options)
    assert code == 2
    assert problem in err


def test_an_output_that_is_there_is_not_overwritten(command, write):
    target = write("plan.yaml", "van mij")
    code, _, err = command("plan", "import", write("p.md", "# Plan 2026-2030 PO2814"), "-o", target)
    assert code == 2
    assert target.read_text("utf-8") == "van mij"
    assert "plan.yaml" in err
    assert command("plan", "import", write("p.md", "# Plan 2026-2030 PO2814"), "-o", "plan.txt")[0] == 2


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags, self.outside, self.marked = set(), set(), [], [], []
        self.open = False

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        self.tags.append(tag)
        self.ids |= {held["id"]} if "id" in held else set()
        for name in ("src", "href"):
            target = held.get(name, "#")
            (self.links.add(target[1:]) if target.startswith("#") else self.outside.append(target))
        self.open = tag == "mark"

    def handle_data(self, data):
        if self.open:
            self.marked.append(data)
            self.open = False


@pytest.mark.parametrize("lang", language.languages())
def test_evidence_is_one_page_that_needs_nothing_else(command, files, tmp_path, lang):
    assert command("--lang", lang, "plan", "evidence", *files, "--html", "-o", "bewijs.html")[0] == 0
    page = _Page()
    page.feed((tmp_path / "bewijs.html").read_text("utf-8"))
    assert page.outside == []
    assert not {"script", "img", "iframe", "link"} & set(page.tags)
    assert page.links - {""} <= page.ids
    assert any("binnen zes weken nadat het dossier compleet is" in text for text in page.marked)
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_evidence_of_a_plan_file_shows_what_was_accepted(command, files, tmp_path):
    command("plan", "import", *files, "-o", "plan.yaml")
    path = tmp_path / "plan.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"(    term: .*)state: proposed", r"\1state: accepted", text, count=1), "utf-8", newline="\n"
    )
    code, _, _ = command("plan", "evidence", "plan.yaml", "--html", "-o", "bewijs.html")  # the documents lie beside it
    assert code == 0
    html = (tmp_path / "bewijs.html").read_text("utf-8")
    assert '<span class="state accepted">accepted</span>' in html
    assert "The quote does not stand in the documents" not in html


def test_evidence_says_which_documents_of_a_plan_are_elsewhere_and_how_to_name_them(command, files, tmp_path):
    command("plan", "import", *files, "-o", "plan.yaml")
    (tmp_path / "elders").mkdir()
    (tmp_path / "plan.yaml").rename(tmp_path / "elders/plan.yaml")
    code, _, err = command("plan", "evidence", "elders/plan.yaml", "--html", "-o", "bewijs.html")
    assert code == 2
    assert all(Path(name).name in err for name in files)
    assert "inspectie-sim plan evidence elders/plan.yaml FOLDER/DOCUMENT.docx" in err


def test_evidence_shows_dates_and_tables_too_and_what_waits(command, files):
    command("plan", "import", *files, "-o", "plan.yaml")
    assert command("plan", "evidence", "plan.yaml", "--html", "-o", "a.html")[0] == 0
    page = Path("a.html").read_text("utf-8")
    assert page.count("proposed, does not count yet") > 5
    assert "multi-year budget" in page
    named = [row["name"] for row in yaml.safe_load(Path("plan.yaml").read_text("utf-8"))["boards"]]
    assert named
    assert ", ".join(named) in markup.unescape(page)
    assert "set the state of that answer or date" in page
    text = Path("plan.yaml").read_text("utf-8")
    Path("plan.yaml").write_text(text.replace("state: proposed", "state: accepted"), "utf-8", newline="\n")
    assert command("plan", "evidence", "plan.yaml", "--html", "-o", "b.html")[0] == 0
    page = Path("b.html").read_text("utf-8")
    assert "does not count yet" not in page
    assert "set the state of that answer or date" not in page


def test_evidence_says_how_many_quotes_are_not_in_the_documents_shown(command, files, write):
    command("plan", "import", *files, "-o", "plan.yaml")
    other = write("ander.md", "# Ondersteuningsplan 2014-2018 van een ander\n\nEen plan over iets anders.\n")
    code, _, err = command("plan", "evidence", "plan.yaml", other, "--html", "-o", "a.html")
    assert code == 0
    told = re.search(r"(\d+) of the (\d+) quotes do not stand in the documents", err)
    assert told
    assert told[1] == told[2] != "0"
    assert told[0] in Path("a.html").read_text("utf-8")
    assert "quotes do not stand" not in command("plan", "evidence", "plan.yaml", *files, "--html", "-o", "b.html")[2]


def test_import_tells_of_a_budget_per_school_year_and_counts_the_schools_of_the_boards(command, write):
    budget = "| Post | 2026-2027 | 2027-2028 | 2028-2029 |\n|---|---|---|---|\n| Rijksbijdrage | 9 | 9 | 9 |\n"
    named = "| Schoolbestuur | Scholen |\n|---|---|\n| Stichting A | 12 |\n| Stichting B | 22 |\n"
    text = f"# Ondersteuningsplan 2026-2030 (PO2814)\n\n## Geld\n\n{budget}\n## Besturen\n\n{named}"
    _, out, _ = command("plan", "import", write("p.md", text))
    assert "A budget per school year was seen (Geld, p.md)" in out
    assert "34 schools" in out


def test_import_names_outdated_words_wherever_they_stand(command, write):
    old = "De rugzakjes en de lgf gaan direct via het REC en de CvI. Reclame en recht staan er los van."
    text = f"# Ondersteuningsplan {{}} (PO2814)\n\n## Vroeger\n\n{old}\n"
    _, out, _ = command("plan", "import", write("p.md", text.format("2026-2030")), "--json")
    told = {one["word"]: one["passages"] for one in json.loads(out)["outdated"]}
    assert told == {"rugzakjes": 1, "lgf": 1, "CvI": 1, "REC": 1}
    assert "Outdated words in the documents: rugzakjes (1x" in command("plan", "import", "p.md")[1]
    _, out, _ = command("plan", "import", write("q.md", text.format("2014-2018")), "--json")
    assert json.loads(out)["outdated"] == []


def test_the_verdict_of_a_plan_without_shortfalls_begins_where_every_line_does(command, write):
    write("p.md", "# Ondersteuningsplan 2022-2026 (PO2814)\n\nDe commissie besluit binnen zes weken.\n")
    command("plan", "import", "p.md", "-o", "plan.yaml")
    _, out, _ = command("toets", "plan.yaml", "-n", "1")
    lines = out.splitlines()
    verdict = lines[next(place for place, line in enumerate(lines) if line.isupper() and place > 1) + 1]
    assert re.match(r"  \S", verdict), verdict


def test_the_code_stands_once_in_the_title_of_the_evidence(command, write):
    plan = write("p.md", "# Ondersteuningsplan 2026-2030 (PO2814)\n\nDe commissie besluit binnen zes weken.\n")
    assert command("plan", "evidence", plan, "--html", "-o", "a.html")[0] == 0
    assert "(PO2814) (PO2814)" not in Path("a.html").read_text("utf-8")


def test_evidence_on_the_screen_is_a_table_of_places(command, files):
    code, out, err = command("plan", "evidence", *files)
    assert code == 0
    assert "PLAN-c.term" in out
    assert "--html" in err


def test_text_that_looks_like_a_formula_or_holds_control_characters_stays_text(command, tmp_path):
    sentence = "=HYPERLINK besluit op een aanvraag tlv volgt \x07binnen zes\ufffe weken."
    (tmp_path / "p.md").write_text(f"# Ondersteuningsplan 2026-2030 PO2814\n\n{sentence}\n", "utf-8")
    for name in ("plan.xlsx", "plan.yaml"):
        assert command("plan", "import", "p.md", "-o", name)[0] == 0
        term = reading.load(str(tmp_path / name), set(population.everyone())).plan.answers["PLAN-c"]["term"]
        assert term.quote == "=HYPERLINK besluit op een aanvraag tlv volgt binnen zes weken."


def test_text_with_markup_comes_out_as_text(command, write, tmp_path):
    sentence = "Het besluit op een aanvraag tlv volgt binnen zes weken <script>x</script> {{ 1 }}."
    text = f"# Ondersteuningsplan 2026-2030 PO2814\n\n{sentence}\n"
    assert command("plan", "evidence", write("plan.md", text), "--html", "-o", "bewijs.html")[0] == 0
    html = (tmp_path / "bewijs.html").read_text("utf-8")
    assert "<script>" not in html
    assert "&lt;script&gt;x&lt;/script&gt; {{ 1 }}" in html


def test_import_tells_a_plan_of_another_swv_and_rows_that_belong_nowhere(command, write):
    table = (
        "| Post | 2026 | 2027 | 2028 |\n|---|---|---|---|\n| Rijksbijdrage | 9 | 9 | 9 |\n| Reiskosten | 5 | 5 | 5 |\n"
    )
    write("plan.md", f"# Ondersteuningsplan PO2602 2026-2030\n\n## Begroting\n\n{table}")
    out = command("plan", "import", "plan.md", "--swv", "PO2814", "-o", "plan.yaml")[1]
    assert "the documents name PO2602, and nowhere PO2814" in out
    assert re.search(r"are not counted: Reiskosten", out)
    assert "nowhere" not in command("plan", "import", "plan.md", "--swv", "PO2602", "-o", "goed.yaml")[1]


def test_a_document_with_the_wrong_ending_is_read_and_told(command, files, tmp_path):
    shutil.move(files[0], tmp_path / "plan.pdf")
    code, _, err = command("plan", "import", "plan.pdf", "--swv", "PO2703", "--year", "2014", "-o", "plan.yaml")
    assert (code, "plan.pdf is docx by its content" in err) == (0, True)


def test_evidence_finds_the_quotes_of_a_file_that_got_another_name(command, files, tmp_path):
    command("plan", "import", *files, "-o", "plan.yaml")
    shutil.copy(files[0], tmp_path / "ander.docx")
    err = command("plan", "evidence", "plan.yaml", "ander.docx", "--html", "-o", "bewijs.html")[2]
    missed = re.search(r"(\d+) of the (\d+) quotes", err)
    assert missed is None or int(missed[1]) < int(missed[2]) / 2


def test_the_code_of_the_swv_stands_once_in_a_title(command):
    command("plan", "new", "--swv", "PO2814", "--kader", "swv-2021", "-o", "plan.yaml")
    head = command("check", "plan.yaml")[1].splitlines()[0]
    assert head.count("PO2814") == 1
