"""Reinforcement learning: search algorithms that learn a policy from rewards."""

from pyglove.reinforce.controller import Controller
from pyglove.reinforce.policy_gradient import REINFORCE
from pyglove.reinforce.ppo import PPO

ppo = PPO
reinforce = REINFORCE

__all__ = ["PPO", "ppo", "REINFORCE", "reinforce", "Controller"]


def __dir__() -> list[str]:
    return sorted(__all__)
