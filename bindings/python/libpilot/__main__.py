"""``libpilot`` and ``python -m libpilot``: the command line, which needs the extra ``cli``."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        import rich  # noqa: F401
        import typer  # noqa: F401
    except ImportError as error:
        print(f"libpilot: the command line needs {error.name}: pip install 'libpilot[cli]'", file=sys.stderr)
        sys.exit(2)
    from .cli import app

    app(prog_name="libpilot")


if __name__ == "__main__":
    main()
