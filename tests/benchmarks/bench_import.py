"""How well and how fast documents are read: the invented plans against their key, and 100 pages against the clock.

python tests/benchmarks/bench_import.py             the measuring half and the fresh plans (neither tuned on), and the speed
python tests/benchmarks/bench_import.py fresh       the two plans in another style alone
python tests/benchmarks/bench_import.py tuning -v   the tuning half, with every miss
python tests/benchmarks/bench_import.py speed       100 pages: seconds after start-up, and peak memory
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plan" / "documents"))

import make
from measuring import measure, show

FORMS = ("docx", "pdf", "odt", "html", "md")
PAGES = 100
_TIMED = """
import resource, sys, time
from pathlib import Path
from simulator.cli import origins
from simulator.plan.documents import reading
from simulator.world import population
population.everyone()
before = time.process_time()
start = time.perf_counter()
origins.proposed(sys.argv[1:], "swv-2021", "PO2602", 2026)
seconds = time.perf_counter() - start
peak = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(one.ru_utime + one.ru_stime for one in used) - before
print(f"{seconds:.1f} s by the clock, {cpu:.1f} s of processor; {peak[0]} MB and, for reading apart, {peak[1]} MB")
"""


def hundred_pages(folder: Path) -> Path:
    """A PDF of a hundred pages out of those of the invented plans."""
    import pypdf

    writer = pypdf.PdfWriter()
    for name in make.plan_sources.names():
        for path in make.make(name, folder, "pdf"):
            writer.append(path)
    whole = folder / "honderd.pdf"
    short = pypdf.PdfWriter()
    for page in writer.pages[:PAGES]:
        short.add_page(page)
    short.write(whole)
    return whole


def speed() -> None:
    """Import 100 pages in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        whole = hundred_pages(Path(folder))
        done = subprocess.run(
            [sys.executable, "-c", _TIMED, str(whole)], stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        print(f"{PAGES} pages of PDF: {done.stdout.strip()}")


if __name__ == "__main__":
    if "speed" in sys.argv:
        speed()
    else:
        halves = [half for half in ("tuning", "fresh") if half in sys.argv] or ["measuring", "fresh"]
        for half in halves:
            for form in FORMS:
                show(half, form, measure(half, form, tell="-v" in sys.argv and half == "tuning"))
        if len(halves) > 1:
            speed()
