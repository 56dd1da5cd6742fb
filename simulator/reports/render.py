"""From context to HTML: one self-contained file, readable without scripts and without a network."""

from __future__ import annotations

from typing import Any

import jinja2

from simulator.base import resources
from simulator.base.language import say


def html(template: str, context: dict[str, Any]) -> str:
    """Render a template; every value is escaped, and a name that does not exist is an error."""
    folder = resources.shipped("templates")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["t"] = _text
    environment.globals["style"] = (folder / "style.css").read_text(encoding="utf-8")
    return environment.get_template(template).render(context)


def _text(key: str, **values: Any) -> str:
    return say(f"report.{key}", **values)
