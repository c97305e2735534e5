"""How often does the tutor answer rightly, and how often does it refuse? `make tutor-eval` asks the browser's own code.

The figures go to `docs/data/tutor-eval.json`, from which the method page shows them; give `--wrong` to see what went
wrong among the questions that may be looked at while tuning.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from qdocs.publish.tutor import FIGURES, PARTS

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.yml"
SITE = Path("site")


def questions() -> dict[str, Any]:
    """The questions, as they are written."""
    made: dict[str, Any] = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    return made


def evaluate(site: Path, *more: str) -> Any:
    """Ask all questions of a built site, with the code that it serves, in Node."""
    command = ["node", str(HERE / "eval.mjs"), str(site), *more]
    done = subprocess.run(command, input=json.dumps(questions()), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def main() -> int:
    """Evaluate the built site, say what came out, and keep it."""
    made = evaluate(SITE)
    for name in PARTS:
        asked, refused = made[name]["answerable"], made[name]["unanswerable"]
        told = ", ".join(
            f"{key} {asked[key] / asked['questions']:.3f}" for key in ("hit_1", "hit_3", "refused_wrongly")
        )
        print(f"{name}: {told}, of {asked['questions']}; refused {refused['refused']} of {refused['questions']}")
    if "--wrong" in sys.argv:
        for one in evaluate(SITE, "--wrong"):
            print(json.dumps(one, ensure_ascii=False))
    FIGURES.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
