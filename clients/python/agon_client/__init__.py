"""Attach students, adversaries, evaluators, services and environments in Python to a run of Agon."""

from .forks import leave_forks_alone

leave_forks_alone()

from .action_space import ActionSpace
from .adversary import Adversary, AdversaryPlace, attach_adversary, make_batch
from .asking import Services
from .environment import Environment, EnvironmentSpec, Space, Step, VectorEnvironment
from .errors import AgonError, Retry
from .evaluator import Evaluator, SeatedEvaluator, attach_evaluator
from .hosting import EnvironmentServer, Genome, GymLevel, GymLevels, Levels, Pixels, Suite, Variations, serve_environment
from .levels import LevelDescription, Mutation, RemoteLevels
from .measure import Measure
from .program import as_program, say, told_to_end
from .randomness import generator
from .records import (
    DISAGREEMENT,
    STATISTICS,
    UNCERTAINTY,
    Answer,
    ArchiveChange,
    AttemptReport,
    AutoReset,
    Cost,
    Episode,
    GalleryLevel,
    LearnReport,
    LevelReport,
    Lineage,
    Outcome,
    PolicyFile,
    Probe,
    Proposal,
    Question,
    SealedEpisode,
    SealedResult,
    SearchAttempt,
    SearchAttemptTask,
    Seated,
    Snapshot,
    Task,
    TaskBatch,
)
from .sealed import play_sealed
from .service import Service, ServicePlace, attach_service
from .student import Student, StudentPlace, attach_student
from .target import Target
from .tensors import Array

__all__ = [
    "DISAGREEMENT",
    "STATISTICS",
    "UNCERTAINTY",
    "ActionSpace",
    "Adversary",
    "AdversaryPlace",
    "AgonError",
    "Answer",
    "ArchiveChange",
    "Array",
    "AttemptReport",
    "AutoReset",
    "Cost",
    "Environment",
    "EnvironmentServer",
    "EnvironmentSpec",
    "Measure",
    "Episode",
    "Evaluator",
    "GalleryLevel",
    "Genome",
    "GymLevel",
    "GymLevels",
    "LearnReport",
    "LevelReport",
    "LevelDescription",
    "Levels",
    "Lineage",
    "Mutation",
    "Outcome",
    "Pixels",
    "PolicyFile",
    "Probe",
    "Proposal",
    "Question",
    "RemoteLevels",
    "Retry",
    "SealedEpisode",
    "SealedResult",
    "SearchAttempt",
    "SearchAttemptTask",
    "Seated",
    "SeatedEvaluator",
    "Service",
    "ServicePlace",
    "Services",
    "Snapshot",
    "Space",
    "Step",
    "Student",
    "StudentPlace",
    "Suite",
    "Target",
    "Task",
    "TaskBatch",
    "Variations",
    "VectorEnvironment",
    "as_program",
    "attach_adversary",
    "attach_evaluator",
    "attach_service",
    "attach_student",
    "generator",
    "make_batch",
    "play_sealed",
    "say",
    "serve_environment",
    "told_to_end",
]
