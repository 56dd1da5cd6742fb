"""Word and OpenDocument files open in LibreOffice as they are."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from simulator.base import language
from simulator.reports import formats
from tests.reports.conftest import LANGUAGES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def soffice():
    """LibreOffice; installed where it is missing and Debian's packages can be."""
    if shutil.which("soffice") is None:
        if shutil.which("apt-get") is None:
            pytest.fail("no LibreOffice: install it, with soffice on the path")
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        line = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libreoffice-writer-nogui"]
        subprocess.run(line, check=True)
    return shutil.which("soffice")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize("case", ["bevindingen-swv", "plancheck-shortfalls", "dossier"])
def test_libreoffice_reads_it_without_repair_and_all_pages_have_the_notice(soffice, made, tmp_path, case, kind, lang):
    from pypdf import PdfReader

    language.choose(lang)
    (tmp_path / f"r.{kind}").write_bytes(formats.written(made(case, lang), kind))
    line = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf"]
    done = subprocess.run([*line, f"r.{kind}"], cwd=tmp_path, capture_output=True, check=True, timeout=180)
    assert b"repair" not in done.stderr.lower()
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "r.pdf").pages]
    assert 6 <= len(pages) <= 22
    contents = {"nl": "Inhoud", "en": "Contents"}[lang]
    assert contents not in pages[0]  # the cover stands alone
    assert pages[1].startswith(contents)
    for one in made(case, lang).contents:
        title = " ".join(f"{one.number} {''.join(span.text for span in one.text)}".split())
        if one.level < 4:
            page = re.search(rf"{re.escape(title)}[ .]*(\d+)(?= |$)", pages[1])
            assert page, title
            assert title in pages[int(page[1]) - 1], title
    notice = {"nl": "Geen document van de Inspectie", "en": "Not a document of the Dutch Inspectorate"}[lang]
    assert all(notice in page for page in pages)
