"""Where the files that come with the program are: scenarios, plans, templates and data.

In a wheel `scenarios/` and `templates/` are the packages `simulator.scenarios` and `simulator.templates`; in a checkout
(also an editable install) they are the folders beside the package.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = Path(__file__).resolve().parent.parent
KADERS = PACKAGE / "kader" / "data"
WORLD = PACKAGE / "world" / "data"
WORDS = PACKAGE / "plan" / "data" / "words.yaml"
CASES = PACKAGE / "plan" / "data" / "cases.yaml"

INPUTS: set[Path] = set()
"""Files that were read as input since the command began; what is written never takes their place."""
NOT_OFFERED = (
    "obligations.yaml",
    "lawful.yaml",
)
"""Files beside the shipped kaders that are none."""


def shipped(folder: str) -> Path:
    """The folder `scenarios` or `templates` as installed, else as it stands in the checkout."""
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


ENDINGS = (".yaml", ".yml", ".xlsx")
"""Of the files that users write; a name that ends on one is that of a file, be it there or not."""


def find(name: str, folder: Path, beside: Path | None = None) -> Path:
    """The file of a shipped name or a path; a path is looked up from the folder `beside` when given.

    Raises:
        InputError: there is neither such a file nor such a shipped name; the nearest name is offered.
    """
    looks_like_path = any(mark in name for mark in ("/", "\\")) or name.lower().endswith(ENDINGS)
    direct = (beside or Path()) / name
    if looks_like_path or is_file(direct):
        return direct
    folders = [folder, *([shipped("scenarios") / "kaders"] if folder == KADERS else [])]
    candidates = [one / f"{name}.yaml" for one in folders]
    if there := [path for path in candidates if is_file(path)]:
        return there[0]
    if is_folder(direct):
        return direct
    known = sorted(path.stem for one in folders for path in one.glob("*.yaml") if path.name not in NOT_OFFERED)
    short = name if len(name) <= 60 else f"{name[:57]}..."
    raise InputError(Problem(say("input.unknown", name=short), hint=nearest(name, known) or say("hint.path")))


def short(path: Path) -> str:
    """A path as it is shown: of a shipped file its name alone."""
    inside = any(folder in path.parents for folder in (shipped("scenarios"), KADERS))
    return path.name if inside else path.as_posix()


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that the system cannot hold is none."""
    return _is(Path.is_file, path)


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that the system cannot hold is none."""
    return _is(Path.is_dir, path)


def _is(what: Callable[[Path], bool], path: Path) -> bool:
    try:
        return what(path)
    except (OSError, ValueError):
        return False


def state(path: Path) -> tuple[Path, int]:
    """Where a file really is, and when it was last changed (ns); 0 for a file that is not there."""
    try:
        changed = path.stat().st_mtime_ns  # first: of links that go in a circle it says so
        return path.resolve(), changed
    except (OSError, ValueError):
        return path, 0


def digest(path: Path) -> str:
    """SHA-256 of a file with its line ends made equal, so that a checkout on Windows gives the same."""
    import hashlib

    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
