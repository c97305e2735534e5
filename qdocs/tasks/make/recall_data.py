"""Which sentences fill the long texts of the recall task, and which words are recalled?"""

from __future__ import annotations

FILLERS = {
    "farm": (
        """In the early morning|After the rain|Before breakfast|Towards noon|Later that day|When the sun came out|
        During the hot hours|While the soup was cooking|Just before dark|Without much hurry""",
        """the farmer looked after|the two boys talked about|my aunt pointed at|a neighbor asked about|the old man walked past|
        everybody stood around|the girls made a drawing of|our uncle took care of|somebody laughed about|
        the workers rested beside|we went to look at|the youngest son worried about""",
        """the long fence by the road|the broken cart behind the house|a heap of dry wood|the water pipe near the field|
        the seats of the tractor|three sacks of flour|the roof of the small shed|a pile of old tires|
        the stones along the path|the nets over the berries|the hay in the upper loft|a row of young plants""",
    ),
    "ship": (
        """At six bells|In a light breeze|Under a dark sky|Soon after sunrise|With the tide|On the second watch|
        In calm water|After the evening meal|While the fog lasted|Some miles from the coast""",
        """the crew looked at|the first mate checked|two sailors talked about|the cook complained about|
        the officers made a note about|a young hand pointed at|the men on deck joked about|the carpenter worried about|
        everyone on board watched|we asked about|the night watch reported on|the engineer shook his head at""",
        """the forward deck|the spare ropes|a crate of dried beans|the small boat on the left side|the torn sail|
        the pump in the engine room|the barrels of fresh water|a loose plank|the lamps on the mast|
        the charts of the southern islands|the anchor chain|a bank of low clouds""",
    ),
    "office": (
        """On the third floor|Before the meeting|As usual|Shortly after ten|Between two calls|Near the end of the week|
        Later that morning|For the second time|At the request of the board|Without any hurry""",
        """the manager looked at|two of the clerks talked about|the new assistant asked about|an engineer spoke about|
        the whole team looked into|the director made a remark about|a visitor wondered about|the secretary searched for|
        somebody laughed about|the accountant worried about|we discussed|the porter was sent for""",
        """the plan for the next quarter|a letter from a supplier|the minutes of the last meeting|a list of repairs|
        the rules for the parking lot|the report on heating costs|a box of blank forms|the contract with the cleaners|
        the drawings of the new entrance|an old complaint|the budget for paper and ink|the notes on staff training""",
    ),
    "journey": (
        """Beyond the bridge|On the fourth day|Where the road turns|Tired from the climb|In the narrow valley|
        Not far from the border|After a short rest|Before the next village|Through the open window|At a slow pace""",
        """we talked about|the guide pointed out|my companion admired|the driver described|the other travelers praised|
        some children told us about|I wrote about|nobody noticed|the older guests spoke of|an old shepherd mentioned|
        we argued about|the poet in our group made a verse about""",
        """a ruined mill|the steep fields of barley|a row of white houses|the remains of a wall|a deep green lake|
        the smell of a warm meal|the sound of the river|an empty market square|a wooden bench under a tree|
        the view of the far hills|a path to the left|the old stone bridge""",
    ),
    "school": (
        """During the second lesson|In the long break|On a rainy afternoon|Before the bell|At the back of the room|
        As part of the project|After the test|After the holidays|On a sunny day|For the school paper""",
        """the class talked about|one of the pupils asked about|the teacher spoke about|a small group worked on|
        everybody laughed about|the older children discussed|two friends described|the headmaster praised|
        the caretaker complained about|nobody understood|the visitors looked at|we wrote about""",
        """a poem about the sea|the parts of a flower|a model of a bridge|the rules of the game|the map on the wall|
        an experiment with warm water|the broken window|the play for the summer|a page of hard sums|
        the history of the town|a song in three parts|the list of new words""",
    ),
}

WORDS = {
    "code": """falcon copper willow marble amber cobalt thunder harvest lantern meadow pepper crystal velvet saddle
        canyon glacier orchid eagle comet""",
    "name": """Anna Ben Clara David Emma Frank Grace Henry Jack Karen Leo Maria Oscar Paul Rosa Sam Tom Victor Alice
        Daniel Helen James Kate Laura Peter Ruth Simon Lucy Adam Julia Lisa Martin""",
    "surname": """Brown Smith King Young Hill Green Baker Cook Wood Stone Bell Fisher Hunter Cooper Turner Parker Carter Moore
        Taylor Walker Wright Clark Lewis Allen Scott Adams Nelson Mitchell Roberts Phillips Evans Edwards Collins Stewart
        Morris Rogers Reed Morgan Murphy Bailey""",
    "item": """hammer rope lamp mirror clock camera bottle blanket wallet candle ladder bucket basket compass helmet statue
        kettle carpet pillow puzzle trumpet balloon""",
    "room": "kitchen garden library garage attic basement barn tower studio chapel bakery harbor theater hospital",
    "city": "Paris London Rome Berlin Madrid Vienna Lisbon Dublin Oslo Athens Cairo Delhi Tokyo Boston Chicago Toronto",
    "animal": "dog cat horse cow goat sheep pig duck rabbit mouse bird fox wolf bear lion tiger",
    "color": "red blue green yellow black white brown orange purple pink gray silver",
    "food": "bread cheese rice soup fish cake honey butter salad chicken pasta sugar salt tea coffee milk",
    "sport": "tennis football golf chess hockey cricket rugby basketball baseball",
    "job": "doctor teacher nurse baker painter writer lawyer pilot singer sailor dentist",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "month": "January February March April June July August September October November December",
}
POOLS = {kind: words.split() for kind, words in WORDS.items()}


def sentences(setting: str) -> tuple[list[str], list[str], list[str]]:
    """The beginnings, middles and ends of a setting's sentences; any three of them fit together."""
    first, second, third = ([part.strip() for part in parts.split("|")] for parts in FILLERS[setting])
    return first, second, third
