"""`inspectie-sim templates`: the templates of reports, to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from pathlib import Path

_EXAMPLES = ["inspectie-sim templates export mijn-sjablonen"]


@click.group("templates", cls=common.Group, help=say("templates.help"), examples=_EXAMPLES)
def command() -> None:
    """Templates."""


@command.command("export", cls=common.Command, help=say("templates.export_help"), examples=_EXAMPLES)
@click.argument("folder", type=common.FilePath(), metavar="MAP")
def export(folder: Path) -> None:
    """Write all templates to a folder; what is there already is left as it is."""
    from simulator.base import writing
    from simulator.base.errors import InputError, Problem
    from simulator.reports import render

    files = render.shipped()
    there = [folder / file.name for file in files if (folder / file.name).exists()]
    if there:
        raise InputError([Problem(say("templates.exists"), path.as_posix()) for path in there])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(Problem(say("output.cannot_write", reason=writing.reason(error)), str(folder))) from None
    for file in files:
        writing.write(folder / file.name, file.read_bytes())
    click.echo(say("templates.exported", n=len(files), folder=folder.as_posix()))
    common.next_command(f"inspectie-sim report laatste --swv PO2814 --templates {folder.as_posix()} -o rapport.html")
