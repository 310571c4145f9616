"""Reading a request's body without letting anybody fill the memory with it."""

from starlette.requests import Request


async def read_body(request: Request, most: int) -> bytes | None:
    """The request's body, or None if it is longer than `most` bytes."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return body
