"""How results reach the user: on the screen or in a file, as text, JSON, CSV or Excel."""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from simulator.reports.tables import Table

TABLE_FORMATS = ("text", "json", "csv", "xlsx")


def width() -> int:
    """The width of the terminal, as far as lines are read easily."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def show(text: str | bytes, output: Path | None) -> None:
    """Print a result, or write it to a file."""
    from simulator.base import writing

    if output is None:
        click.echo(text, nl=False)
        return
    writing.write(output, text)
    click.echo(say("output.written", file=output.as_posix()), err=True)


def tell(text: str, indent: int = 0) -> None:
    """Print a sentence, broken between words where the terminal ends."""
    import textwrap

    first = text[: len(text) - len(text.lstrip())]
    lines = textwrap.wrap(
        text.strip(), width(), initial_indent=first, subsequent_indent=" " * indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    click.echo("\n".join(lines))


def attempt(output: Path | None) -> None:
    """See, once the inputs are known, that the result has a place that is none of them."""
    from simulator.base import writing

    if output is not None:
        writing.attempt(output)


def table_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a command whose result is a table: `kind`, `output` and `as_json`; seen to fit before it begins."""
    function = _fitting(function)
    for option in (
        common.json_option(),
        click.option("-o", "--output", type=common.OutputFile(), help=say("check.output")),
        click.option("--format", "kind", type=click.Choice(TABLE_FORMATS), help=say("check.format")),
    ):
        function = option(function)
    return function


def _fitting(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function of a command, which begins no long play for a workbook without a place or a file of another form."""

    @functools.wraps(function)
    def checked(**options: Any) -> Any:
        kind = form("json" if options["as_json"] else options["kind"], options["output"], TABLE_FORMATS)
        if kind == "xlsx" and options["output"] is None:
            raise click.UsageError(say("output.needs_file", kind="xlsx"))
        return function(**{**options, "kind": kind})

    return checked


def form(asked: str | None, output: Path | None, forms: Sequence[str]) -> str:
    """The form of an output: as asked, else by the ending of its file where that is one, else text.

    Args:
        asked: the form that the user named, if any.
        output: the file, if any.
        forms: those that there are; each but text is the ending of its files too.

    Raises:
        click.UsageError: the ending is that of another form than was asked.
    """
    ending = output.suffix.lower().lstrip(".") if output else ""
    of_name = ending if ending in forms else None
    if asked and of_name and of_name != asked:
        raise click.UsageError(say("report.two_formats", kind=asked, file=str(output)))
    return asked or of_name or "text"


def deliver(tables: Sequence[Table], head: dict[str, Any], kind: str, output: Path | None, *, as_json: bool) -> None:
    """Show tables in the form that is asked for.

    Args:
        tables: what to show.
        head: what JSON says besides, `format` first.
        kind: one of `TABLE_FORMATS`.
        output: a file; needed for Excel.
        as_json: the same as the form json.
    """
    from simulator.reports import tables as forms

    kind = "json" if as_json else kind
    if kind == "xlsx":
        show(forms.workbook(tables), output)
    elif kind == "csv":
        show(forms.as_csv(tables), output)
    elif kind == "json":
        show(common.as_json({**head, **{table.name: table.data() for table in tables}}), output)
    elif output is not None:
        show("\n".join(_as_text(table) for table in tables), output)
    else:
        for table in tables:
            numbers = [place for place, column in enumerate(table.shown) if column.unit]
            wide = [place for place, column in enumerate(table.shown) if column.name in table.wide_only]
            common.show_table(
                table.title, [column.heading for column in table.shown], table.cells(), right=numbers, wide_only=wide
            )
            for note in table.notes:
                click.echo(note)


def _as_text(table: Table) -> str:
    """A table as lines of equally wide cells."""
    rows = [[column.heading for column in table.shown], *table.cells()]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.shown))]
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([table.title, *lines, *table.notes]) + "\n"
