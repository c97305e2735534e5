"""Which accuracy tasks are bundled? lm-eval YAML, items as JSON lines beside each, made by `qdocs.tasks.make`."""
