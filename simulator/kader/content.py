"""Content checks: CEL expressions over a plan file, evaluated once when a plan is read.

Missing answers make an expression unknown by themselves: CEL's `&&` and `||` take no notice of an error on one side
when the other side decides.
"""

from __future__ import annotations

from typing import Any, cast

from simulator.base.errors import InputError, Problem
from simulator.base.language import say


def evaluate(expression: str, values: dict[str, Any]) -> bool | None:
    """True, false, or None when an answer that is needed is missing.

    Raises:
        InputError: the expression is no CEL, or does not give true or false.
    """
    try:
        result = _run(expression, values)
    except KeyError:
        return None
    except Exception as error:  # the library raises several kinds; all mean that the kader is wrong
        raise InputError(
            Problem(say("content.wrong", expression=expression, reason=str(error).splitlines()[0]))
        ) from None
    if not isinstance(result, bool):
        raise InputError(Problem(say("content.not_bool", expression=expression)))
    return result


def mistake(expression: str) -> str:
    """What is wrong with an expression as it stands, before any answer is filled in; empty when nothing is."""
    try:
        _compile(expression)
    except Exception as error:  # the libraries raise several kinds
        return str(error).splitlines()[0].partition("ERROR: ")[2] or str(error).splitlines()[0]
    return ""


def unasked(expression: str, parts: list[str], plan: dict[str, Any]) -> str:
    """What an expression asks for that is no question of the duty; empty when all is asked, and all gives a yes or no."""
    for answer in (True, False):
        try:
            result = _run(expression, {"part": dict.fromkeys(parts, answer), "plan": plan})
        except Exception as error:  # a missing key, or a value of another kind
            return str(error).splitlines()[0]
        if not isinstance(result, bool):
            return say("content.not_bool", expression=expression)
    return ""


def _compile(expression: str) -> None:
    try:
        import cel
    except ImportError:
        import celpy

        celpy.Environment().compile(expression)
        return
    cel.compile(expression)


def _run(expression: str, values: dict[str, Any]) -> Any:
    try:
        import cel
    except ImportError:  # no wheel of the Rust library on this platform
        return _run_in_python(expression, values)
    return cel.evaluate(expression, values)


def _run_in_python(expression: str, values: dict[str, Any]) -> Any:
    import celpy
    from celpy import celtypes
    from celpy.adapter import json_to_cel
    from celpy.evaluation import CELEvalError

    environment = celpy.Environment()
    program = environment.program(environment.compile(expression))
    try:
        result = program.evaluate(cast("dict[str, Any]", json_to_cel(values)))
    except CELEvalError as error:
        if "no such" in str(error) or "no such member" in repr(error):
            raise KeyError(str(error)) from None
        raise
    return bool(result) if isinstance(result, celtypes.BoolType) else result
