"""Make the invented plans (Word and PDF) and, with `--key`, write what is in them to key.yaml.

python tests/plan/documents/make.py FOLDER
python tests/plan/documents/make.py --key
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import plan_sources
import plan_writing
import yaml
from plan_filler import expand

KEY = Path(__file__).parent / "key.yaml"
_KEY_HEAD = """\
# What is in the invented plans, written before the importer was, and for the half `fresh` before it was read: per question
# the document, section and words that answer it, with what they are; dates and amounts; and the questions that are not
# answered. Made by make.py --key from sources/.
"""


def documents(name: str) -> dict[str, list[plan_sources.Piece]]:
    """The documents of a plan, with what the filler adds."""
    source = plan_sources.read(name)
    sector = source.header["swv"][:2].lower()
    return {
        title: [one for piece in pieces for one in (expand(piece.text, sector) if piece.kind == "filler" else [piece])]
        for title, pieces in source.documents.items()
    }


def make(name: str, folder: Path, *forms: str) -> list[Path]:
    """Write the documents of a plan; returns where."""
    style = plan_sources.read(name).header["style"]
    made = []
    for title, pieces in documents(name).items():
        for form in forms or ("docx", "pdf"):
            path = folder / f"{name}-{title}.{form}"
            write(pieces, style, path)
            made.append(path)
    return made


def write(pieces: list[plan_sources.Piece], style: str, path: Path) -> None:
    """Write one document in the form that its name ends in."""
    form = path.suffix[1:]
    if form == "docx":
        plan_writing.docx(pieces, style, path)
    elif form == "odt":
        plan_writing.odt(pieces, path)
    elif form == "pdf":
        plan_writing.pdf(pieces, style, path.stem, path)
    else:
        text = plan_writing.html(pieces) if form == "html" else plan_writing.markdown(pieces)
        path.write_text(text, "utf-8", newline="\n")


def key() -> dict[str, Any]:
    """What is in the plans."""
    plans = {}
    for name in plan_sources.names():
        source = plan_sources.read(name)
        answers: dict[str, list[dict[str, Any]]] = {}
        for mark in source.marks:
            place = {"document": mark.document, "section": mark.section, "words": mark.sentence}
            answers.setdefault(mark.question, []).append({**place, "labels": list(mark.labels)})
        plans[name] = {
            **{one: source.header[one] for one in ("half", "kader", "swv", "character")},
            "first_school_year": source.header["period"][0],
            "facts": source.header["facts"],
            "answers": dict(sorted(answers.items())),
            "absent": sorted(questions(source.header) - set(answers)),
        }
    return {"format": "plan-key/1", "plans": plans}


def questions(header: dict[str, Any]) -> set[str]:
    """Every question of the kader of a plan, as the law stands on 30 April before it begins."""
    from simulator.kader import reading
    from simulator.kader.law import law_on

    sector = header["swv"][:2].lower()
    law = law_on(reading.load(header["kader"]).obligations, date(header["period"][0], 4, 30), sector)
    return {
        f"{name}.{part.key}"
        for name, version in law.versions.items()
        for part in version.parts
        if part.sector in (None, sector)
    }


def _main(folder: str) -> None:
    if folder == "--key":
        text = yaml.safe_dump(key(), allow_unicode=True, sort_keys=False, width=118)
        KEY.write_text(_KEY_HEAD + text, "utf-8", newline="\n")
        return
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name in plan_sources.names():
        make(name, target)
    plan_writing.scanned(target / "po-2014-goed-ondersteuningsplan.pdf", target / "vaartstreek-scan.pdf")


if __name__ == "__main__":
    _main(sys.argv[1])
