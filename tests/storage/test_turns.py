import threading

from storage.turns import Turns


def test_turns_are_taken_in_the_order_of_coming() -> None:
    """Whoever waits comes before the one that has just had its turn and wants another."""
    turns, had = Turns(), list[str]()
    waits = threading.Event()

    def once() -> None:
        waits.set()
        with turns:
            had.append("other")

    other = threading.Thread(target=once)
    with turns:
        other.start()
        waits.wait(15)
        while not turns.waiting:
            threading.Event().wait(0.001)
    with turns:
        had.append("mine")
    other.join(15)
    assert had == ["other", "mine"]


def test_one_at_a_time_has_its_turn() -> None:
    """However many threads want it, each has it alone, and all have it in the end."""
    turns, inside, most = Turns(), list[int](), list[int]()

    def often(number: int) -> None:
        for _ in range(200):
            with turns:
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=often, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)
    assert most == [1] * 1600
