"""From data to text through the templates: HTML that is escaped, and plain text, Markdown or typst.

Templates come with the program. A folder of one's own goes before them, file by file; what comes from outside runs in a
sandbox. Data is never a template.
"""

from __future__ import annotations

import re
import textwrap
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from simulator import __version__
from simulator.base import resources
from simulator.base.bidi import closed, stripped
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import current, say
from simulator.reports import blocks, templatewords
from simulator.reports.templatewords import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDINGS = (".j2", ".css", ".docx", ".odt")
"""How the names of files end that can be replaced."""


@dataclass(frozen=True)
class Templates:
    """Where templates come from.

    Attributes:
        own: a folder whose files go before those of the program; None for none.
    """

    own: Path | None = None

    @classmethod
    def of(cls, folder: Path | None) -> Templates:
        """Templates with those of a folder before them.

        Raises:
            InputError: there is no such folder, or it holds templates by a name that nothing asks for.
        """
        if folder is None:
            return cls()
        if not resources.is_folder(folder):
            raise InputError(Problem(say("templates.no_folder"), str(folder)))
        known = {path.name for path in shipped()} | _of_kinds()
        found = sorted(path for path in folder.iterdir() if path.suffix in ENDINGS)
        problems = [
            Problem(say("templates.unknown"), path.as_posix(), hint=nearest(path.name, known) or say("templates.names"))
            for path in found
            if path.name not in known
        ]
        if problems:
            raise InputError(problems)
        for path in found:
            resources.INPUTS.add(resources.state(path)[0])
        return cls(folder)

    def path(self, name: str) -> Path:
        """The file of a template that is used."""
        if self.own is not None and resources.is_file(self.own / name):
            return self.own / name
        return resources.shipped("templates") / name

    def has(self, name: str) -> bool:
        """Whether there is such a template."""
        return resources.is_file(self.path(name))

    def first(self, *names: str) -> str:
        """The first of some names that there is a template of."""
        return next(name for name in names if self.has(name))

    @cached_property
    def style(self) -> str:
        """The style sheet of all pages."""
        return self.path("style.css").read_text(encoding="utf-8")


def shipped() -> list[Path]:
    """The files of reports that can be replaced, in order of name: those of all documents, and those of a kind."""
    found = resources.shipped("templates").iterdir()
    return sorted(path for path in found if path.suffix in ENDINGS and path.name.startswith(_OF_REPORTS))


_OF_REPORTS = ("page.", "document.", "blocks.", "style.", "pictures.", "reference.", "kind-")


def _of_kinds() -> set[str]:
    """Templates that a kind may have of its own, also where it comes without."""
    from simulator.reports import kinds

    endings = {path.name.partition(".")[2] for path in shipped() if path.name.startswith("document.")}
    return {f"kind-{kind}.{ending}" for kind in kinds.names() for ending in endings}


def html(template: str, context: dict[str, Any], templates: Templates | None = None) -> str:
    """Render a template to one self-contained page; every value is escaped, and a name that does not exist is an error."""
    templates = templates or Templates()
    environment = _environment(templates, escape=True)
    made = f"inspectie-sim {__version__}"
    environment.globals.update(style=templates.style, lang=current(), made=made)
    return _rendered(environment, template, context)


def text(template: str, context: dict[str, Any], width: int = 100, templates: Templates | None = None) -> str:
    """Render a template to plain text or Markdown; `fold` wraps what is long to a width in characters."""
    environment = _environment(templates or Templates(), escape=False)
    environment.finalize = _stripped
    environment.filters["fold"] = lambda value, indent=0: _fold(str(value), indent, width)
    environment.filters.update(md=markdown, inner=span, start=line_start, address=_address)
    environment.filters["typ"] = typst
    environment.filters["typ_broken"] = breakable
    return _rendered(environment, template, context)


MOST_TURNS = 3_000_000
"""How often the loops of templates from outside may go round together; those of a long report do some ten thousands."""


class _Outside(ImmutableSandboxedEnvironment):
    """For templates from outside: they reach nothing but what they are given, and their loops end."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.turns = 0
        self.filters["_counted"] = self._counted

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        return tree

    def _counted(self, things: Iterable[Any]) -> Iterator[Any]:
        for one in things:
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise Told(say("templates.endless", n=MOST_TURNS))
            yield one


def _environment(templates: Templates, *, escape: bool) -> jinja2.Environment:
    own = templates.own
    kind = jinja2.Environment if own is None else _Outside
    folders = [folder for folder in (own, resources.shipped("templates")) if folder is not None]
    environment = kind(
        loader=jinja2.FileSystemLoader(folders, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.finalize = _closed
    environment.autoescape = escape  # plain text, Markdown and typst have filters of their own
    environment.globals["t"] = _text
    environment.globals["say"] = say
    return environment


def _closed(value: Any) -> Any:
    """What is printed, with every change of the direction of writing in it ended."""
    return type(value)(closed(value)) if isinstance(value, str) else value


def _stripped(value: Any) -> Any:
    return stripped(value) if isinstance(value, str) else value


def _rendered(environment: jinja2.Environment, template: str, context: dict[str, Any]) -> str:
    with _telling(template, context):
        return _CONTROL.sub(" ", environment.get_template(template).render(context))


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
"""Characters that no reader sees and no XML may hold."""


@contextmanager
def _telling(template: str, context: dict[str, Any]) -> Iterator[None]:
    """What is wrong in a template is told with its file, its line and the name that is missing."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        raise InputError(_problem(error.filename or template, error.lineno, templatewords.told(error))) from None
    except jinja2.TemplateNotFound as error:
        hint = nearest(str(error.name), [path.name for path in shipped()])
        file, line = _place(error)
        problem = _problem(file or template, line, "", hint)
        raise InputError(replace(problem, message=say("templates.missing_file", name=error.name))) from None
    except Exception as error:
        file, line = _place(error)
        if not file or resources.shipped("templates") in Path(file).parents:
            raise  # not in a template of the user: a fault of the program
        names = re.findall(r"'([^']*)'", str(error))
        undefined = isinstance(error, jinja2.UndefinedError)
        message = say("templates.undefined", name=names[-1]) if undefined and names else templatewords.told(error)
        hint = _valid(str(error), names[-1], context) if undefined and names else ""
        raise InputError(_problem(file, line, message, hint)) from None


def _valid(message: str, wrong: str, context: dict[str, Any]) -> str:
    """The nearest name that there is, and all names of that kind of thing."""
    of = re.search(r"'[\w.]*?(\w+) object' has no attribute", message)
    kind = getattr(blocks, of[1], None) if of else None
    names = [one for one in dir(kind) if not one.startswith("_")] if kind else []
    names += [one.name for one in fields(kind)] if kind and is_dataclass(kind) else []
    known = sorted({*names} if kind else context)
    said = filter(None, [nearest(wrong, known), say("hint.choose", names=", ".join(known))])
    return " ".join(dict.fromkeys(said))


def _problem(file: str, line: int, message: str, hint: str = "") -> Problem:
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if resources.is_file(path) else []
    excerpt = lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""
    return Problem(say("templates.wrong", reason=message), path.as_posix(), line, excerpt=excerpt, hint=hint)


def _place(error: Exception) -> tuple[str, int]:
    """The template and line in which an error came up; nothing when it was in none."""
    found, trace = ("", 0), error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".j2", ".css")):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found


def _text(key: str, **values: Any) -> str:
    return say(f"report.{key}", **values)


def _fold(value: str, indent: int, width: int) -> str:
    """Lines of at most the width; all but the first are indented."""
    lines = textwrap.wrap(value, max(width - indent, 20), break_long_words=False) or [""]
    return ("\n" + " " * indent).join(lines)


def markdown(value: Any) -> str:
    """Text in which nothing is Markdown by accident, on one line."""
    return line_start(span(value).strip())


def span(value: Any) -> str:
    """A piece of a line in which nothing is Markdown by accident; the spaces at its ends are kept."""
    return re.sub(r"([\\`*_{}\[\]<>|#&~])", r"\\\1", re.sub(r"\s+", " ", str(value)))


def line_start(line: Any) -> str:
    """A line that begins no list or heading by accident."""
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", str(line))


def _address(value: Any) -> str:
    return re.sub(r"[\s<>()\\]", lambda m: f"%{ord(m[0]):02X}", str(value))


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\u00a0": "\u00a0", "\u200b": "\\u{200b}"}


_RUN = re.compile(r"\S{32}(?=\S)")
"""So many signs without a place to break are more than a line of the smallest column may hold."""


def breakable(value: Any) -> str:
    """Text as a string of typst that goes on in the next line where a run of signs is longer than a line."""
    return typst(_RUN.sub(lambda run: f"{run[0]}\u200b", "".join(value)))


def typst(value: Any) -> str:
    r"""Text as a string of typst, with its quotes: what stands in it is never code.

    >>> print(typst('a "b" \\ #c'))
    "a \"b\" \\ #c"
    """
    told = closed("".join(value))
    letters = (_ESCAPES.get(one) or (one if one.isprintable() else " ") for one in told)
    return '"' + "".join(letters) + '"'
