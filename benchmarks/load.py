"""A closed-loop load: each user waits for an answer before asking again. Threads, kept connections, no pauses."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.scenarios import Person, Request, Scenario


@dataclass
class Sample:
    """Seconds of each completed scenario, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elapsed: float = 0.0

    def rate(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass
class User:
    """One connection of one signed-in person."""

    person: Person
    session: str
    port: int
    connection: http.client.HTTPConnection | None = None
    csrf: str = "b" * 32

    def headers(self, *, signed_in: bool) -> dict[str, str]:
        session = f"session={self.session}; " if signed_in else ""
        return {
            "Cookie": f"{session}csrftoken={self.csrf}",
            "X-CSRFToken": self.csrf,
            "Content-Type": "application/json",
            "User-Agent": "bench",
        }

    def send(self, request: Request, *, signed_in: bool) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(
            request.method, request.path, request.payload() or None, self.headers(signed_in=signed_in)
        )
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def run(self, scenario: Scenario) -> str | None:
        """One turn of the scenario; what was wrong, or None."""
        step: Request | None = scenario(self.person)
        signed_in = scenario.__name__ != "sign_in"
        while step is not None:
            status, body = self.send(step, signed_in=signed_in)
            if status not in step.expect:
                return f"{step.method} {step.path}: {status} {body[:200]!r}"
            step = step.then(json.loads(body)) if step.then else None
        return None


def measure(users: list[User], scenario: Scenario, seconds: float, say: Callable[[str], None]) -> Sample:
    """Every user at once, for a time. Errors are kept: any of them voids the run."""
    sample, lock, stop = Sample(), threading.Lock(), time.perf_counter() + seconds

    def work(user: User) -> None:
        done: list[float] = []
        while (began := time.perf_counter()) < stop:
            wrong = user.run(scenario)
            if wrong:
                with lock:
                    sample.errors.append(wrong)
                break
            done.append(time.perf_counter() - began)
        with lock:
            sample.seconds += done

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sample.elapsed = time.perf_counter() - began
    for error in sample.errors[:2]:
        say(f"   ERROR {error}")
    return sample
