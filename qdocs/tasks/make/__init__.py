"""How are the bundled items made? One file a kind; `python -m qdocs.tasks.make` writes them all."""
