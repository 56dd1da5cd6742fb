"""PDF through typst: PDF/UA-1, with the fonts that come along, so that the same report gives the same bytes."""

from __future__ import annotations

import re
import tempfile
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.reports import templatewords

if TYPE_CHECKING:
    from types import ModuleType

_MOST_LETTERS = 500
_SHOWN = re.compile(r"the text `(\".*?\")` could not be displayed", re.DOTALL)
_FETCHES = re.compile(r"(import|include)\s*\"@")


def compiled(source: str, dated: str) -> bytes:
    """A PDF/UA-1 file from the source of a typst document.

    Letters that none of the fonts that come along can show are looked for in the fonts of the system; one that is in no
    font at all is shown by its code point, since a PDF/UA file may not hold letters without a shape.

    Args:
        source: what a template gave.
        dated: the date of the inputs, `yyyy-mm-dd`, which the file carries as its own.

    Raises:
        InputError: typst is not installed, or a template made something that typst does not take.
    """
    typst = needed("typst")
    if _FETCHES.search(source):
        raise InputError(Problem(say("reporting.fetches")))
    for alone in (True, False):
        try:
            return _compiled(typst, source, dated, alone=alone)
        except typst.TypstError as error:
            if not _SHOWN.search(error.message):
                raise _told(error) from None
    return _spelled(typst, source, dated)


def _spelled(typst: ModuleType, source: str, dated: str) -> bytes:
    """The PDF with letters that no font has by their code points."""
    for _ in range(_MOST_LETTERS):
        try:
            return _compiled(typst, source, dated, alone=False)
        except typst.TypstError as error:
            found = _SHOWN.search(error.message)
            if not found:
                raise _told(error) from None
            for letter in dict.fromkeys(_letters(found[1])):
                source = source.replace(letter, f"[U+{ord(letter):04X}]")
    raise InputError(Problem(say("reporting.letters")))


def _letters(told: str) -> str:
    """The letters that an error message names, without its quotes and escapes."""
    inner = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda match: chr(int(match[1], 16)), told[1:-1])
    return "".join(letter for letter in inner if ord(letter) > 126)


def _compiled(typst: ModuleType, source: str, dated: str, *, alone: bool, **more: Any) -> bytes:
    from datetime import UTC, datetime

    moment = datetime.fromisoformat(dated).replace(tzinfo=UTC)
    options = {"format": "pdf", "pdf_standards": "ua-1", "timestamp": moment, **more}
    with tempfile.TemporaryDirectory() as nothing:  # where a template of one's own would look for files
        found = typst.compile(
            source.encode(), root=nothing, font_paths=fonts(), ignore_system_fonts=alone,
            package_path=nothing, package_cache_path=nothing, **options,
        )  # fmt: skip
    return bytes(found)


def picture(svg: str, width: float, height: float) -> bytes:
    """An SVG picture as PNG, for formats whose readers do not all draw SVG.

    Args:
        svg: the drawing.
        width, height: in pixels of the drawing.
    """
    from simulator.reports.render import typst as quoted

    typst = needed("typst")
    source = (
        f"#set page(width: {width:.1f}pt, height: {height:.1f}pt, margin: 0pt)\n"
        f'#image(bytes({quoted(svg)}), format: "svg", width: 100%)\n'
    )
    return _compiled(typst, source, "2000-01-01", alone=True, format="png", pdf_standards=None, ppi=144.0)


def fonts() -> list[Path]:
    """Folders of the fonts that come along; empty when they are not installed."""
    found = util.find_spec("font_lato")
    return [Path(folder) / "files" for folder in found.submodule_search_locations or ()] if found else []


def needed(name: str) -> ModuleType:
    """A library of the extra `report`.

    Raises:
        InputError: it is not installed; says how to get it.
    """
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise InputError(Problem(say("reporting.missing", name=name), hint=say("hint.extra", name="report"))) from None


def _told(error: Any) -> InputError:
    hints = " ".join(getattr(error, "hints", None) or ())
    return InputError(
        Problem(say("reporting.typst", reason=templatewords.told(error)), excerpt=_excerpt(error), hint=hints)
    )


def _excerpt(error: Any) -> str:
    """The line of the source that typst points at, when it does."""
    lines = [
        line.partition("│")[2].strip() for line in str(getattr(error, "diagnostic", "")).splitlines() if "│" in line
    ]
    return next((line[:160] for line in lines if line), "")
