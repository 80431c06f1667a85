"""Agents of different spaces, who come and go: rows of one kind."""

from __future__ import annotations

import contextlib
import functools
import io
from typing import Any, Mapping

import numpy as np

import agon_client as agon
from agon_client.gen import environments_pb2 as wire
from agon_client.hosting import GymLevel
from agon_client.hosting.contract import LevelSources, VectorRequest
from agon_client.hosting.parallel import HostedParallel
from agon_client.hosting.pool import EnvironmentPool
from agon_client.hosting.step_session import StepSession
from agon_client.stand_ins import Box, Dict, Discrete, Meeting, MultiBinary, MultiDiscrete
from tests.test_hosting import Served

PLAIN: dict[str, Any] = {"levels": agon.GymLevels(), "id": "crew"}
START = GymLevel(1).encode()


class Crew:
    """Three agents. `plan` says who is listed after each step; who is listed no more was terminated."""

    metadata: Mapping[str, Any] = {}
    plan: tuple[tuple[str, ...], ...] = (("scout", "gun", "cook"), ("scout", "gun"), ("gun",), ("scout", "gun"), ())
    observed: Mapping[str, Any] = {name: Box(1, 2, (size,)) for name, size in (("scout", 3), ("gun", 1), ("cook", 2))}
    acted: Mapping[str, Any] = {"scout": Discrete(4), "gun": Discrete(2, start=5), "cook": Discrete(3)}

    def __init__(self) -> None:
        self.possible_agents = ["scout", "gun", "cook"]
        self.agents: list[str] = []
        self.given: list[Mapping[str, Any]] = []

    @property
    def unwrapped(self) -> Crew:
        return self

    def observation_space(self, agent: str) -> Any:
        return self.observed[agent]

    def action_space(self, agent: str) -> Any:
        return self.acted[agent]

    def reset(self, seed: int | None = None, options: Any = None) -> Any:
        self.given, self._steps = [], 0
        self.agents = list(self.plan[0])
        return {name: self.look(name) for name in self.agents}, {}

    def step(self, actions: Mapping[str, Any]) -> Any:
        self.given.append(dict(actions))
        self._steps += 1
        acted, self.agents = self.agents, list(self.plan[self._steps])
        gone = {name: name not in self.agents for name in acted}
        seen = {name: self.look(name) for name in {*acted, *self.agents}}
        return seen, {name: 1.0 for name in acted}, gone, {name: False for name in acted}, {}

    def look(self, name: str) -> Any:
        return np.full(self.observed[name].shape, 1 + 0.25 * self._steps, np.float32)

    def close(self) -> None: ...


def _made(name: str) -> Any:
    return globals()[name]()


class Parallel(Served):
    def refused(self, **spaces: Any) -> agon.AgonError:
        with self.assertRaises(agon.AgonError) as raised:
            self.serve(type("Odd", (Crew,), spaces), **PLAIN)
        self.assertEqual(raised.exception.code, "environment/space")
        return raised.exception

    def test_different_spaces_are_padded_and_say_whose_they_are(self) -> None:
        made: list[Crew] = []

        class Noted(Crew):
            def __init__(self) -> None:
                super().__init__()
                made.append(self)

        environment = self.serve(Noted, **PLAIN)
        spec = environment.spec
        shapes = {name: one.shape for name, one in spec.observations.items()}
        self.assertEqual(shapes, {"agent": (3,), "mask": (4,), "observation": (3,), "present": (1,)})
        self.assertEqual((spec.observations["observation"].low, spec.actions), (0, 4))
        with environment.vector(1, "same-level") as vector:
            first = vector.reset([START])
            step = vector.step(np.array([3, 1, 2]))
        np.testing.assert_array_equal(first["observation"], [[1, 1, 1], [1, 0, 0], [1, 1, 0]])
        np.testing.assert_array_equal(first["agent"], np.eye(3))
        np.testing.assert_array_equal(first["mask"], [[1, 1, 1, 1], [1, 1, 0, 0], [1, 1, 1, 0]])
        np.testing.assert_array_equal(step.observations["observation"], [[1.25] * 3, [1.25, 0, 0], [1.25, 1.25, 0]])
        self.assertEqual(made[-1].given, [{"scout": 3, "gun": 6, "cook": 2}])

    def test_what_the_mask_forbids_is_refused_by_name(self) -> None:
        with self.serve(Crew, **PLAIN).vector(1) as vector, contextlib.redirect_stderr(io.StringIO()):
            vector.reset([START])
            with self.assertRaises(agon.AgonError) as raised:
                vector.step(np.array([0, 3, 0]))
        self.assertEqual(raised.exception.code, "environment/actions")
        self.assertIn("agent 'gun' does [3]; it has whole numbers of 0 … 1", raised.exception.message)

    def test_who_leaves_comes_back_when_the_environment_lists_it_again(self) -> None:
        with self.serve(Crew, **PLAIN).vector(1, "none") as vector:
            vector.reset([START])
            steps = [vector.step(np.zeros(3, int)) for _ in range(4)]
        there = [step.observations["observation"][:, 0].tolist() for step in steps]
        # The last observation of who leaves is told, then zeros; the cook is gone, the scout is there again.
        self.assertEqual(there, [[1.25, 1.25, 1.25], [1.5, 1.5, 0], [1.75, 1.75, 0], [2, 2, 0]])
        # Whoever is there acts in the next step; at the end all who saw the last of it.
        present = [step.observations["present"][:, 0].tolist() for step in steps]
        self.assertEqual(present, [[1, 1, 0], [0, 1, 0], [1, 1, 0], [1, 1, 0]])
        self.assertEqual([step.rewards.tolist() for step in steps], [[1, 1, 1], [1, 1, 0], [0, 1, 0], [1, 1, 0]])
        self.assertEqual([step.done.any() for step in steps], [False, False, False, True])
        np.testing.assert_array_equal(steps[1].observations["mask"][2], [1, 1, 1, 0])

    def test_actions_of_several_choices_and_of_numbers(self) -> None:
        acts: dict[str, Any] = {"scout": MultiDiscrete([2, 3]), "gun": Discrete(4), "cook": MultiBinary(3)}
        several = self.serve(type("Several", (Crew,), {"acted": acts}), **PLAIN)
        self.assertEqual(several.spec.action_space.counts, (4, 3, 2))
        with several.vector(1) as vector:
            mask = vector.reset([START])["mask"]
            vector.step(np.array([[1, 2, 0], [3, 0, 0], [1, 0, 1]]))
        np.testing.assert_array_equal(mask[0], [1, 1, 0, 0, 1, 1, 1, 1, 0])
        np.testing.assert_array_equal(mask[1], [1, 1, 1, 1, 1, 0, 0, 1, 0])
        np.testing.assert_array_equal(mask[2], [1, 1, 0, 0, 1, 1, 0, 1, 1])
        reals: dict[str, Any] = {"scout": Box(-2, 2, (2,)), "gun": Box(-1, 1, (1,)), "cook": Box(0, 1, (2,))}
        made: list[Crew] = []
        boxes = self.serve(lambda: made.append(type("Real", (Crew,), {"acted": reals})()) or made[-1], **PLAIN)
        self.assertEqual(boxes.spec.action_space.low, (-2, -2))
        with boxes.vector(1) as vector:
            vector.reset([START])
            vector.step(np.array([[2, -2], [2, 2], [-1, 1]], np.float32))
        np.testing.assert_array_equal(made[-1].given[0]["scout"], np.float32([2, -2]))
        np.testing.assert_array_equal(made[-1].given[0]["gun"], np.float32([1]))
        np.testing.assert_array_equal(made[-1].given[0]["cook"], np.float32([0, 1]))

    def test_names_that_some_have_alone(self) -> None:
        sees: dict[str, Any] = {
            "scout": Dict({"far": Box(5, 9, (2, 2)), "action_mask": MultiBinary(4)}),
            "gun": Dict({"aim": Discrete(3, start=1)}),
            "cook": Dict({"far": Box(0, 1, (1, 3))}),
        }

        class Named(Crew):
            observed = sees

            def look(self, name: str) -> Any:
                return {
                    "scout": {"far": np.full((2, 2), 9, np.float32), "action_mask": np.array([0, 0, 1, 1], np.int8)},
                    "gun": {"aim": 3},
                    "cook": {"far": np.ones((1, 3), np.float32)},
                }[name]

        with self.serve(Named, **PLAIN).vector(1) as vector:
            first = vector.reset([START])
        np.testing.assert_array_equal(first["aim"], [0, 3, 0])
        np.testing.assert_array_equal(first["far"][0], [[9, 9, 0], [9, 9, 0]])
        np.testing.assert_array_equal(first["far"][2], [[1, 1, 1], [0, 0, 0]])
        np.testing.assert_array_equal(first["mask"], [[0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 1, 0]])

    def test_masks_in_infos_are_those_of_each_agent(self) -> None:
        class Told(Crew):
            def reset(self, **given: Any) -> Any:
                return super().reset(**given)[0], self.infos()

            def step(self, actions: Mapping[str, Any]) -> Any:
                return (*super().step(actions)[:4], self.infos())

            def infos(self) -> Any:
                return {name: {"action_mask": np.arange(self.acted[name].n) == self._steps} for name in self.agents}

        with self.serve(Told, **PLAIN).vector(1) as vector:
            first = vector.reset([START])["mask"]
            step = vector.step(np.zeros(3, int))
        np.testing.assert_array_equal(first, [[1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
        # Who left may do what it has.
        np.testing.assert_array_equal(step.observations["mask"], [[0, 1, 0, 0], [0, 1, 0, 0], [1, 1, 1, 0]])

    def test_a_fault_says_how_its_episode_is_done_again(self) -> None:
        class Broken(Crew):
            def step(self, actions: Mapping[str, Any]) -> Any:
                raise ValueError("oven")

        said = io.StringIO()
        with self.serve(Broken, **PLAIN).vector(1) as vector, contextlib.redirect_stderr(said):
            vector.reset([START])
            with self.assertRaises(agon.AgonError):
                vector.step(np.array([3, 1, 2]))
        self.assertIn("for step in [{'scout': 3, 'gun': 6, 'cook': 2}]:", said.getvalue())

    def test_what_cannot_be_padded_is_refused_with_both_agents(self) -> None:
        flat = {**Crew.observed, "gun": Box(0, 1, (2, 2))}
        self.assertIn("float32 (3,) of 'scout' and float32 (2, 2) of 'gun'", self.refused(observed=flat).message)
        mixed = {**Crew.acted, "cook": Box(0, 1, (2,))}
        self.assertIn("'cook' acts in real numbers and 'scout' in choices", self.refused(acted=mixed).message)
        taken = {**Crew.observed, "gun": Dict({"agent": Box(0, 1, (2,))})}
        self.assertIn("says whose row it is", self.refused(observed=taken).message)

    def test_who_vanishes_without_a_flag_is_named(self) -> None:
        class Silent(Crew):
            def step(self, actions: Mapping[str, Any]) -> Any:
                seen, rewards, gone, cut, info = super().step(actions)
                return seen, rewards, dict.fromkeys(gone, False), cut, info

        with self.serve(Silent, **PLAIN).vector(1) as vector, contextlib.redirect_stderr(io.StringIO()):
            vector.reset([START])
            with self.assertRaises(agon.AgonError) as raised:
                vector.step(np.zeros(3, int))
        self.assertIn("agent 'cook' is no longer in `agents`", raised.exception.message)

    def test_the_last_of_a_cut_is_of_who_was_there_and_nobody_is_asked_of_who_left(self) -> None:
        hosted = HostedParallel(EnvironmentPool(Meeting), None, None, None, agon.GymLevels())
        sources = LevelSources(agon.GymLevels(), [(1, "slot")])
        vector = hosted.vector(VectorRequest(1, "next-level", sources, finals=True))
        vector.reset([0], [GymLevel(1)])
        finals, rows = vector.rows.finals, vector.rows
        assert finals is not None
        # One walks off the line at once, the other stands until the time is over.
        for t in range(12):
            vector.step(np.array([1, 1] if t else [0, 1]))
            self.assertEqual(rows.truncated.any(), t == 11)
        self.assertEqual((rows.terminated.tolist(), rows.truncated.tolist()), ([1, 0], [0, 1]))
        self.assertEqual(finals["present"][1], 1)
        local = Meeting()
        local.reset(seed=1)
        local.step({"left": 0, "right": 1})
        while local.agents:
            seen = local.step({"right": 1})[0]
        np.testing.assert_array_equal(finals["observation"][1], seen["right"])
        # What stands there now is the next episode's.
        np.testing.assert_array_equal(rows.observations["present"], [[1], [1]])

    def test_who_is_cut_alone_is_told_apart_from_who_left_and_shows_what_it_saw_last(self) -> None:
        class Cut(Crew):
            def step(self, actions: Mapping[str, Any]) -> Any:
                seen, rewards, gone, _, info = super().step(actions)
                # The cook leaves by the rules in the first step, the scout is cut in the second.
                cut = {name: left and name == "scout" for name, left in gone.items()}
                return seen, rewards, {name: left and not cut[name] for name, left in gone.items()}, cut, info

        def played(environment: Any, finals: bool, steps: int = 4) -> list[agon.Step]:
            with environment.vector(2, "same-level", finals=finals) as vector:
                vector.reset([START] * 2)
                return [vector.step(np.zeros(6, int)) for _ in range(steps)]

        environment = self.serve(Cut, **PLAIN)
        self.assertTrue(environment.spec.gives_departures)
        steps = played(environment, True)
        self.assertEqual([step.departed.tolist()[:3] for step in steps], [[0, 0, 1], [2, 0, 0], [0, 0, 0], [0, 0, 0]])
        self.assertEqual([step.departed[3:].tolist() for step in steps], [step.departed[:3].tolist() for step in steps])
        self.assertEqual([step.done.any() for step in steps], [False, False, False, True])
        cut, end = steps[1], steps[3]
        self.assertEqual(steps[0].finals, {})
        np.testing.assert_array_equal(cut.finals["observation"], [[1.5, 1.5, 1.5]] * 2)
        np.testing.assert_array_equal(cut.finals["present"], [[1], [1]])
        np.testing.assert_array_equal(cut.finals["agent"], [[1, 0, 0]] * 2)
        # It is not there for the next step, and what it did then is nobody's.
        self.assertEqual(cut.observations["present"][:, 0].tolist(), [0, 1, 0] * 2)
        # The scout came back and was cut with the end of the episode; the cook had left long before.
        self.assertEqual((end.terminated.tolist()[:3], end.truncated.tolist()[:3]), ([0, 1, 1], [1, 0, 0]))
        # In two processes the same; and nobody who does not ask is told.
        apart = played(self.serve(functools.partial(_made, "Crew"), processes=2, **PLAIN), True)
        self.assertEqual([step.departed.tolist()[:3] for step in apart], [[0, 0, 1], [1, 0, 0], [0, 0, 0], [0, 0, 0]])
        plain = played(environment, False)[1]
        self.assertEqual((plain.departed.size, plain.finals), (0, {}))
        np.testing.assert_array_equal(plain.observations["observation"], cut.observations["observation"])

    def test_who_left_by_the_rules_in_the_step_that_cuts_the_others_was_not_cut(self) -> None:
        with self.serve(Crew, step_limit=1, **PLAIN).vector(1, finals=True) as vector:
            vector.reset([START])
            step = vector.step(np.zeros(3, int))
        self.assertEqual((step.terminated.tolist(), step.truncated.tolist()), ([0, 0, 1], [1, 1, 0]))
        self.assertEqual((step.departed.tolist(), len(step.finals["present"])), ([0, 0, 0], 2))

    def test_departures_are_given_with_finals_and_where_presence_is_said(self) -> None:
        silent = self.serve(Crew, presence=False, **PLAIN)
        self.assertFalse(silent.spec.gives_departures)
        hosted = HostedParallel(EnvironmentPool(Crew), None, None, None, agon.GymLevels())
        for opening in (wire.Open(slots=1, auto_reset=1, departures=True), wire.Open(slots=1, auto_reset=1, finals=True, departures=True)):
            session = StepSession(hosted, agon.GymLevels(), lambda name: None, 8)
            if opening.finals:
                self.assertEqual(session.answer(wire.StepRequest(open=opening)).rows, 3)
                continue
            self.assertEqual(self.code_of(lambda: session.answer(wire.StepRequest(open=opening))), "environment/unsupported")

    def test_who_does_not_want_it_is_not_told_who_is_there(self) -> None:
        self.assertEqual(list(self.serve(Meeting, presence=False, **PLAIN).spec.observations), ["observation"])
        own = {name: Dict({"present": Box(0, 1, (2,))}) for name in Crew.observed}
        self.assertEqual(self.serve(type("Own", (Crew,), {"observed": own}), **PLAIN).spec.observations["present"].shape, (2,))

    def test_seats_name_each_agent_once(self) -> None:
        for seats in ({"west": ["left"]}, {"west": ["left", "right"], "east": ["right"]}, {"west": ["left", "right", "up"]}):
            self.assertEqual(self.code_of(lambda: self.serve(Meeting, seats=seats, **PLAIN)), "environment/space")

    def test_agents_that_move_one_after_another_are_refused_with_the_remedy(self) -> None:
        class Turns(Meeting):
            agent_selection = "left"

            def agent_iter(self) -> Any: ...

        with self.assertRaises(agon.AgonError) as raised:
            self.serve(Turns, **PLAIN)
        self.assertEqual(raised.exception.code, "environment/factory")
        self.assertIn("aec_to_parallel", raised.exception.remedy)
