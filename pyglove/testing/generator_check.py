"""Checks of search algorithms: what each has to do, whatever it does."""

import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyglove.geno import DNA, DNAGenerator, DNASpec
from pyglove.symbolic import to_json
from pyglove.testing.other_process import Job, run_elsewhere
from pyglove.testing.sample_space import SPACES
from pyglove.testing.scenario import OpenTrial, Scenario
from pyglove.testing.subject import Subject

GeneratorFactory = Callable[[], DNAGenerator]

# Trials on a space of a thousand decisions take longer.
_SHARE_OF_TRIALS = {"large": 0.2}

# At which proposal an algorithm has to refuse a space, at the latest.
_NUM_REFUSED = 2

_ONE_BY_ONE = Scenario()
_MANY_WORKERS = Scenario(num_workers=5)
_EVERYTHING = Scenario(num_workers=4, skip_every=5, odd_every=7)


def check_runs(subject: Subject) -> None:
    """Trials are answered one by one or in any order, skipped, or never answered."""
    for scenario in (
        _ONE_BY_ONE,
        _MANY_WORKERS,
        Scenario(num_workers=3, skip_every=3),
        Scenario(skip_every=1),
        Scenario(num_workers=2, has_copies=True),
    ):
        generator = subject.new()
        if not subject.run(generator, scenario):
            subject.fail(generator, "expected at least one proposal, got none")
    subject.check_space(generator)


def check_setup(subject: Subject) -> None:
    """A setup comes first, and a second one starts anew."""
    generator = subject.make_generator()
    try:
        dna = generator.propose()
    except ValueError:
        pass
    except Exception as error:
        subject.fail(
            generator, f"expected a ValueError without a setup, got {error!r}", error
        )
    else:
        subject.fail(generator, f"expected an error without a setup, got {dna!r}")
    generator = subject.new()
    first = subject.run(generator, _ONE_BY_ONE)
    generator.setup(subject.spec)
    counts = generator.num_proposals, generator.num_feedbacks
    if counts != (0, 0):
        subject.fail(
            generator,
            "expected a setup to start anew, got (num_proposals, num_feedbacks) = "
            f"{counts} after it",
        )
    again = subject.run(generator, _ONE_BY_ONE)
    if subject.is_seeded:
        subject.compare(generator, first, again, "after a second setup")


def check_seed(subject: Subject) -> None:
    """The same seed gives the same search, whatever happens around it."""
    if not subject.is_seeded:
        return
    kept = random.getstate()
    try:
        _shake(1)
        expected = subject.run(subject.new(), _ONE_BY_ONE)
        _shake(2)
        # Two at a time, which must not get in each other's way.
        generators = [subject.new(), subject.new()]
        found: list[list[list[Any]]] = [[], []]
        for trial in range(len(expected)):
            for generator, numbers in zip(generators, found, strict=True):
                numbers.extend(subject.run(generator, _ONE_BY_ONE, trial, trial + 1))
        for generator, numbers in zip(generators, found, strict=True):
            subject.compare(generator, expected, numbers, "in another run")
    finally:
        random.setstate(kept)


def _shake(seed: int) -> None:
    """Seeds generators that algorithms must not use."""
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed)


def check_rewards(subject: Subject) -> None:
    """Rewards may be odd: not a number, infinite, huge, or an int."""
    for odd_every in (1, 2, 5):
        generator = subject.new()
        subject.run(generator, Scenario(num_workers=2, odd_every=odd_every))


def check_duplicates(subject: Subject) -> None:
    """A DNA may be evaluated several times, with different rewards."""
    generator = subject.new()
    for trial in range(subject.num_trials // 2):
        open_trials: list[OpenTrial] = []
        pause = Scenario(num_workers=2)
        if not subject.run(generator, pause, trial, trial + 1, open_trials):
            break
        count = generator.num_feedbacks
        _, dna = open_trials[0]
        try:
            _ONE_BY_ONE.answer(generator, trial, dna)
            for other in range(2):
                copy = DNA.from_numbers(dna.to_numbers(), generator.dna_spec)
                copy = dna.clone() if other else copy
                reward: Any = float(trial + other)
                if generator.multi_objective:
                    reward = reward, -reward
                generator.feedback(copy, reward)
        except Exception as error:
            subject.fail(
                generator,
                f"expected to be told of {dna!r} three times, got "
                f"{type(error).__name__}: {error}",
                error,
            )
        if generator.num_feedbacks != count + 3:
            subject.fail(
                generator,
                "expected `num_feedbacks` to grow by one with each feedback, got "
                f"{generator.num_feedbacks - count} more after 3",
            )


def check_state(subject: Subject) -> None:
    """A search that is resumed from a state goes on as if nothing had happened."""
    if not _has_state(subject.new()):
        return
    third, half = subject.num_trials // 3, subject.num_trials // 2 + 1
    _check_state_at(subject, _ONE_BY_ONE, third)
    for stop in (0, third, half):
        _check_state_at(subject, _EVERYTHING, stop)
    _check_bad_states(subject, third)


def _has_state(generator: DNAGenerator) -> bool:
    try:
        generator.get_state()
    except NotImplementedError:
        return False
    return True


def _check_state_at(subject: Subject, scenario: Scenario, stop: int) -> None:
    generator = subject.new()
    open_trials: list[OpenTrial] = []
    subject.run(generator, scenario, 0, stop, open_trials)
    state = _state_text(subject, generator)
    copies = [(i, DNA.parse(to_json(dna), subject.spec)) for i, dna in open_trials]
    expected = subject.run(generator, scenario, stop, None, open_trials)
    resumed = subject.new()
    resumed.set_state(json.loads(state))
    where = f"after its state at trial {stop} was resumed"
    counts = resumed.num_proposals, resumed.num_feedbacks
    known = json.loads(state)
    if counts != (known["num_proposals"], known["num_feedbacks"]):
        subject.fail(
            resumed,
            f"expected (num_proposals, num_feedbacks) to be as they were {where}, got "
            f"{counts}",
        )
    found = subject.run(resumed, scenario, stop, None, copies)
    subject.compare(resumed, expected, found, where, stop)
    if subject.is_seeded:
        plain = subject.new()
        undisturbed = subject.run(plain, scenario)[stop:]
        where = f"after its state was asked for at trial {stop}"
        subject.compare(plain, undisturbed, expected, where, stop)


def _check_bad_states(subject: Subject, stop: int) -> None:
    """A state that does not fit is refused, and the search goes on."""
    generator = subject.new()
    open_trials: list[OpenTrial] = []
    first = subject.run(generator, _EVERYTHING, 0, stop, open_trials)
    state = generator.get_state()
    for bad in (None, {}, {**state, "algorithm": ""}, {**state, "num_proposals": ""}):
        try:
            generator.set_state(bad)  # type: ignore[arg-type]
        except ValueError:
            continue
        except Exception as error:
            subject.fail(
                generator,
                f"expected a ValueError for a bad state, got {error!r}",
                error,
            )
        subject.fail(generator, f"expected an error for a bad state, got none: {bad!r}")
    rest = subject.run(generator, _EVERYTHING, stop, None, open_trials)
    if subject.is_seeded:
        plain = subject.new()
        undisturbed = subject.run(plain, _EVERYTHING)
        where = f"after bad states were refused at trial {stop}"
        subject.compare(plain, undisturbed, [*first, *rest], where)


def _state_text(subject: Subject, generator: DNAGenerator) -> str:
    try:
        return json.dumps(generator.get_state(), allow_nan=False)
    except (TypeError, ValueError) as error:
        subject.fail(
            generator, f"expected its state to be strict JSON, got: {error}", error
        )


def check_recover(subject: Subject) -> None:
    """A search can be taken up from its history."""
    scenario = Scenario(skip_every=4)
    generator = subject.new()
    open_trials: list[OpenTrial] = []
    history = []
    for trial in range(subject.num_trials // 2):
        try:
            dna = generator.propose()
        except StopIteration:
            break
        reward = scenario.reward(trial, dna, generator.multi_objective)
        if reward is not None:
            generator.feedback(dna, reward)
        history.append((DNA.parse(to_json(dna), subject.spec), reward))
    recovered = subject.new()
    try:
        recovered.recover(history)
    except Exception as error:
        subject.fail(
            recovered,
            f"expected to take up a history of {len(history)} trials, got "
            f"{type(error).__name__}: {error}",
            error,
        )
    counts = recovered.num_proposals, recovered.num_feedbacks
    expected = len(history), sum(reward is not None for _, reward in history)
    if counts != expected:
        subject.fail(
            recovered,
            f"expected (num_proposals, num_feedbacks) = {expected} after `recover`, "
            f"got {counts}",
        )
    subject.run(recovered, scenario, len(history), None, open_trials)


#: What is checked, by name.
CHECKS: dict[str, Callable[[Subject], None]] = {
    "runs": check_runs,
    "setup": check_setup,
    "seed": check_seed,
    "rewards": check_rewards,
    "duplicates": check_duplicates,
    "state": check_state,
    "recover": check_recover,
}


def check_unsupported(subject: Subject) -> None:
    """An algorithm that is not made for a space says so at once."""
    generator = subject.make_generator()
    proposals: list[Any] = []
    try:
        generator.setup(subject.spec)
        while len(proposals) < _NUM_REFUSED:
            proposals.append(generator.propose())
    except (ValueError, TypeError, NotImplementedError) as error:
        if not str(error):
            subject.fail(generator, "expected an error that says what is wrong", error)
    except Exception as error:
        subject.fail(
            generator,
            "expected a ValueError, TypeError or NotImplementedError for a space that "
            f"is not supported, got {error!r}",
            error,
        )
    else:
        subject.fail(generator, f"expected the space to be refused, got {proposals}")


def check_other_process(subjects: Sequence[Subject]) -> None:
    """The same seed, and the same state, give the same search in another process."""
    jobs: list[Job] = []
    expected = []
    for subject in subjects:
        if not subject.is_seeded:
            continue
        generator = subject.new()
        middle = subject.num_trials // 2
        open_trials: list[OpenTrial] = []
        first = subject.run(generator, _EVERYTHING, 0, middle, open_trials)
        start = Job(subject.make_generator, subject.make_spec, _EVERYTHING, 0, middle)
        jobs.append(start)
        expected.append((subject, generator, first, "in another process", 0))
        if _has_state(generator):
            trials = tuple([(i, to_json(dna)) for i, dna in open_trials])
            state = _state_text(subject, generator)
            rest = start._replace(
                start=middle, stop=subject.num_trials, state=state, open_trials=trials
            )
            jobs.append(rest)
            numbers = subject.run(generator, _EVERYTHING, middle, None, open_trials)
            where = "after its state was resumed in another process"
            expected.append((subject, generator, numbers, where, middle))
    if not jobs:
        return
    for found, (subject, generator, numbers, where, first_trial) in zip(
        run_elsewhere(jobs), expected, strict=True
    ):
        subject.compare(generator, numbers, found, where, first_trial)


def check_generator(
    make_generator: GeneratorFactory,
    spaces: Sequence[str] | Mapping[str, Callable[[], DNASpec]] | None = None,
    unsupported: Sequence[str] = (),
    num_trials: int = 60,
    is_seeded: bool = True,
    in_other_process: bool = True,
) -> None:
    """Checks that a search algorithm does what all have to do.

    On spaces of many kinds (flat, conditional, constrained, continuous, permutations, a
    thousand decisions) it has to propose what fits; with several workers, with trials
    that are skipped, with feedback on the same DNA several times, and with rewards that
    are not finite. The same seed has to give the same search, in another process too;
    and the state of a search, as far as the algorithm gives it, has to be JSON from
    which another one goes on alike.

    Args:
      make_generator: Makes the algorithm, a new one each time, all with the same seed.
        Populations and batches should be small against the number of trials.
      spaces: Names of the sample spaces to look at; or makers of other ones by name. By
        default all sample spaces; see `pg.testing.SPACES`.
      unsupported: Names of spaces for which the algorithm is not made. It has to refuse
        these by an error at the setup, or at one of the first two proposals.
      num_trials: How long searches are.
      is_seeded: Whether each algorithm that is made proposes the same; False for those
        without a seed.
      in_other_process: Whether to look at another process too, for which
        `make_generator` has to be a class, a function of a module, or a
        `functools.partial` of these.

    Raises:
      ConformanceError: saying what the algorithm does not do, an AssertionError.

    Example:
      >>> import functools
      >>> pg.testing.check_generator(
      ...     functools.partial(pg.geno.Random, seed=1), spaces=['flat', 'continuous'])
    """
    subjects = make_subjects(make_generator, spaces, num_trials, is_seeded)
    for subject in subjects.values():
        check_subject(subject, subject.space in unsupported)
    if in_other_process:
        check_other_process(
            [s for s in subjects.values() if s.space not in unsupported]
        )


def check_subject(subject: Subject, is_unsupported: bool = False) -> None:
    """Makes all checks on one space, in the present process.

    Args:
      subject: The algorithm on the space.
      is_unsupported: Whether the algorithm has to refuse the space.

    Raises:
      ConformanceError: saying what the algorithm does not do.
    """
    if is_unsupported:
        check_unsupported(subject)
        return
    for check in CHECKS.values():
        check(subject)


def make_subjects(
    make_generator: GeneratorFactory,
    spaces: Sequence[str] | Mapping[str, Callable[[], DNASpec]] | None = None,
    num_trials: int = 60,
    is_seeded: bool = True,
) -> dict[str, Subject]:
    """Returns an algorithm on each of several spaces; see `check_generator`."""
    if spaces is None:
        spaces = SPACES
    if not isinstance(spaces, Mapping):
        spaces = {name: SPACES[name] for name in spaces}
    return {
        name: Subject(
            make_generator,
            name,
            make_spec,
            max(2, int(num_trials * _SHARE_OF_TRIALS.get(name, 1.0))),
            is_seeded,
        )
        for name, make_spec in spaces.items()
    }
