"""What is a reading scene, and which words fill its gaps?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """A passage with gaps: four `facts` stand between `opening` and `closing`, in a drawn order unless `in_order`.

    The last gap of each fact is of the kind that the scene asks for. A question is its level (2 or 3), its wording and
    the gap that answers it; a wording that does not end in "?" is the beginning of a sentence that the answer continues.
    """

    name: str
    opening: str
    facts: tuple[str, ...]
    closing: str
    questions: tuple[tuple[int, str, str], ...]
    in_order: bool = False


WORDS = {
    "name": """Anna Ben Clara David Emma Frank Grace Henry Jack Karen Leo Maria Oscar Paul Rosa Sam Tom Victor Alice
        Daniel Helen James Kate Laura Peter Ruth Simon Lucy Adam Julia Lisa Martin Nick Oliver Rachel Sophie""",
    "woman": """Anna Clara Emma Grace Karen Maria Rosa Alice Ella Helen Kate Laura Ruth Sarah Lucy Jane Julia Lisa Mary
        Rachel""",
    "man": """Ben David Frank Henry Jack Leo Oscar Paul Tom Victor Carl Daniel James Peter Simon Adam Martin Nick
        Oliver Robert""",
    "colour": "red blue green yellow black white brown orange purple pink gray silver",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "place": "kitchen bedroom library garage attic basement bathroom workshop studio hall nursery office",
    "town": "Paris London Rome Berlin Madrid Vienna Lisbon Dublin Oslo Athens Cairo Delhi Tokyo Boston Chicago Toronto",
    "food": "bread cheese rice soup fish cake honey butter salad chicken pasta fruit",
    "fruit": "apple pear plum lemon peach cherry banana mango",
    "thing": """hammer rope lamp key map ring basket ladder bucket mirror clock camera bottle blanket wallet candle""",
    "animal": "dog cat horse cow goat sheep pig duck rabbit mouse bird fox",
    "job": "doctor teacher nurse farmer baker painter driver writer lawyer pilot singer cook sailor dentist",
    "tree": "pine maple willow cedar birch palm spruce",
    "month": "January February March April May June July August September October November December",
    "shape": "circle square triangle star cross diamond heart",
    "metal": "iron copper gold silver lead tin zinc",
    "sound": "bell whistle drum horn flute trumpet",
    "sport": "tennis football golf chess hockey cricket rugby basketball baseball",
    "subject": "history music art science geography biology chemistry English",
}
POOLS = {kind: words.split() for kind, words in WORDS.items()}
