"""Files that are not what they should be: a clear error, soon, in bounded memory, and nothing run or fetched."""

import re
import shutil
import time
import zipfile
import zlib

import pypdf
import pytest
from pypdf.generic import EncodedStreamObject, NameObject

from simulator.base.errors import InputError
from simulator.base.language import say
from simulator.plan.documents import opening, reading

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)


def refused(path, why):
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        reading.read(path)
    assert time.monotonic() - start < 10
    problem = caught.value.problems[0]
    told = re.escape(say(f"document.{why}", **dict.fromkeys(FILLED, "@"))).replace("@", ".+")
    assert re.fullmatch(told, problem.message)
    assert problem.hint == say(f"document.{why}_do")
    assert problem.file == path.name


FILLED = ("suffix", "pages", "most", "size", "seconds")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("leeg.docx", b"", "empty"),
        ("leeg.pdf", b" \n", "empty"),
        ("tekst.docx", b"gewoon tekst", "misnamed"),
        ("versleuteld.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        ("oud.doc", OLE + "WordDocument".encode("utf-16-le"), "old_office"),
        ("hernoemd.docx", OLE + "WordDocument".encode("utf-16-le"), "old_office"),
        ("bericht.msg", OLE, "old_other"),
        ("plaat.png", b"\x89PNG\r\n", "unknown"),
        ("bytes.md", b"a\0b\0c", "binary"),
        ("half.zip.docx", b"PK\x03\x04" + bytes(100), "truncated"),
    ],
)
def test_by_its_first_bytes(tmp_path, name, content, why):
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, why)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_cut_off(made, tmp_path, ending):
    whole = (made / f"po-2022-rommelig-plan.{ending}").read_bytes()
    path = tmp_path / f"half.{ending}"
    path.write_bytes(whole[: len(whole) // 2])
    refused(path, "truncated")


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_misnamed_but_known_by_its_content(made, tmp_path, ending):
    other = {"docx": "pdf", "pdf": "docx"}[ending]
    path = tmp_path / f"plan.{ending}"
    shutil.copy(made / f"po-2022-rommelig-plan.{other}", path)
    assert opening.form(path) == other


def test_scanned(made):
    refused(made / "scan.pdf", "scanned")


def test_a_scanned_annex_is_told_by_its_pages(made, tmp_path):
    writer = pypdf.PdfWriter(clone_from=made / "po-2022-rommelig-plan.pdf")
    writer.append(made / "scan.pdf", pages=(0, 2))
    writer.write(tmp_path / "deels.pdf")
    assert reading.read(tmp_path / "deels.pdf").pictures == (18, 19)
    assert reading.read(made / "po-2022-rommelig-plan.pdf").pictures == ()


def test_macros_are_refused_unread(made, tmp_path):
    path = tmp_path / "plan.docm"
    shutil.copy(made / "po-2022-rommelig-plan.docx", path)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    refused(path, "macros")


def test_a_workbook_is_sent_to_check(tmp_path):
    path = tmp_path / "plan.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
    refused(path, "other_office")


def packed_document(path, xml):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", xml)
    return path


def test_a_bomb(tmp_path):
    refused(packed_document(tmp_path / "bom.docx", b"<w:p/>" * 8_000_000), "bomb")


def test_a_bomb_that_lies_about_its_size(tmp_path):
    path = packed_document(tmp_path / "bom.docx", b" " * 60_000_000)
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = raw.rfind(mark) + offset
        raw[at : at + 4] = (1_000).to_bytes(4, "little")
    path.write_bytes(raw)
    refused(path, "broken")


def test_a_document_that_defines_entities_is_refused(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", "utf-8")
    path = packed_document(tmp_path / "plan.docx", declaring(f"<!ENTITY e SYSTEM '{secret.as_uri()}'>", "a &e; b"))
    refused(path, "broken")
    refused(packed_document(tmp_path / "stil.docx", declaring("<!ENTITY a 'aaaa'>", "geen verwijzing")), "broken")
    many = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 50}'>" for n in range(1, 8))
    with pytest.raises(InputError):
        reading.read(packed_document(tmp_path / "lach.docx", declaring(f"<!ENTITY e0 'ha'>{many}", "&e7;")))


def declaring(entities, text):
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return f"<!DOCTYPE d [{entities}]><w:document {W}><w:body>{body}</w:body></w:document>"


def test_nesting_without_end(tmp_path):
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20_000
    path = packed_document(tmp_path / "diep.docx", f"<w:document {W}><w:body>{deep}</w:body></w:document>")
    refused(path, "broken")


def test_a_locked_pdf(made, tmp_path):
    writer = pypdf.PdfWriter(clone_from=made / "po-2022-rommelig-plan.pdf")
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(tmp_path / "slot.pdf")
    refused(tmp_path / "slot.pdf", "locked")


def test_five_thousand_pages(tmp_path):
    writer = pypdf.PdfWriter()
    for _ in range(5_000):
        writer.add_blank_page(595, 842)
    writer.write(tmp_path / "lang.pdf")
    refused(tmp_path / "lang.pdf", "long")


def test_five_thousand_pages_of_word(tmp_path):
    page = "<w:p><w:r><w:t>De commissie beslist.</w:t><w:br w:type='page'/></w:r></w:p>" * 5_000
    path = packed_document(tmp_path / "lang.docx", f"<w:document {W}><w:body>{page}</w:body></w:document>")
    refused(path, "much")


def test_the_text_of_five_thousand_pages(tmp_path):
    line = "De commissie beslist binnen zes weken over de toelaatbaarheid van de leerling. "
    words = f"<w:p><w:r><w:t>{line * 7}</w:t></w:r></w:p>" * 5_000
    refused(packed_document(tmp_path / "a.docx", f"<w:document {W}><w:body>{words}</w:body></w:document>"), "much")
    (tmp_path / "a.md").write_text(f"{line * 7}\n\n" * 5_000, "utf-8")
    (tmp_path / "a.html").write_text(f"<p>{line * 7}</p>\n" * 5_000, "utf-8")
    refused(tmp_path / "a.md", "much")
    refused(tmp_path / "a.html", "much")


@pytest.mark.slow
def test_a_page_that_unpacks_to_half_a_gigabyte(tmp_path):
    writer, packer = pypdf.PdfWriter(), zlib.compressobj(9)
    stream = EncodedStreamObject()
    stream._data = b"".join(packer.compress(b"BT (a) Tj ET\n" * 1_000_000) for _ in range(40)) + packer.flush()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.add_blank_page(595, 842)[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(tmp_path / "bom.pdf")
    start = time.monotonic()
    with pytest.raises(InputError):
        reading.read(tmp_path / "bom.pdf")
    assert time.monotonic() - start < 10


def test_what_loops_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.05)
    path = tmp_path / "plan.md"
    path.write_text("tekst", "utf-8")
    refused(path, "slow")


def test_what_is_not_installed_is_named(monkeypatch, tmp_path):
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "bm25s" else object())
    with pytest.raises(InputError) as caught:
        reading.read_all([tmp_path / "plan.md"])
    assert "bm25s" in str(caught.value)
    assert "inspectie-sim[documents]" in str(caught.value)


def test_every_bad_file_of_a_bundle_is_told(tmp_path):
    for name in ("a.docx", "b.pdf"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError) as caught:
        reading.read_all([tmp_path / "a.docx", tmp_path / "b.pdf", tmp_path / "c.odt"])
    assert [one.file.split("/")[-1] for one in caught.value.problems] == ["a.docx", "b.pdf", "c.odt"]


def test_a_pipe_is_no_document(tmp_path):
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(tmp_path / "plan.md")
    refused(tmp_path / "plan.md", "special")


def test_two_documents_of_one_name(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.md").write_text("tekst", "utf-8")
    with pytest.raises(InputError) as caught:
        reading.read_all([tmp_path / "a" / "plan.md", tmp_path / "b" / "plan.md"])
    assert "two documents are called plan.md" in str(caught.value)
