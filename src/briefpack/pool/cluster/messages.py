"""Describe what goes wrong with a cluster: no scheduler, no worker, or a worker that can't take part."""

from collections.abc import Iterator, Mapping

from briefpack.pool.cluster.remote import Refusal
from briefpack.problem import Owner, Problem, Problems

MOST_NAMED = 3
"""How many workers with the same fault a problem names."""


def waiting(address: str, seconds: float) -> str:
    """Tell the user that the build is waiting for a first worker."""
    return f"waiting up to {seconds:g} s for a worker to join {address}"


def no_worker(address: str, seconds: float) -> Problem:
    """Describe a scheduler that no worker joined in time."""
    message = f"the scheduler at {address} has no workers, and none joined within {seconds:g} s"
    return problem(message, f"start one: dask worker {address}; or allow more time: --wait SECONDS")


def lost(address: str) -> Problems:
    """Describe a scheduler that was lost during the build."""
    message = f"the scheduler at {address} stopped responding"
    hint = "restart it and its workers, then build again; finished work is kept"
    return Problems([problem(message, hint, Owner.DOCUMENT)])


def problem(message: str, hint: str, owner: Owner = Owner.COMMAND) -> Problem:
    """Return a problem with the cluster that `--scheduler` names."""
    return Problem("--scheduler", None, message, hint, owner)


def refused(reports: Mapping[str, tuple[Refusal, ...] | Exception]) -> Iterator[Problem]:
    """Yield a problem for each reason why workers can't take part, naming the workers concerned."""
    found: dict[Refusal, list[str]] = {}
    for worker, reported in reports.items():
        for refusal in _broken(reported) if isinstance(reported, Exception) else reported:
            found.setdefault(refusal, []).append(worker)
    for refusal, addresses in found.items():
        yield problem(f"{_workers(addresses)}: {refusal.message}", refusal.hint)


def _broken(error: Exception) -> tuple[Refusal, ...]:
    """Return why a worker can't report; nothing if it has just left the cluster."""
    if isinstance(error, OSError):
        return ()
    message = f"briefpack doesn't run there: {described(error)}"
    return (Refusal(message, "install the same version of briefpack there, then restart the worker"),)


def _workers(addresses: list[str]) -> str:
    rest = f" and {len(addresses) - MOST_NAMED} more" if len(addresses) > MOST_NAMED else ""
    return f"worker{'s' * (len(addresses) > 1)} {', '.join(sorted(addresses)[:MOST_NAMED])}{rest}"


def described(error: BaseException) -> str:
    """Return the type of an error and the first line of its message."""
    first, *_ = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {first}"
