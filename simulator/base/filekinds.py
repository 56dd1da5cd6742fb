"""Plans, scenarios and kaders taken for one another: one problem that says which command takes the file, in place of
one for every line of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.base import resources, yamlfile
from simulator.base.errors import InputError, Problem
from simulator.base.language import known, say

if TYPE_CHECKING:
    from simulator.base.yamlfile import Document

_FOLDERS = {
    "scenario": resources.shipped("scenarios"),
    "plan": resources.shipped("scenarios") / "plans",
    "kader": resources.KADERS,
}
_DOCUMENTS = {".xlsx": "plan", ".docx": "document", ".odt": "document", ".pdf": "document"}


def find(name: str, wanted: str, beside: Path | None = None) -> Path:
    """The file of a shipped name or a path, of the kind that is wanted as far as its name tells (of a plan its content).

    Raises:
        InputError: there is none; where the name is that of another kind of file it says which command takes it.
    """
    try:
        path = resources.find(name, _FOLDERS[wanted], beside)
    except InputError:
        for kind, folder in _FOLDERS.items():
            if kind != wanted and resources.is_file(folder / f"{name}.yaml"):
                raise InputError(Problem(_message(name, kind, wanted), hint=_do(name, kind))) from None
        raise
    kind = _DOCUMENTS.get(path.suffix.lower(), wanted)
    if wanted not in ("plan", kind) and resources.is_file(path):
        raise InputError(Problem(_message(path.name, kind, wanted), path.as_posix(), hint=_do(path.name, kind)))
    return path


def read(path: Path, wanted: str) -> Document:
    """A YAML file of the kind that is wanted.

    Raises:
        InputError: it cannot be read, or its `format:` line says that it is a known file of another kind.
    """
    document = yamlfile.read(path)
    refuse_other(document, path, wanted)
    return document


def refuse_other(document: Document, path: Path, wanted: str) -> None:
    """Raise the one problem of a file whose `format:` line names another kind that the program knows."""
    named = document.data.get("format") if isinstance(document.data, dict) else None
    kind = str(named).partition("/")[0]
    if kind != wanted and known(f"file_kind.{kind}"):
        raise InputError(document.problem(_message(path.name, kind, wanted), ("format",), hint=_do(path.name, kind)))


def _message(name: str, kind: str, wanted: str) -> str:
    return say("format.another", name=name, kind=say(f"file_kind.{kind}"), wanted=say(f"file_kind.{wanted}"))


def _do(name: str, kind: str) -> str:
    return say(f"file_do.{kind}", name=f'"{name}"' if " " in name else name)
