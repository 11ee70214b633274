"""TCP ports: whether one is free, and finding one that is. Standard library only; `setup/` uses it too."""

import socket
import time


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on `port` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def becomes_free(port: int, host: str, seconds: float) -> bool:
    """Whether `port` is free, or becomes so within `seconds`: children of a killed supervisor take some."""
    deadline = time.monotonic() + seconds
    while not is_free(port, host):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.2)
    return True


def find_free(preferred: int = 0) -> int:
    """`preferred` when it is free, else a port the system picks."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
