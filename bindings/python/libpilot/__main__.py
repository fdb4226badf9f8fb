"""``libpilot`` and ``python -m libpilot``: the command line, which needs the extra ``cli``."""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    _hold_streams()
    # What is half written goes away as for any other end.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        import rich  # noqa: F401
        import typer  # noqa: F401

        from .cli import app
    except ImportError as error:
        if error.name not in ("rich", "typer"):
            raise
        print(f"libpilot: the command line needs {error.name}: pip install 'libpilot[cli]'", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    app(prog_name="libpilot")


def _hold_streams() -> None:
    """Keeps the numbers of streams that are closed, so that no file comes to stand there."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


if __name__ == "__main__":
    main()
