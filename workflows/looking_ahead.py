"""Looking a form over while it is still being filled in, so that who files it does not wait for that."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.create_fields import Field
from storage.similar import Found
from workflows.coalescing import Coalescing

SOON = 0.2  # seconds: less than people take from the last letter to File
FRESH = 60.0  # seconds for which a form asks what it did when it was looked over
MOST = 500  # forms


@dataclass(frozen=True, slots=True)
class Unlike:
    """A text for a product, and the search that found nothing likely to be the same problem.

    `fields` are those of the product's create screen at that time, as `storage/create_screens.py` has them.
    """

    product: str
    text: str
    found: Found
    fields: tuple[Field, ...] = ()


class LookingAhead:
    """Keeps what was found last about each of the forms filled in lately, in this process; thread-safe."""

    def __init__(self) -> None:
        self._soon = Coalescing(SOON)
        self._kept: OrderedDict[str, tuple[float, Unlike]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, nonce: str, look: Callable[[], Unlike | None]) -> None:
        """Have an opening of the form looked over soon, as it was when this was asked for last."""
        self._soon.ask_later(nonce, partial(self._keep, nonce, look))

    def unlike(self, nonce: str, product: str, text: str) -> Found | None:
        """Return the search for a text that a form was looked over with; None without such a one."""
        _, kept = self._last(nonce)
        return kept.found if kept is not None and (kept.product, kept.text) == (product, text) else None

    def fields(self, nonce: str, product: str) -> tuple[Field, ...] | None:
        """Return what the product's create screen asked a moment ago; None where that was not looked at."""
        at, kept = self._last(nonce)
        is_fresh = time.monotonic() - at < FRESH
        return kept.fields if kept is not None and kept.product == product and is_fresh else None

    def finish(self) -> None:
        """Look at what waits now, at the end of the program: nothing is left to be done after it."""
        self._soon.finish()

    def _keep(self, nonce: str, look: Callable[[], Unlike | None]) -> None:
        unlike = look()
        with self._lock:
            self._kept.pop(nonce, None)
            if unlike is not None:
                self._kept[nonce] = time.monotonic(), unlike
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def _last(self, nonce: str) -> tuple[float, Unlike | None]:
        """Return what was found last about a form, and when, by the monotonic clock."""
        with self._lock:
            return self._kept.get(nonce, (0.0, None))
