"""clamd over TCP: the content in pieces after INSTREAM, one line back. The file never touches its disk by our doing."""

import socket
import struct

from mentalspace.storage.errors import ScannerAway
from mentalspace.storage.ports import Verdict

PIECE = 64 * 1024
SECONDS = 30.0
LONGEST_ANSWER = 4096
CLEAN, FOUND = "OK", "FOUND"


class Clamd:
    """A ClamAV daemon at an address."""

    def __init__(self, host: str, port: int, seconds: float = SECONDS) -> None:
        self.host, self.port, self.seconds = host, port, seconds

    def scan(self, content: bytes) -> Verdict:
        try:
            answer = self._asked(content)
        except OSError as error:
            raise ScannerAway from error
        said = answer.rstrip("\0\n").removeprefix("stream:").strip()
        if said == CLEAN:
            return Verdict("clamd")
        if said.endswith(f" {FOUND}"):
            return Verdict("clamd", said.removesuffix(FOUND).strip()[:200])
        raise ScannerAway  # "INSTREAM size limit exceeded. ERROR", or half an answer: not a clean bill

    def _asked(self, content: bytes) -> str:
        with socket.create_connection((self.host, self.port), timeout=self.seconds) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
                answer += more
        return answer.decode("utf-8", "replace")
