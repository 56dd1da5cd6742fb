"""Signals: the first breaks off in good order, the next ends the program without a word."""

from __future__ import annotations

import subprocess
import sys

TWICE = """
import signal
from simulator.cli import main
for number in main._STOPS:
    signal.signal(number, main._interrupt)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("broken off", flush=True)
    signal.raise_signal(signal.SIGTERM)
print("not reached")
"""


def test_a_second_signal_while_winding_up_shows_no_traceback():
    done = subprocess.run([sys.executable, "-c", TWICE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (130, "broken off", "")
