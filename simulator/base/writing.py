"""Writing output files: whole or not at all."""

from __future__ import annotations

import errno
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from simulator.base import resources
from simulator.base.errors import InputError, Problem
from simulator.base.language import known, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write(target: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file under a fresh name beside its own, and give it its own when it is whole.

    Args:
        target: the file.
        content: all of it, or pieces that are made one by one while they are written.

    Raises:
        InputError: the place cannot be written; nothing has been left behind.
    """
    _check(target)
    part = _fresh(target)
    try:
        with part.open("wb") as file:
            for piece in [content] if isinstance(content, str | bytes) else content:
                file.write(piece.encode() if isinstance(piece, str) else piece)
        part.replace(target)
    except BaseException as error:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        if not isinstance(error, OSError | ValueError):
            raise
        raise _cannot(target, error) from None


def attempt(target: Path) -> None:
    """See that a file can be written, so that no work is done for a result that has nowhere to go.

    Raises:
        InputError: the place cannot be written.
    """
    _check(target)
    part = _fresh(target)
    try:
        part.touch()
        part.unlink()
    except (OSError, ValueError) as error:
        raise _cannot(target, error) from None


def _check(target: Path) -> None:
    if not target.name or _is_folder(target):
        raise InputError(Problem(say("output.folder"), str(target)))
    if resources.state(target)[0] in resources.INPUTS:
        raise InputError(Problem(say("output.input"), str(target)))


def _fresh(target: Path) -> Path:
    return target.with_name(f".{uuid.uuid4().hex[:12]}.part")


def _cannot(target: Path, error: Exception) -> InputError:
    return InputError(Problem(say("output.cannot_write", reason=reason(error)), str(target)))


def _is_folder(target: Path) -> bool:
    try:
        return target.is_dir()
    except (OSError, ValueError):
        return False


def reason(error: Exception) -> str:
    """Why the system refused, in the language of the user where there is a text for it."""
    number = error.errno if isinstance(error, OSError) else None
    key = f"system.{errno.errorcode.get(number or 0, '')}"
    return say(key) if known(key) else getattr(error, "strerror", None) or str(error)
