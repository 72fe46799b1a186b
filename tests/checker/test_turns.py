"""The queue of runs: in the order they came, never more than the limit, and left before one's turn."""

from __future__ import annotations

from checker.turns import Place, Turns


def test_runs_begin_in_the_order_they_came() -> None:
    begun: list[str] = []
    turns = Turns(lambda: 2)
    for name in "abcd":
        turns.ask(name, lambda name=name: begun.append(name))  # type: ignore[misc]
    assert begun == ["a", "b"]
    assert [turns.place(name) for name in "abcd"] == [None, None, Place(2, 0), Place(2, 1)]
    turns.end("a")
    assert begun == ["a", "b", "c"]
    assert turns.place("d") == Place(2, 0)


def test_a_place_in_the_queue_is_left_once_and_only_before_the_turn() -> None:
    begun: list[str] = []
    turns = Turns(lambda: 1)
    for name in "abc":
        turns.ask(name, lambda name=name: begun.append(name))  # type: ignore[misc]
    assert (turns.leave("a"), turns.leave("b"), turns.leave("b")) == (False, True, False)
    turns.end("a")
    assert begun == ["a", "c"]


def test_a_run_that_ends_before_it_began_lets_the_next_one_in() -> None:
    begun: list[str] = []
    turns = Turns(lambda: 1)
    turns.ask("a", lambda: turns.end("a"))
    turns.ask("b", lambda: begun.append("b"))
    assert begun == ["b"]


def test_a_greater_limit_holds_from_the_next_question_on() -> None:
    begun: list[str] = []
    limit = [1]
    turns = Turns(lambda: limit[0])
    turns.ask("a", lambda: begun.append("a"))
    turns.ask("b", lambda: begun.append("b"))
    limit[0] = 3
    turns.ask("c", lambda: begun.append("c"))
    assert begun == ["a", "b", "c"]
