"""The progress bar of long work: how far, how fast, how long still; nothing where nobody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Callable


class Progress:
    """A progress bar on stderr, or nothing; without a total it only shows that something is done."""

    def __init__(self, total: int | None, *, quiet: bool) -> None:
        self.total, self.quiet = total, quiet

    def __enter__(self) -> Callable[[int], None]:
        if self.quiet:
            return lambda _: None
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )  # fmt: skip
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bar.start()
        self.task = self.bar.add_task(say("run.progress"), total=self.total, rate="")
        return self._tick

    def _tick(self, step: int) -> None:
        speed = next(task.speed for task in self.bar.tasks if task.id == self.task)
        self.bar.update(self.task, advance=step, rate=say("run.rate", rate=f"{speed:.1f}") if speed else "")

    def __exit__(self, *_: object) -> None:
        if not self.quiet:
            self.bar.stop()
