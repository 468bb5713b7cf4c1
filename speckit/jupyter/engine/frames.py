"""Messages on a stream socket: the parts of a Jupyter message, each with its length before it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import BinaryIO

SIZE = 8  # bytes of a length


def as_bytes(frames: Sequence[bytes]) -> bytes:
    """A message as it is sent."""
    parts = [len(frames).to_bytes(SIZE)]
    for frame in frames:
        parts += [len(frame).to_bytes(SIZE), bytes(frame)]
    return b"".join(parts)


def read_frames(stream: BinaryIO) -> list[bytes]:
    """Read a message; empty where the other side has gone."""
    count = int.from_bytes(stream.read(SIZE))
    return [stream.read(int.from_bytes(stream.read(SIZE))) for _ in range(count)]


async def receive_frames(stream: asyncio.StreamReader) -> list[bytes]:
    """Read a message.

    Raises:
        asyncio.IncompleteReadError: the other side has gone.
    """
    count = int.from_bytes(await stream.readexactly(SIZE))
    return [await stream.readexactly(int.from_bytes(await stream.readexactly(SIZE))) for _ in range(count)]
