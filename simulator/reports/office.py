"""Word and OpenDocument through pandoc, from one page of plain HTML; their look comes from a reference document."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.base.bidi import closed
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.reports import mending, pdf, templatewords

if TYPE_CHECKING:
    from simulator.reports.blocks import Document

_PATIENCE_SECONDS = 120


def pictures(document: Document) -> dict[str, str]:
    """Per drawing of a document its address as PNG, by its SVG."""
    return {
        figure.picture.svg: "data:image/png;base64,"
        + base64.b64encode(pdf.picture(figure.picture.svg, figure.picture.width, figure.picture.height)).decode()
        for figure in document.figures()
    }


def converted(page: str, document: Document, kind: str, reference: Path) -> bytes:
    """A `docx` or `odt` file from a page of HTML.

    Args:
        page: what a template gave.
        document: for its date and the words of its pictures.
        kind: `docx` or `odt`.
        reference: a document of that kind with the styles, page and footer to use.

    Raises:
        InputError: pandoc is not installed, or cannot read the page.
    """
    pandoc = pdf.needed("pypandoc").get_pandoc_path()
    moment = datetime.fromisoformat(document.dated).replace(tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"report.{kind}"
        line = [
            pandoc, "--sandbox", "--from", "html", "--to", kind, "--output", str(made),
            "--reference-doc", str(_noticed(reference, Path(folder) / f"reference.{kind}")),
        ]  # fmt: skip
        done = subprocess.run(
            line, input=page.encode(), capture_output=True, check=False, timeout=_PATIENCE_SECONDS, cwd=folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp()))},
        )  # fmt: skip
        if done.returncode or not made.is_file():
            reason = done.stderr.decode("utf-8", "replace").strip()[:300]
            raise InputError(Problem(say("reporting.pandoc", reason=reason)))
        return _mended(made, document)


def _mended(made: Path, document: Document) -> bytes:
    """What pandoc made, with the words of pictures where these belong.

    OpenDocument gets none from pandoc; in Word the address of a picture, all its bytes, stands beside its words.
    """
    alts = iter([figure.picture.alt for figure in document.figures()])

    def with_words(match: re.Match[bytes]) -> bytes:
        return match[1] + b"<svg:desc>" + escape(closed(next(alts, ""))).encode() + b"</svg:desc></draw:frame>"

    buffer = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "content.xml":
                content = mending.opendocument(
                    re.sub(rb"(<draw:frame\b.*?)</draw:frame>", with_words, content, flags=re.DOTALL)
                )
            if part.filename == "word/document.xml":
                content = mending.word(re.sub(rb' descr="data:[^"]*"', b"", content))
            new.writestr(part, content)
    return buffer.getvalue()


def _noticed(reference: Path, target: Path) -> Path:
    """A copy of a reference document with `{disclaimer}` in it filled in: what stands on every page."""
    notice = escape(say("report.disclaimer")).encode()
    try:
        with zipfile.ZipFile(reference) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.infolist():
                content = old.read(part)
                new.writestr(
                    part, content.replace(b"{disclaimer}", notice) if part.filename.endswith(".xml") else content
                )
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(
            Problem(say("reporting.reference", reason=templatewords.told(error)), str(reference))
        ) from None
    return target
