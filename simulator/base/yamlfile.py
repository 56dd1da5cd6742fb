"""Reading YAML so that every key and value knows the line and column it came from.

The parser of libyaml gives a stream of events with positions; this module builds plain Python data from it, with the
scalars of the YAML 1.2 core schema (`no` is a text, not false) and without anchors, tags or endless nesting.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from simulator.base import resources
from simulator.base.errors import InputError, Problem, cell_name, nearest
from simulator.base.language import known, say
from simulator.base.writing import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

Loc = tuple[str | int, ...]

MAX_BYTES = 2_000_000
MAX_DEPTH = 60
MAX_DIGITS = 20
"""Of a whole number, with its sign: what does not fit in 64 bits stays a text."""
_PARSER_DEPTH = "exceeded maximum nesting depth"
"""How libyaml says, since 0.2.6, that it gave up."""
_ARCHIVES = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xd0\xcf\x11\xe0")
MAX_ODD = 5
"""More letters than this that no text has, and a file is none."""
MAX_PROBLEMS = 50

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_ODD = re.compile(r"[^\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class Place(NamedTuple):
    """Where something stands in a file: line and column (1-based), in a workbook of a sheet."""

    line: int
    column: int
    sheet: str = ""

    def __str__(self) -> str:
        """What follows the name of the file: a line, or sheet and cell."""
        return cell_name(self.sheet, self.line, self.column) if self.sheet else str(self.line)


@dataclass
class Document:
    """A file as plain data, with the place of every key and value by its path.

    Attributes:
        lines: of a text.
        start: where the file begins, for what has no place in it.
        cells: of a workbook what its cells show.
        problems: cells that could not be understood, to be told with the other problems of the file.
        named: of a workbook the column and the cell that stand for a path, also where nothing is filled in.
        notes: what was left out of a workbook or understood in a way that its reader should know.
    """

    path: str
    lines: list[str]
    data: Any = None
    keys: dict[Loc, Place] = field(default_factory=dict)
    values: dict[Loc, Place] = field(default_factory=dict)
    start: Place = field(default_factory=lambda: Place(1, 1))
    cells: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    named: dict[Loc, tuple[str, Place]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of the thing at `loc`, or of the nearest thing around it that is in the file."""
        if key and loc in self.keys:
            return self.keys[loc]
        while loc and loc not in self.values:
            loc = loc[:-1]
        return self.values.get(loc, self.start)

    def problem(self, message: str, loc: Loc = (), *, hint: str = "", key: bool = False) -> Problem:
        """A problem at `loc`, with what stands there as excerpt."""
        return self.problem_at(message, self.place(loc, key=key), hint)

    def problem_at(self, message: str, place: Place, hint: str = "") -> Problem:
        """A problem at a place."""
        line = place.line
        if place.sheet:
            shown = self.cells.get(place, "")
            return Problem(message, self.path, line, place.column, shown, hint, sheet=place.sheet)
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return _problem_in(message, self.path, line, place.column, excerpt, hint)


def _problem_in(message: str, path: str, line: int, column: int, text: str, hint: str = "") -> Problem:
    """A problem in a line of text: a long line is cut around the place, and what moves the cursor becomes a space."""
    shift = max(0, column - 60) if len(text) > 120 else 0
    shown = "".join(letter if letter.isprintable() else " " for letter in text[shift : shift + 120])
    return Problem(message, path, line, column, shown.rstrip(), hint, shift)


def _beside(path: Path) -> str:
    """The files of that kind in the folder in which a file is not, those with nearly its name first."""
    try:
        return nearest(path.name, [one.name for one in path.parent.iterdir() if one.suffix == path.suffix])
    except OSError:
        return ""


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of an input file; a directory, a missing, empty or oversized file is an `InputError`."""
    resources.INPUTS.add(resources.state(path)[0])
    try:
        if path.is_dir():
            raise InputError(Problem(say("input.directory"), str(path)))
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError(Problem(say("input.not_regular"), str(path)))
        if found.st_size > limit:
            raise InputError(Problem(say("input.too_large", limit=limit // 1_000_000), str(path)))
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem(say("input.not_found"), str(path), hint=_beside(path))) from None
    except (OSError, ValueError) as error:
        raise InputError(Problem(say("input.unreadable", reason=reason(error)), str(path))) from None
    if not content.strip():
        raise InputError(Problem(say("input.empty"), str(path), 1, 1))
    return content


def decode(content: bytes, path: str) -> str:
    """Text from UTF-8 (with or without byte order mark) or UTF-16; anything else is an `InputError` with a remedy."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding != "utf-16" and (found := BINARY.search(content)):
        raise InputError(_not_text(content, found.start(), path))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        # Counted in characters of the object that was decoded: it has lost the byte order mark.
        whole = bytes(error.object)
        fallback = "utf-16" if encoding == "utf-16" else "cp1252"
        before = whole[: error.start].decode("utf-16" if encoding == "utf-16" else "utf-8", "replace")
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        excerpt = whole.decode(fallback, "replace").split("\n")[line - 1].rstrip("\r")
        raise InputError(
            _problem_in(say("input.encoding"), path, line, column, excerpt, say("hint.encoding"))
        ) from None


def _not_text(content: bytes, offset: int, path: str) -> Problem:
    """A file that is no text, or a text with one letter in it that cannot be there."""
    if b"\0" in content or len(BINARY.findall(content)) > MAX_ODD or content.startswith(_ARCHIVES):
        return Problem(say("input.binary"), path)
    line, column = content.count(b"\n", 0, offset) + 1, offset - content.rfind(b"\n", 0, offset)
    excerpt = content.decode("utf-8", "replace").split("\n")[line - 1]
    return _problem_in(say("input.control"), path, line, column, excerpt)


def read(path: Path) -> Document:
    """Read a YAML file. All structural problems (duplicate keys, tags, anchors) are raised together."""
    name = path.as_posix()
    return _parsed(decode(read_bytes(path), name), name, _LOADER)


def _parsed(text: str, name: str, loader: Any) -> Document:
    document = Document(name, text.splitlines())
    problems: list[Problem] = []
    try:
        _Builder(document, problems).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        if error.problem == _PARSER_DEPTH:  # libyaml reads ahead and gives up first; the slow parser tells where we do
            return _parsed(text, name, yaml.SafeLoader)
        place = _mark_of(error, len(document.lines))
        problems.append(document.problem_at(say("yaml.syntax", reason=_reason(error)), place, say("hint.yaml")))
    except yaml.YAMLError as error:
        problems.append(_odd_character(document, error))
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return document


def _reason(error: yaml.MarkedYAMLError) -> str:
    """What the parser says, in the language of the user; what has no text of its own is told by its place alone."""
    key = f"libyaml.{error.problem}"
    return say(key if known(key) else "libyaml.other")


def _mark_of(error: yaml.MarkedYAMLError, lines: int) -> Place:
    """Where a syntax error is; what is never closed is told where it begins, not behind the end of the file."""
    mark = error.problem_mark or error.context_mark
    if mark is not None and mark.line >= lines and error.context_mark is not None:
        mark = error.context_mark
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _odd_character(document: Document, error: yaml.YAMLError) -> Problem:
    """The first character that cannot stand in YAML; the parser gives its place in bytes only."""
    for number, line in enumerate(document.lines, start=1):
        if found := _ODD.search(line):
            return document.problem_at(say("input.binary"), Place(number, found.start() + 1))
    return document.problem_at(say("yaml.syntax", reason=error), Place(1, 1))


class _Builder:
    """Turns the event stream into data, iteratively, so that deep nesting is a message and not a crash."""

    def __init__(self, document: Document, problems: list[Problem]) -> None:
        self.document = document
        self.problems = problems
        self.stack: list[tuple[Any, Loc, list[Any]]] = []  # container, its path, [pending key] of a mapping

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.AliasEvent):
                self._complain(event, "yaml.anchor")
                self._put(None, event)
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
                if len(self.stack) > MAX_DEPTH:
                    self._complain(event, "yaml.depth")
                    return
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and self.document.values:
                self._complain(event, "yaml.documents")
                return

    def _complain(self, event: Any, text: str, /, **values: Any) -> None:
        self.problems.append(self.document.problem_at(say(text, **values), _place(event)))

    def _open(self, container: Any, event: Any) -> None:
        if event.anchor or event.tag not in (None, "!"):
            self._complain(event, "yaml.anchor")
        loc = self._put(container, event)
        self.stack.append((container, loc, []))

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag not in (None, "!"):
            self._complain(event, "yaml.anchor")
        pending = self.stack[-1][2] if self.stack else []
        if self.stack and isinstance(self.stack[-1][0], dict) and not pending:
            self._key(event, pending)
        else:
            self._put(event.value if event.style else plain(event.value), event)

    def _key(self, event: Any, pending: list[Any]) -> None:
        container, loc, _ = self.stack[-1]
        key = event.value
        if key in container:
            first = self.document.keys[(*loc, key)][0]
            self._complain(event, "yaml.duplicate", key=key, line=first)
        else:
            self.document.keys[(*loc, key)] = _place(event)
        pending.append(key)

    def _put(self, value: Any, event: Any) -> Loc:
        place = _place(event)
        if not self.stack:
            self.document.data = value
            self.document.values[()] = place
            return ()
        container, loc, pending = self.stack[-1]
        if isinstance(container, list):
            here = (*loc, len(container))
            container.append(value)
        elif pending:
            key = pending.pop()
            here = (*loc, key)
            container.setdefault(key, value)
        else:  # a mapping or list used as a key
            self._complain(event, "yaml.key")
            here = (*loc, "?")
            pending.append("?")
        self.document.values[here] = place
        return here


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def plain(text: str) -> Any:
    """The value of an unquoted scalar by the core schema of YAML 1.2; dates stay texts."""
    if text.lower() in _WORDS and text in (text.lower(), text.capitalize(), text.upper()):
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text) if len(text) <= MAX_DIGITS and -(2**63) <= int(text) < 2**63 else text
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
