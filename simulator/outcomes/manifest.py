"""What a run says of itself: `manifest.json`, with the hash of every file and of its own content."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.base import resources
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.base.validation import short
from simulator.outcomes.inputs import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"


class OtherVersion(InputError):
    """The run was made by a version of the program that writes other runs."""


class NewerVersion(OtherVersion):
    """The run was made by a newer version of the program; it is left as it is, also by force."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Failed(_Data):
    """A replication that could not be played to its end."""

    replication: int
    reason: str
    swv: str
    step: str
    day: str


class Manifest(_Data):
    """What a run says of itself.

    Attributes:
        replications: how many there are, those that failed among them.
        events: replications of which every event is kept.
        unlawful: steps of the werkwijze that the law of their days did not allow, with rule and article.
        files: the SHA-256 of every other file that counts.
        digest: the SHA-256 of all the rest of the manifest.
    """

    format: Literal["run/3"] = "run/3"
    id: str
    program: str
    scenario: str
    seed: int
    replications: int
    obligations: list[str]
    events: list[int]
    failed: list[Failed]
    unlawful: list[dict[str, Any]] = []
    files: dict[str, str] = {}
    digest: str = ""

    def sealed(self, files: dict[str, str]) -> Manifest:
        """The same with the hashes of the files and its own."""
        whole = self.model_copy(update={"files": dict(sorted(files.items()))})
        return whole.model_copy(update={"digest": whole.own_digest()})

    def own_digest(self) -> str:
        """The hash of all but the hash."""
        data = self.model_dump(exclude={"digest"})
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    def content(self) -> bytes:
        """The file."""
        return json.dumps(self.model_dump(), indent=1, ensure_ascii=False).encode() + b"\n"


def read(folder: Path) -> Manifest:
    """The manifest in a folder.

    Raises:
        OtherVersion: it was written by a newer or older version.
        InputError: there is none, or it is not as it was written.
    """
    path = folder / NAME
    if not resources.is_file(path):
        raise InputError(Problem(say("run.not_a_run"), str(folder)))
    data = as_json(path)
    found = data.get("format") if isinstance(data, dict) else None
    if isinstance(found, str) and found != FORMAT and (age := _age(found)):
        kind = NewerVersion if age == "newer" else OtherVersion
        raise kind(
            Problem(say(f"format.{age}", found=short(found), wanted=FORMAT), str(path), hint=say("hint.other_version"))
        )
    try:
        manifest = Manifest.model_validate(data)
    except ValidationError:
        raise damaged(path) from None
    if manifest.digest != manifest.own_digest():
        raise damaged(path)
    return manifest


def _age(found: str) -> str:
    kind, _, number = found.partition("/")
    if kind != FORMAT.partition("/")[0] or not number.isdecimal() or len(number) > 9:
        return ""
    return "newer" if int(number) > int(FORMAT.partition("/")[2]) else "older"


def damaged(path: Path) -> InputError:
    """A file of a run is not as it was written."""
    return InputError(Problem(say("run.damaged"), str(path), hint=say("hint.run_again")))


def as_json(path: Path) -> Any:
    """What a JSON file holds; None when it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
