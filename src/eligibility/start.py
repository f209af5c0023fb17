"""The console script. It imports nothing before Ctrl-C is an ending like others: 130, and no traceback."""

import sys
from _thread import interrupt_main


def _strike_again(ignored: "sys.UnraisableHookArgs") -> None:
    """A Ctrl-C that struck where Python drops what is raised (in a callback of its imports, say) strikes again at the next step."""
    if ignored.exc_type is KeyboardInterrupt:
        interrupt_main()
    else:
        sys.__unraisablehook__(ignored)


def main() -> None:
    """Run the command line and exit."""
    try:
        sys.unraisablehook = _strike_again
        from eligibility.cli import main as run

        run()
    except KeyboardInterrupt:
        from os import _exit

        _exit(130)
