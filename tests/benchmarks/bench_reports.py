"""How long one swv report takes in all formats after start-up, and how large the page of a national run is.

python tests/benchmarks/bench_reports.py          one swv, every kind that takes a run and every format
python tests/benchmarks/bench_reports.py country  all swv: seconds and size of the page

The budget of a report in all formats is 5 seconds; a ratio of 1 uses all of it. Start-up (imports, reading the run and
playing a replication again, which every command does) is told apart.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from simulator.base import language
from simulator.outcomes import running
from simulator.reports import formats, kinds
from simulator.reports.source import Asked, Source, scope
from simulator.world import scenario as scenarios

SCENARIO, BUDGET, MOST = "invoering-2014", 5.0, 5_000_000


def one_swv(source: Source) -> None:
    """Seconds of every format, of reports about one swv."""
    for kind in ("bevindingen", "dossier"):
        asked = Asked((source,), None, scope(source.scenario, "PO2814", None, None))
        formats.written(kinds.load(kind).build(asked), "odt")  # libraries are loaded once
        begin = time.perf_counter()
        document = kinds.load(kind).build(asked)
        times = {"build": time.perf_counter() - begin}
        for ending in formats.FORMATS:
            before = time.perf_counter()
            formats.written(document, ending)
            times[ending] = time.perf_counter() - before
        total = sum(times.values())
        parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in times.items())
        print(f"{kind}: {total:.2f} s in all formats, ratio {total / BUDGET:.2f} of {BUDGET:.0f} s ({parts})")


def country(source: Source) -> None:
    """Size and seconds of the page of every kind on the whole country."""
    for kind in ("bevindingen", "voortgang", "lastendruk", "vergelijking"):
        sources = (source, source) if kind == "vergelijking" else (source,)
        asked = Asked(sources, None, scope(source.scenario, None, None, None))
        begin = time.perf_counter()
        page = formats.written(kinds.load(kind).build(asked), "html")
        size = len(page if isinstance(page, bytes) else page.encode())
        seconds = time.perf_counter() - begin
        print(f"{kind}: {size / 1e6:.2f} MB, ratio {size / MOST:.2f} of {MOST / 1e6:.0f} MB, {seconds:.1f} s")


if __name__ == "__main__":
    language.choose("nl")
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        run, _ = running.run(scenarios.load(SCENARIO), 4, folder=Path(folder) / "run")
        source = Source.of_run(run)
        source.replication(0)
        print(f"start-up: {time.perf_counter() - begin:.1f} s for 4 replications of the country and one played again")
        country(source) if "country" in sys.argv else one_swv(source)
