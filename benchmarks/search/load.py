"""So many requests a second for so long, each sent when it is due: a slow answer does not put off the next question."""

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Queue

WORKERS = 32
"""Requests that may be under way at once: enough that the plan is kept, and a bound on what the load can ask."""


@dataclass
class Measured:
    """What came of a run: milliseconds from when each request was due to its last byte, and what went wrong."""

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The time that so great a share of the requests did not exceed."""
        times = sorted(self.milliseconds)
        return times[min(len(times) - 1, int(share * len(times)))] if times else float("nan")


def run(port: int, questions: Iterator[str], rate: int, seconds: int) -> Measured:
    """Ask at a steady rate on loopback, and wait for the last answer."""
    measured, lock = Measured(), threading.Lock()
    due: Queue[tuple[float, str] | None] = Queue()

    def work() -> None:
        while (item := due.get()) is not None:
            moment, path = item
            problem = ""
            # A connection each, like new visitors: one kept idle may be closed by the server at any moment.
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                connection.request("GET", path, headers={"Accept-Language": "it"})
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200 or b"</html>" not in body:
                    problem = f"{answer.status} at {path}"
            except (OSError, http.client.HTTPException) as error:
                problem = f"{type(error).__name__} at {path}"
            finally:
                connection.close()
            taken = 1000 * (time.monotonic() - moment)
            with lock:
                measured.milliseconds.append(taken)
                if problem:
                    measured.errors.append(problem)

    threads = [threading.Thread(target=work) for _n in range(WORKERS)]
    for thread in threads:
        thread.start()
    start = time.monotonic()
    for number in range(rate * seconds):
        moment = start + number / rate
        time.sleep(max(0.0, moment - time.monotonic()))
        due.put((moment, next(questions)))
    for _thread in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return measured
