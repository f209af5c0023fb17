"""A batch of a few people into every format that is struck by Ctrl-C at each step of what opens, hands over and writes, one step a time.

Run as a program with a folder, and a number of processes: it prints what a strike left behind, a line each, and how many there were.
It is a process of its own because a batch that hangs has to be ended from outside.
"""

from __future__ import annotations

import inspect
import io
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import Any

import eligibility
from eligibility.cli import run

from .material import ROOT, write_jsonl

SOURCES = Path(eligibility.__file__).parent
OURS = ("outputs.py", "interrupts.py", "batch/session.py", "batch/run.py", *(f"batch/writers/{name}.py" for name in ("rendered", "xlsx", "parquet")))
LOCKS = {queue.__file__, threading.__file__}
WATCHED = {*(str(SOURCES / name) for name in OURS), *LOCKS}
RULE = "icesco-p039.yaml"
FORMATS = ("csv", "jsonl", "xlsx", "parquet", "html")

AFTER_CONDITION = inspect.getsourcelines(threading.Semaphore)[1]
Step = tuple[str, int, str, int | None]
"""File, line, what happens there; of a lock also the line that called for it."""


def watched(command: Callable[[], int], reached: Callable[[Step], None]) -> int:
    """Run a command and tell of each step of the watched files, in this thread; the first time it is reached."""

    def local(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if event in ("call", "line") or (event == "return" and name in LOCKS):  # where a lock may just have been taken
            caller = frame.f_back if name in LOCKS else None
            reached((name, frame.f_lineno, event, caller and caller.f_lineno))
        return local

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        return local(frame, event, argument) if frame.f_code.co_filename in WATCHED else None

    sys.settrace(trace)
    try:
        return command()
    finally:
        sys.settrace(None)


def main(folder: Path, processes: int) -> None:
    """Strike everywhere."""
    os.chdir(folder)
    people = [{"name": "Ann", "id": str(number), "born": "1990-05-02", "citizenships": ["FR"]} for number in range(3 if processes == 1 else 70)]
    source = write_jsonl(folder / "people.jsonl", people)
    outputs = [word for form in FORMATS for word in ("-o", f"out.{form}")]
    arguments = ["batch", str(source), *outputs, "--jobs", str(processes), "--rules", str(ROOT / "rules" / RULE), "--on", "2024-03-20", "--lang", "en"]
    steps: dict[Step, None] = {}
    here = os.getpid()

    def command() -> int:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return run(arguments)

    watched(command, lambda step: steps.setdefault(step))
    whole = {"people.jsonl", *(f"out.{form}" for form in FORMATS)}
    told: list[str] = [] if set(os.listdir(folder)) == whole else ["nothing was written"]
    chosen = [step for step in steps if processes == 1 or step[0].endswith("run.py") or (step[0] == threading.__file__ and step[1] < AFTER_CONDITION)]
    for step in chosen:
        for name in os.listdir(folder):
            if name != "people.jsonl":
                os.unlink(name)
        struck: list[Step] = []

        def reached(now: Step, wanted: Step = step, struck: list[Step] = struck) -> None:
            if now == wanted and not struck and os.getpid() == here:
                struck.append(now)
                signal.raise_signal(signal.SIGINT)

        sys.stderr.write(f"{step}\r")
        code = watched(command, reached)
        left = set(os.listdir(folder))
        right = ((130, {"people.jsonl"}), (130, whole)) if struck else ((0, whole),)  # threads do not come by everywhere each time
        if (code, left) not in right:
            told.append(f"{step}: ended with {code}, and left {sorted(left - {'people.jsonl'})}")
    sys.stdout.write("\n".join([*told, str(len(chosen))]))
    sys.stdout.flush()
    os._exit(0)  # threads of a batch that was struck may wait for ever, as they may when the command ends


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
