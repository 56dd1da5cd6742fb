"""What commands share: how they are declared, and how results are shown."""

from __future__ import annotations

import json
import math
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base import language, resources
from simulator.base.errors import nearest, offering
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator.cli.subjects import Source
    from simulator.outcomes.play import Failure, Player
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.store import Run
    from simulator.plan.reading import PlanFile
    from simulator.world.scenario import Scenario

_WIDE = 110
_SHORT = 200
"""Characters of the first sentence of a help text that stand in a list of commands: all of it, for every command here."""


class _Help(click.Command):
    """Help in the language of the user: usage, options and examples."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.help_option")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = (self.options_metavar, getattr(self, "subcommand_metavar", None))
        pieces = [piece for piece in self.collect_usage_pieces(ctx) if piece not in own]
        if isinstance(self, click.Group):
            pieces.append(say("cli.command_piece"))
        formatter.write_usage(ctx.command_path, " ".join([*pieces, say("cli.options_piece")]), say("cli.usage") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [_record(one) for one in self.get_params(ctx) if isinstance(one, click.Option)]
        with formatter.section(say("cli.options")):
            formatter.write_dl(rows)
        self.format_below(ctx, formatter)

    def format_below(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands below the options: examples."""
        with formatter.section(say("cli.examples")):
            for example in self.examples:
                formatter.write_text(example)


def _record(option: click.Option) -> tuple[str, str]:
    """How an option is written, and what it does; click's own words for these are English only."""
    shape = "" if option.is_flag else f" {_metavar(option.metavar) or _shape(option.type)}"
    required = f" [{say('cli.required')}]" if option.required else ""
    return ", ".join(option.opts) + shape, (option.help or "") + required


def _metavar(name: str | None) -> str | None:
    """What stands for a value, in the language of the user."""
    return say(f"metavar.{name}") if name and language.known(f"metavar.{name}") else name


def _shape(kind: click.ParamType[Any]) -> str:
    if isinstance(kind, click.Choice):
        return "[" + "|".join(map(str, kind.choices)) + "]"
    if isinstance(kind, FilePath):
        return say("cli.path")
    return say("cli.number") if isinstance(kind, click.IntRange | click.FloatRange) else say("cli.text")


class FilePath(click.ParamType[Path]):
    """A path to write to."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; one that no system can hold is wrong usage."""
        if not str(value) or "\0" in str(value):
            self.fail(say("output.no_path"), param, ctx)
        return Path(value)


class OutputFile(FilePath):
    """A file to write to; that it can be written is seen before any work is done."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path of a file that can be written."""
        from simulator.base import writing

        path = super().convert(value, param, ctx)
        writing.attempt(path)
        return path


class Command(_Help):
    """A command. `--lang` is named in its help, but taken from the line before that is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = click.Choice(language.languages())
        self.params.append(click.Option(["--lang"], type=languages, expose_value=False, help=say("cli.lang")))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; click would tell of words too many in English alone."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(say("cli.too_many", names=" ".join(rest)), ctx)
        return rest


class Group(_Help, click.Group):
    """A group of commands, each with one line of help."""

    def format_below(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("cli.commands")):
            formatter.write_dl(self.short_helps(ctx))
        super().format_below(ctx, formatter)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        names = self.list_commands(ctx)
        if args[0] not in names:
            raise click.UsageError(f"{say('cli.no_command', name=args[0])} {nearest(args[0], names)}", ctx)
        return super().resolve_command(ctx, args)

    def short_helps(self, ctx: click.Context) -> list[tuple[str, str]]:
        """(name, one line) of every command."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(name, one.get_short_help_str(_SHORT)) for name, one in found if one is not None]


def command(name: str, *, examples: Sequence[str], **values: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command; its help comes from the texts, with values filled in."""
    return click.command(name, cls=Command, help=say(f"{name}.help", **values), examples=examples)


def shipped_scenarios() -> str:
    """The names of the scenarios that come with the program, as lines that are not folded."""
    return "\n".join(["\b", *sorted(f"  {path.stem}" for path in resources.shipped("scenarios").glob("*.yaml"))])


def json_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--json`."""
    return click.option("--json", "as_json", is_flag=True, help=say("cli.json"))


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, with dots where it was cut."""
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def show_json(data: dict[str, Any]) -> None:
    """Print a result as JSON; what is not a number becomes null."""
    click.echo(as_json(data), nl=False)


def as_json(data: dict[str, Any]) -> str:
    """A result as JSON; what is not a number becomes null."""
    return json.dumps(_clean(data), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def run_with(name: str, number: int) -> Run:
    """A run that has a replication of this number: a stored one; else a scenario, played that far and not stored."""
    from simulator.cli import subjects

    return subjects.up_to(name, number, lambda most: known_replication(number, most))


def known_replication(number: int, most: int) -> None:
    """See that a replication is one of those that there are, or would be."""
    if number >= most:
        raise click.UsageError(say("run.no_replication", number=number, last=most - 1))


def swv_of(run: Run | Source, code: str) -> str:
    """The code of an swv that takes part in a run, in capitals."""
    codes = run.scenario.swv
    if code.upper() not in codes:
        raise click.UsageError(offering(say("table.unknown_swv", name=code), code.upper(), codes))
    return code.upper()


def played(run: Run, number: int) -> tuple[Player, Replication]:
    """A replication of a run, played again.

    Raises:
        RunFailed: it breaks off on a fault in the program.
    """
    from simulator.base.errors import RunFailed
    from simulator.engine.playing import StepFailed
    from simulator.outcomes.play import Failure, Player

    player = Player(run.scenario)
    try:
        return player, player.replication(number)
    except StepFailed as one:
        raise RunFailed(failed(Failure(number, one.reason, one.swv, one.step, one.day))) from None


def failed(one: Failure, count: int = 1) -> str:
    """That replications failed, and the first of them."""
    where = {"number": one.replication, "swv": one.swv, "step": one.step, "day": one.day, "reason": one.reason}
    return say("run.failed_one_at", **where) if count == 1 else say("run.failed", count=count, **where)


def plan_file(name: str, kader: str | None = None) -> PlanFile:
    """A plan by name or path; what its reader left out is told on stderr.

    Raises:
        InputError: with every problem of the file.
    """
    from simulator.plan import reading
    from simulator.world import population

    file = reading.load(name, set(population.everyone()), kader, names=population.known_names)
    for note in file.document.notes:
        click.echo(f"{name}: {note}", err=True)
    return file


def show_table(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Iterable[int] = (),
    wide_only: Iterable[int] = (),
    whole: Iterable[int] = (),
) -> None:
    """Print a table.

    Args:
        title: above it.
        header, rows: its cells.
        right: columns that are aligned to the right.
        wide_only: columns that are left out on a terminal of less than 110 characters.
        whole: columns whose cells are never broken in two.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    console = Console(width=None if sys.stdout.isatty() else 132, highlight=False, markup=False, emoji=False)
    aligned, unbroken, narrow = set(right), set(whole), console.width < _WIDE
    kept = [number for number in range(len(header)) if not narrow or number not in set(wide_only)]
    for number in kept:
        table.add_column(
            header[number], justify="right" if number in aligned else "left", overflow="fold",
            no_wrap=number in unbroken,
        )  # fmt: skip
    for row in rows:
        table.add_row(*(row[number] for number in kept))
    console.print(table)


def tell_parts_off(scenario: Scenario) -> None:
    """Say on stderr which parts of the model a scenario leaves out."""
    from simulator.world import parts

    if names := [f"{label} ({name})" for name, label in parts.off(scenario).items()]:
        click.echo(say("part.are_off", names="; ".join(names)), err=True)


def tell_idle(scenario: Scenario) -> None:
    """Say on stderr which shocks of a scenario come over nobody, or do nothing since a part is left out."""
    from simulator.world import differences, shocks

    for shock in shocks.idle(scenario):
        click.echo(say("shock.idle", shock=differences.shock_in_words(shock, scenario.kader.file.shocks)), err=True)
    for shock, parts in shocks.left_out(scenario):
        words = differences.shock_in_words(shock, scenario.kader.file.shocks)
        click.echo(say("shock.left_out", shock=words, parts=", ".join(parts)), err=True)


def tell_unfelt(scenario: Scenario) -> None:
    """Say on stderr which shocks come over somebody and change nothing of what is played. It plays some replications."""
    from simulator.engine.playing import StepFailed
    from simulator.outcomes import unfelt
    from simulator.world import differences

    try:
        found = unfelt.unfelt(scenario)
    except StepFailed:  # told by the run itself
        return
    for shock in found:
        words = differences.shock_in_words(shock, scenario.kader.file.shocks)
        click.echo(say("shock.unfelt", shock=words, n=unfelt.TRIES), err=True)


def quoted(name: str) -> str:
    """A name of a file as it is typed in a command: between quotes when it holds more than letters, digits and signs."""
    return name if re.fullmatch(r"[\w./\\:~+,=@-]+", name) else f'"{name}"'


def next_command(*commands: str) -> None:
    """Print the next sensible commands, on stderr."""
    click.echo(say("cli.next"), err=True)
    for one in commands:
        click.echo(f"  {one}", err=True)
