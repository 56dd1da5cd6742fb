"""A report in the formats that people pass on: html, pdf, docx, odt and md, all from one tree of blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError
from simulator.reports import render
from simulator.reports.render import Templates

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.reports.blocks import Document

FORMATS = ("html", "pdf", "docx", "odt", "md")


def written(document: Document, kind: str, templates: Templates | None = None) -> str | bytes:
    """A document in a format.

    Args:
        document: what it says.
        kind: one of `FORMATS`.
        templates: those of the user go before those of the program.

    Raises:
        InputError: a library is missing, or a template is wrong.
    """
    templates = templates or Templates()
    context: dict[str, Any] = {"document": document}
    if kind == "html":
        return render.html(_template(document, "html.j2", templates), context, templates)
    if kind == "md":
        return render.text(_template(document, "md.j2", templates), context, templates=templates)
    if kind == "pdf":
        from simulator.reports import pdf

        pdf.needed("typst")
        source = render.text(_template(document, "typ.j2", templates), context, templates=templates)
        try:
            return pdf.compiled(source, document.dated)
        except InputError as error:
            raise _placed(error, templates.path(_template(document, "typ.j2", templates)), templates) from None
    from simulator.reports import mending, office, pdf

    for library in ("typst", "pypandoc"):
        pdf.needed(library)
    context["widths"] = mending.widths
    context["pictures"] = office.pictures(document)
    page = render.html(_template(document, "office.j2", templates), context, templates)
    return office.converted(page, document, kind, templates.path(f"reference.{kind}"))


def _placed(error: InputError, template: Path, templates: Templates) -> InputError:
    """A mistake that typst found, with the template of the user and the first line of it that holds what typst shows."""
    if templates.own is None or template.parent != templates.own:
        return error
    lines = template.read_text(encoding="utf-8").splitlines()
    problems = []
    for one in error.problems:
        shown = one.excerpt.strip()
        line = next((number for number, text in enumerate(lines, 1) if shown and shown in text), 0)
        problems.append(replace(one, file=template.as_posix(), line=line))
    return InputError(problems)


def _template(document: Document, ending: str, templates: Templates) -> str:
    """The template of the kind of report when it has one of its own, else that of all documents."""
    return templates.first(f"kind-{document.kind}.{ending}", f"document.{ending}")
