"""Logs that hold no person: what happened and where in the code, never what was said or by whom."""

import logging
import sys
import traceback
from types import TracebackType


class PlacesOnly(logging.Formatter):
    """Exceptions as their type and the code they passed. Their words may quote a message, so they are left out."""

    def formatException(  # noqa: N802 - the name is the standard library's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([kind.__name__ if kind else "exception", *places])


def set_up_logs() -> None:
    """Log to standard error: our own rooms at INFO, libraries hardly at all (httpx would log addresses with tokens)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("bot", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
    for name in ("httpx", "httpcore", "telegram", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)
