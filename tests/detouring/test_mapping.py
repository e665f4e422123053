"""Which detours are in force: nesting, threads, tasks and generators."""

import asyncio
import contextlib
import itertools
import threading

from hypothesis import given
from hypothesis import strategies as st

from pyglove.detouring import current_mappings, detour


class A:
    pass


class B:
    pass


class C:
    pass


class D:
    pass


def to_function(cls):
    return to_function


CLASSES = [A, B, C, D]


def created():
    return [made if (made := c()) is to_function else type(made) for c in CLASSES]


def in_force(*layers):
    with contextlib.ExitStack() as stack:
        for layer in layers:
            mappings = stack.enter_context(detour(layer))
        assert created() == [mappings.get(c, c) for c in CLASSES]
        return mappings


def resolve(layers):
    """What the documentation says of nested blocks, the outermost layer first."""
    outer = {}
    for layer in layers:
        inner = {
            source: outer.get(destination, destination) for source, destination in layer
        }
        outer = {**inner, **outer}
    return outer


def test_what_a_block_further_out_says_prevails():
    assert in_force([(A, C)], [(A, B)]) == {A: C}


def test_detours_of_blocks_further_out_are_followed():
    assert in_force([(B, C)], [(A, B)]) == {B: C, A: C}
    assert in_force([(B, to_function)], [(A, B)]) == {B: to_function, A: to_function}
    assert in_force([(C, D)], [(B, C)], [(A, B)]) == {C: D, B: D, A: D}


def test_detours_of_blocks_further_in_are_not_followed():
    assert in_force([(A, B)], [(B, C)]) == {A: B, B: C}


def test_a_way_back_ends():
    assert in_force([(A, B)], [(B, A)]) == {A: B, B: B}


layers = st.lists(
    st.lists(
        st.tuples(st.sampled_from(CLASSES), st.sampled_from([*CLASSES, to_function])),
        max_size=4,
    ),
    max_size=4,
)


@given(layers)
def test_nested_blocks(layers):
    with contextlib.ExitStack() as stack:
        for i, layer in enumerate(layers):
            mappings = stack.enter_context(detour(layer))
            assert mappings == current_mappings() == resolve(layers[: i + 1])
            assert created() == [mappings.get(c, c) for c in CLASSES]
    assert current_mappings() == {}
    assert created() == CLASSES


@given(layers, st.randoms(use_true_random=False))
def test_blocks_may_be_left_in_any_order(layers, random):
    open_blocks = []
    for layer in layers:
        block = detour(layer)
        block.__enter__()
        open_blocks.append((layer, block))
    while open_blocks:
        assert current_mappings() == resolve([layer for layer, _ in open_blocks])
        _, block = open_blocks.pop(random.randrange(len(open_blocks)))
        block.__exit__(None, None, None)
    assert current_mappings() == {}
    assert created() == CLASSES


def test_other_threads_are_not_affected():
    seen = []
    with detour([(A, B)]):
        thread = threading.Thread(
            target=lambda: seen.append((created(), current_mappings()))
        )
        thread.start()
        thread.join()
    assert seen == [(CLASSES, {})]


def test_threads_have_their_own_detours():
    rounds, failures = 200, []
    barrier = threading.Barrier(3)

    def work(destination):
        barrier.wait()
        for _ in range(rounds):
            with detour([(A, destination), (D, lambda cls: cls())]):
                if type(A()) is not destination or type(D()) is not D:
                    failures.append(destination)
            if type(A()) is not A:
                failures.append(A)

    threads = [threading.Thread(target=work, args=(c,)) for c in (B, C, D)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert created() == CLASSES


def test_tasks_have_their_own_detours():
    async def work(destination):
        with detour([(A, destination)]):
            await asyncio.sleep(0)
            return type(A())

    async def main():
        return await asyncio.gather(work(B), work(C))

    assert asyncio.run(main()) == [B, C]


def test_a_task_does_not_keep_detours_of_a_block_that_was_left():
    async def work(closed):
        inside = type(A())
        await closed.wait()
        # Another block has a detour for the class, but not around this task.
        return inside, type(A()), current_mappings()

    async def main():
        closed = asyncio.Event()
        with detour([(A, B)]):
            task = asyncio.create_task(work(closed))
            await asyncio.sleep(0)
        with detour([(A, C)]):
            closed.set()
            return await task

    assert asyncio.run(main()) == (B, A, {})


def test_a_generator_that_is_closed_ends_its_detours():
    def generate():
        with detour([(A, B)]):
            for _ in itertools.count():
                yield type(A())

    generator = generate()
    assert next(generator) is B
    generator.close()
    assert A().__class__ is A


def test_a_block_can_be_a_decorator():
    @detour([(A, B)])
    def make():
        return type(A())

    assert [make(), make(), type(A())] == [B, B, A]
