"""A report in the formats that people pass on: html, pdf, docx, odt and md, all from one tree of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.reports import render
from simulator.reports.render import Templates

if TYPE_CHECKING:
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
        return pdf.compiled(source, document.dated)
    from simulator.reports import mending, office, pdf

    for library in ("typst", "pypandoc"):
        pdf.needed(library)
    context["widths"] = mending.widths
    context["pictures"] = office.pictures(document)
    page = render.html(_template(document, "office.j2", templates), context, templates)
    return office.converted(page, document, kind, templates.path(f"reference.{kind}"))


def _template(document: Document, ending: str, templates: Templates) -> str:
    """The template of the kind of report when it has one of its own, else that of all documents."""
    return templates.first(f"kind-{document.kind}.{ending}", f"document.{ending}")
