"""The console script. It imports nothing before Ctrl-C is an ending like others: 130, and no traceback."""

import signal
import sys
from _thread import interrupt_main
from os import _exit


def main() -> None:
    """Run the command line and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is ignored, by `nohup` or `&` of a script
        signal.signal(signal.SIGINT, _end_at_once)
        sys.unraisablehook = _strike_again
    try:
        from eligibility.cli import main as run

        run(_interruptible)
    except KeyboardInterrupt:
        _exit(130)


def _end_at_once(*_: object) -> None:
    """Ctrl-C while modules are imported: nothing has been begun, and an exception inside a compiled one makes it panic."""
    _exit(130)


def _interruptible() -> None:
    """From here on Ctrl-C is an exception, so that what has been begun is put in order."""
    if signal.getsignal(signal.SIGINT) is _end_at_once:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _strike_again(ignored: "sys.UnraisableHookArgs") -> None:
    """A Ctrl-C that struck where Python drops what is raised (in a callback of its imports, say) strikes again at the next step."""
    if ignored.exc_type is KeyboardInterrupt:
        interrupt_main()
    else:
        sys.__unraisablehook__(ignored)
