"""Installs the program with what its tests need into .venv, and runs the tests. Needs Python 3.11 or later, nothing else.

`python3 .ci/test.py` runs the tests that every change must pass; what follows on the line goes to pytest.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> int:
    """Set up and test; the exit code is that of pytest."""
    if sys.version_info < (3, 11):  # noqa: UP036 - a user may start it with an older Python
        print("Python 3.11 or later is needed; this is", sys.version.split()[0])  # noqa: T201
        return 2
    if not PYTHON.exists():
        venv.create(FOLDER, with_pip=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[test]"]
    subprocess.run(install, check=True, cwd=ROOT)
    # The tests of a file stay together, so that what they share is made once; the longest begins first.
    spread = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    tests = [PYTHON, "-m", "pytest", *spread, "--hypothesis-profile", "repeatable", *sys.argv[1:]]
    return subprocess.run(tests, check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
