"""What a check imports: nothing it does not use. The times are in `bench/`; here only that the ways to them still work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

LOADED = """
import os, sys
before = set(sys.modules)  # Python 3.13 itself reads `-c` with linecache
own = lambda: [name for name, module in sys.modules.items() if name not in before and getattr(module, "__spec__", None)]
os._exit = lambda code: print(code, *own(), file=sys.stderr)
from eligibility.cli import main
main()
"""


def loaded(*arguments: str) -> set[str]:
    command = [sys.executable, "-c", LOADED, *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    code, *names = run.stderr.split()
    assert code == "0"
    return set(names)


def test_a_check_imports_nothing_that_only_other_formats_need():
    names = loaded("check", "profiles/lea.yaml", "--on", "2023-09-15", "--lang", "en")
    assert "eligibility.reporters.text" in names
    unwanted = {"pydantic.functional_serializers", "rich", "eligibility.cli.show"}
    assert not names & unwanted
