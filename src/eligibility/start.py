"""The console script. It imports nothing before Ctrl-C is an ending like others: 130, and no traceback."""


def main() -> None:
    """Run the command line and exit."""
    try:
        from eligibility.cli import main as run

        run()
    except KeyboardInterrupt:
        from os import _exit

        _exit(130)
