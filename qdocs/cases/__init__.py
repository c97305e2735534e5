"""Case studies from outside: files that nobody here wrote, checked before anything is made of them."""

from qdocs.cases.about import ABOUT, LESSONS, SCHEMA, UNDECIDED, About, schema
from qdocs.cases.check import CASES, Case, check_cases, check_runs, find, load, place_for_runs
from qdocs.cases.new import begin, check_slug
from qdocs.cases.problem import Problem
from qdocs.cases.tree import RUNS

__all__ = [
    "ABOUT",
    "CASES",
    "LESSONS",
    "RUNS",
    "SCHEMA",
    "UNDECIDED",
    "About",
    "Case",
    "Problem",
    "begin",
    "check_cases",
    "check_runs",
    "check_slug",
    "find",
    "load",
    "place_for_runs",
    "schema",
]
