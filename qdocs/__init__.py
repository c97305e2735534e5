"""qdocs: measure weight-only quantization, compare it with the baseline, publish what was measured."""

__version__ = "0.1.0"
