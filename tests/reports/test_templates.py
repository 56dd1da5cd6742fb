"""Templates of one's own: file by file before those of the program, in a sandbox, with mistakes told by file and line."""

from __future__ import annotations

import pytest

from simulator.base import language, resources
from simulator.base.errors import InputError
from simulator.reports import formats, render
from simulator.reports.render import Templates


@pytest.fixture
def own(tmp_path):
    """A function that makes a folder with one template, and gives the templates with it before those of the program."""

    def make(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return Templates.of(tmp_path)

    return make


def test_one_file_is_replaced_and_the_rest_stays(made, own):
    templates = own("style.css", "body{color:#000}")
    html = formats.written(made("plancheck", "en"), "html", templates)
    assert "<style>body{color:#000}" in html
    assert "<h1>" in html


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("document.html.j2", "html"),
        ("document.md.j2", "md"),
        ("document.typ.j2", "pdf"),
        ("document.office.j2", "docx"),
    ],
)
def test_every_format_takes_a_template(made, own, name, kind):
    text = {"pdf": '#set document(title: "x")\n#{{ document.title|typ }}', "docx": "<p>{{ document.title }}</p>"}
    templates = own(name, text.get(kind, "Eigen {{ document.title }}"))
    content = formats.written(made("plancheck", "en"), kind, templates)
    assert content != formats.written(made("plancheck", "en"), kind)


def test_a_kind_can_have_a_template_of_its_own(made, tmp_path):
    (tmp_path / "kind-vergelijking.html.j2").write_text("alleen dit", encoding="utf-8")
    templates = Templates.of(tmp_path)
    assert formats.written(made("vergelijking", "en"), "html", templates) == "alleen dit"
    assert "<h1>" in formats.written(made("plancheck", "en"), "html", templates)


def test_a_name_that_does_not_exist_is_told_with_file_line_and_what_is_near(made, own, tmp_path):
    templates = own("document.md.j2", "een\ntwee {{ docment.title }}\n")
    with pytest.raises(InputError) as told:
        formats.written(made("plancheck", "en"), "md", templates)
    (problem,) = told.value.problems
    assert problem.place == f"{(tmp_path / 'document.md.j2').as_posix()}:2"
    assert "'docment'" in problem.message
    assert problem.excerpt == "twee {{ docment.title }}"
    assert "document" in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("{% if %}", 1, "Expected"),
        ("a\n{{ document.nothing }}", 2, "nothing"),
        ("a\n\n{{ 'x'|nofilter }}", 3, "nofilter"),
        ("a\n{% include 'weg.j2' %}", 2, "weg.j2"),
        ("{{ 1 / 0 }}", 1, "division"),
        ("{{ document.title + 1 }}", 1, "str"),
        ("{{ ''.__class__.__mro__ }}", 1, "__class__"),
    ],
)
def test_every_mistake_is_told(made, own, text, line, word):
    templates = own("document.md.j2", text)
    with pytest.raises(InputError) as told:
        formats.written(made("plancheck", "en"), "md", templates)
    (problem,) = told.value.problems
    assert problem.line == line
    assert word in problem.message
    assert "document.md.j2" in problem.file


def test_a_mistake_of_typst_is_told_with_template_and_line(made, own):
    text = '#set document(title: "x")\n\n#nosuchfunction("y")\n'
    with pytest.raises(InputError) as told:
        formats.written(made("plancheck", "en"), "pdf", own("document.typ.j2", text))
    (problem,) = told.value.problems
    assert "document.typ.j2" in problem.file
    assert problem.line == 3
    assert "nosuchfunction" in problem.message + problem.excerpt


def test_a_wrong_part_of_the_report_is_told_with_the_names_that_there_are(made, own):
    with pytest.raises(InputError) as told:
        formats.written(made("plancheck", "en"), "md", own("document.md.j2", "{{ document.nonsense }}"))
    (problem,) = told.value.problems
    assert all(name in problem.hint for name in ("title", "blocks", "cover", "contents"))
    with pytest.raises(InputError) as told:
        formats.written(made("plancheck", "en"), "md", own("document.md.j2", "{{ document.titel }}"))
    assert "title" in told.value.problems[0].hint


@pytest.mark.parametrize(
    "attack",
    [
        "{{ document.told.clear() }}",
        "{{ say.__globals__ }}",
        "{% for x in range(100000000) %}{% endfor %}",
        "{% for x in range(9000) %}{% for y in range(9000) %}{% endfor %}{% endfor %}",
        "{{ cycler.__init__.__globals__.os }}",
    ],
)
def test_a_template_from_outside_cannot_leave_the_sandbox(made, own, attack):
    document = made("plancheck", "en")
    before = dict(document.told)
    with pytest.raises(InputError):
        formats.written(document, "md", own("document.md.j2", attack))
    assert document.told == before


def test_a_typst_template_reads_no_file(made, own):
    for text in ('#read("/etc/hostname")', '#read("../../etc/hostname")', '#image("/etc/hostname")'):
        with pytest.raises(InputError):
            formats.written(made("plancheck", "en"), "pdf", own("document.typ.j2", text))


def test_a_file_that_replaces_nothing_is_a_mistake(tmp_path):
    (tmp_path / "documnt.html.j2").write_text("x", encoding="utf-8")
    (tmp_path / "lees-mij.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as told:
        Templates.of(tmp_path)
    assert "document.html.j2" in told.value.problems[0].hint
    assert len(told.value.problems) == 1
    with pytest.raises(InputError):
        Templates.of(tmp_path / "nergens")


def test_a_reference_document_that_is_none_is_told(made, tmp_path):
    (tmp_path / "reference.docx").write_bytes(b"geen zip")
    with pytest.raises(InputError, match="reference"):
        formats.written(made("plancheck", "en"), "docx", Templates.of(tmp_path))


def test_export_gives_what_can_be_replaced_and_using_it_changes_nothing(command, tmp_path, made):
    code, _, err = command("templates", "export", "mijn")
    assert code == 0
    names = {path.name for path in (tmp_path / "mijn").iterdir()}
    assert names == {path.name for path in render.shipped()}
    assert {"document.html.j2", "style.css", "reference.docx"} <= names
    assert "--templates mijn" in err
    language.choose("nl")
    document = made("plancheck", "nl")
    for kind in ("html", "md"):
        assert formats.written(document, kind, Templates.of(tmp_path / "mijn")) == formats.written(document, kind)
    assert command("templates", "export", "mijn")[0] == 2  # nothing is overwritten


def test_what_is_used_as_template_is_not_overwritten(command, small_scenario, tmp_path):
    (tmp_path / "t").mkdir()
    target = tmp_path / "t" / "document.html.j2"
    target.write_bytes((resources.shipped("templates") / "document.html.j2").read_bytes())
    code, _, _ = command("report", "voorbeeld-po", "--kind", "plancheck", "--templates", "t", "-o", str(target))
    assert code == 2
    assert target.read_text(encoding="utf-8").startswith("{#")


def test_names_to_choose_from_are_offered_once(tmp_path):
    (tmp_path / "check.md.j2").write_text("{{ documnt }}", encoding="utf-8")
    with pytest.raises(InputError) as found:
        render.text("check.md.j2", {"document": 1}, templates=Templates.of(tmp_path))
    hint = found.value.problems[0].hint
    assert hint.count("document") <= 2
    (tmp_path / "check.md.j2").write_text("{{ zzz }}", encoding="utf-8")
    with pytest.raises(InputError) as found:
        render.text("check.md.j2", {"document": 1}, templates=Templates.of(tmp_path))
    assert found.value.problems[0].hint.count("document") == 1
