"""The command `inspectie-sim`: finds the commands, chooses the language, and turns errors into messages and exit codes.

Exit codes: 0 done; 1 findings, or a run with too many failed replications; 2 wrong input or usage; 3 a fault in the
program; 130 interrupted. Nothing heavy is imported here: each command imports what it needs when it is called.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from pathlib import Path

import click

from simulator import __version__
from simulator.base import language, resources
from simulator.base.errors import InputError, Problem, SimulatorError, nearest
from simulator.base.language import say
from simulator.base.numbers import plain
from simulator.cli import common

COMMANDS = (
    "run", "runs", "replay", "compare", "why", "sweep", "sensitivity", "calibrate", "voortgang", "ranglijst",
    "lastendruk", "toezicht", "reality", "capacity", "report", "dossier", "rooster", "export", "check", "toets", "latest",
    "praktijktoets", "kader", "graph", "scenario", "plan", "population", "templates", "bekostiging",
)  # fmt: skip
USAGE, FAULT, INTERRUPTED = 2, 3, 130
_STOPS = signal.SIGINT, signal.SIGTERM


class Program(common.Group):
    """The commands, imported only when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"simulator.cli.{name}").command
        return command

    def short_helps(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(name, say(f"{name}.short")) for name in COMMANDS]


def program() -> click.Group:
    """The command line in the chosen language."""
    options = [
        click.Option(["--lang"], type=click.Choice(language.languages()), expose_value=False, help=say("cli.lang")),
        click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, help=say("cli.version"), callback=_version
        ),
    ]
    help_option = {"help_option_names": ["--help", "-h"]}
    return Program(
        "inspectie-sim",
        params=options,
        help=say("cli.help"),
        context_settings=help_option,
        examples=["inspectie-sim run invoering-2014"],
    )


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"inspectie-sim {__version__}")
        ctx.exit()


def split_language(arguments: list[str]) -> tuple[str | None, list[str]]:
    """What `--lang` asks for, anywhere on the line, and the line without it."""
    rest: list[str] = []
    wanted = None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            wanted = next(waiting, "")
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
        else:
            rest.append(argument)
    return wanted, rest


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    for number in _STOPS:  # stopped by the user or the system: leave nothing half-written
        signal.signal(number, _interrupt)
    wanted, rest = split_language(sys.argv[1:] if arguments is None else arguments)
    language.choose(wanted or language.of_system())
    if wanted is not None and wanted not in language.languages():
        problem = Problem(
            say("cli.bad_value", name="--lang", reason=repr(wanted)), hint=nearest(wanted, language.languages())
        )
        sys.exit(_complain("--json" in rest, [problem], USAGE))
    sys.exit(_run(rest))


def _interrupt(*_: object) -> None:
    """Break off; from then on another signal ends the program at once, since winding up twice would show a traceback."""
    for number in _STOPS:
        signal.signal(number, lambda *_: os._exit(INTERRUPTED))
    raise KeyboardInterrupt


def _run(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    resources.INPUTS.clear()
    try:
        result = program().main(arguments, prog_name="inspectie-sim", standalone_mode=False)
    except click.UsageError as error:
        return _complain(as_json, [Problem(_usage_message(error), hint=_usage_hint(error))], USAGE)
    except click.ClickException as error:
        return _complain(as_json, [Problem(error.format_message())], USAGE)
    except InputError as error:
        return _complain(as_json, list(error.problems), error.exit_code)
    except SimulatorError as error:
        return _complain(as_json, [Problem(str(error))], error.exit_code)
    except (KeyboardInterrupt, click.Abort) as error:
        told = str(error.__cause__ or error)  # click puts its own error around the one that was raised
        return _complain(as_json, [Problem(told or say("cli.interrupted"))], INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _complain(as_json, [Problem(say("cli.fault", kind=type(error).__name__, file=_crash_file()))], FAULT)
    return int(result or 0)


def _complain(as_json: bool, problems: list[Problem], code: int) -> int:
    """Tell what is wrong, on stderr; give back the exit code."""
    if as_json:
        data = {"format": "error/1", "exit_code": code, "problems": [problem.as_data() for problem in problems]}
        click.echo(json.dumps(data, ensure_ascii=False), err=True)
        return code
    for problem in problems:
        click.echo(problem.as_text(), err=True)
    if len(problems) > 1:
        click.echo(say("cli.problems", count=len(problems)), err=True)
    return code


def _usage_message(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return say("cli.no_option", name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say("cli.no_value", name=error.option_name)
    if not isinstance(error, click.BadParameter):
        return error.format_message()
    name = _name_of(error.param)
    if isinstance(error, click.MissingParameter):
        return say("cli.missing", name=name)
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            return say("cli.number_from_on", name=name, low=kind.min)
        return say("cli.bad_number", name=name, low=kind.min, high=kind.max)
    if isinstance(kind, click.FloatRange):
        above = "cli.number_above" if kind.min_open else "cli.number_from"
        return say(above, name=name, low=plain(kind.min or 0), high="..." if kind.max is None else plain(kind.max))
    if isinstance(kind, click.Choice):
        return say("cli.no_choice", name=name, choices=", ".join(map(str, kind.choices)))
    return say("cli.bad_value", name=name, reason=error.message)


def _name_of(param: click.Parameter | None) -> str:
    """How a user knows an option or argument."""
    if isinstance(param, click.Option):
        return param.opts[0]
    return (param.metavar or param.human_readable_name).rstrip(".").upper() if param else ""


def _usage_hint(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "inspectie-sim"
    near = _instead(error) if isinstance(error, click.NoSuchOption) else ""
    return f"{near} {say('cli.see_help', command=path)}".strip()


def _instead(error: click.NoSuchOption) -> str:
    """What to type for an option that a command does not have: where it is about one swv, that in the place of a group."""
    options = {name for param in (error.ctx.command.params if error.ctx else ()) for name in param.opts}
    if error.option_name == "--group" and "--swv" in options:
        return say("cli.one_swv")
    return nearest(error.option_name, error.possibilities or ())


def _crash_file() -> Path:
    """Where the traceback of a fault in the program was written."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="inspectie-sim-crash-", suffix=".txt", delete=False, encoding="utf-8", newline="\n"
    ) as file:
        file.write(f"inspectie-sim {__version__}\n{sys.version}\n{sys.argv}\n\n{traceback.format_exc()}")
    return Path(file.name)
