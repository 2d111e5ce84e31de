"""Which step of a workflow is taken."""

from domain.steps import RESOLUTIONS_OF_DUPLICATES, Category, Resolution, Step, way_to

DUPLICATE, FIXED = Resolution("3", "Duplicate"), Resolution("1", "Fixed")
DONE = Step("41", "Terminé", "done", resolutions=(FIXED, DUPLICATE))
REJECT = Step("51", "Reject", "done")
RELEASE = Step("61", "Release", "done", asks=("Fix versions",), resolutions=(DUPLICATE,))
START = Step("21", "Start", "indeterminate")


def test_a_step_is_chosen_by_where_it_leads() -> None:
    """Names say nothing; the category of the status does."""
    way = way_to([START, REJECT], [Category.DONE])
    assert way is not None
    assert (way.step, way.asks) == (REJECT, ())
    assert way_to([START], [Category.DONE]) is None


def test_categories_are_tried_in_order() -> None:
    """Where no step leads to the first category, one to the next is taken."""
    way = way_to([DONE, START], [Category.NEW, Category.INDETERMINATE])
    assert way is not None
    assert way.step == START


def test_the_step_that_offers_the_resolution_goes_first() -> None:
    """A resolution of a fitting name, in any case of letters, decides between steps."""
    way = way_to([REJECT, DONE], [Category.DONE], RESOLUTIONS_OF_DUPLICATES)
    assert way is not None
    assert (way.step, way.resolution) == (DONE, DUPLICATE)


def test_a_step_that_asks_for_more_is_the_last_resort() -> None:
    """A step whose screen requires something is chosen only where no other leads there, and says what."""
    free = way_to([RELEASE, REJECT], [Category.DONE], RESOLUTIONS_OF_DUPLICATES)
    assert free is not None
    assert free.step == REJECT
    barred = way_to([RELEASE], [Category.DONE], RESOLUTIONS_OF_DUPLICATES)
    assert barred is not None
    assert barred.asks == ("Fix versions",)


def test_a_resolution_that_must_be_given_is_not_guessed() -> None:
    """Where one must be given and none fits, the step asks for it."""
    needs = Step("41", "Done", "done", resolutions=(FIXED,), needs_resolution=True)
    way = way_to([needs], [Category.DONE], RESOLUTIONS_OF_DUPLICATES)
    assert way is not None
    assert (way.resolution, way.asks) == (None, ("Resolution",))
