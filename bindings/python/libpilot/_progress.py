"""How far a long pass has come."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ._errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bar(wanted: bool, what: str, total: float | None) -> Iterator[Callable[[float], object]]:
    """What a caller tells how far it has come: a bar on standard error, where one is wanted."""
    if not wanted:
        yield lambda more: None
        return
    try:
        from rich.console import Console
        from rich.progress import Progress
    except ImportError:
        raise ArgumentError(
            "a progress bar needs rich: pip install libpilot[progress]",
            "/progress",
            message_zh="进度条需要rich：pip install libpilot[progress]",
        ) from None
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.advance(task, more)
