"""From data to text through the templates: HTML that is escaped, and plain text or Markdown."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import jinja2

from simulator.base import resources
from simulator.base.language import say


def html(template: str, context: dict[str, Any]) -> str:
    """Render a template to one self-contained page; every value is escaped, and a name that does not exist is an error."""
    environment = _environment(escape=True)
    style = resources.shipped("templates") / "style.css"
    environment.globals["style"] = style.read_text(encoding="utf-8")
    return environment.get_template(template).render(context)


def text(template: str, context: dict[str, Any], width: int = 100) -> str:
    """Render a template to plain text or Markdown; `fold` wraps what is long to a width in characters."""
    environment = _environment(escape=False)
    environment.filters["fold"] = lambda value, indent=0: _fold(str(value), indent, width)
    environment.filters["md"] = _markdown
    return environment.get_template(template).render(context)


def _environment(*, escape: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.shipped("templates"), encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.autoescape = escape  # plain text and Markdown have filters of their own
    environment.globals["t"] = _text
    environment.globals["say"] = say
    return environment


def _text(key: str, **values: Any) -> str:
    return say(f"report.{key}", **values)


def _fold(value: str, indent: int, width: int) -> str:
    """Lines of at most the width; all but the first are indented."""
    lines = textwrap.wrap(value, max(width - indent, 20), break_long_words=False) or [""]
    return ("\n" + " " * indent).join(lines)


def _markdown(value: Any) -> str:
    """Text in which nothing is Markdown by accident, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(str(value).split()))
