"""Which pairs differ in the form of an answer: its length, format, language?

Each is (level, message, chosen, rejected), by theme."""

from __future__ import annotations

from qdocs.tasks.make.common import Pair

FORM: dict[str, list[Pair]] = {
    "follows-a-length": [
        (1, "Answer with yes or no: is fire hot?", "Yes.", "Hot."),
        (1, "In one word: how do plants make food from light?", "Photosynthesis.", "With leaves."),
        (
            2,
            "In one sentence: what is rain?",
            "Rain is water that falls from clouds in drops.",
            "It is water. It falls from clouds in drops.",
        ),
        (2, "Name one fruit, nothing else.", "Pomegranate", "Apples, pears"),
        (
            3,
            "In at most six words: why sleep?",
            "Sleeping restores memory, muscles and immunity.",
            "So that we are fit for the day.",
        ),
        (
            3,
            "Two sentences, please: what is a library?",
            "A library lends books. Everybody may read there.",
            "A library lends books, and everybody may read.",
        ),
        (2, "Say it in three words: how are you?", "I am fine.", "Fine, thanks."),
        (
            3,
            "One sentence only: what is a bridge for?",
            "A bridge carries people over what they cannot cross.",
            "A bridge carries people. It helps them to cross water.",
        ),
    ],
    "follows-a-format": [
        (1, "List three colours, separated by commas.", "red, green, blue", "red and green and blue"),
        (1, "Write the answer in capital letters: the opposite of hot?", "COLD", "cold"),
        (2, "Give the date as year, month, day: 3 May 2021.", "2021-05-03", "03-05-2021"),
        (2, "Answer as JSON with the key city: the capital of Italy.", '{"city": "Rome"}', '{"town": "Rome"}'),
        (3, "Put each of these on its own line: milk, eggs.", "milk\neggs", "milk, eggs"),
        (3, "Number the steps: mix, bake.", "1. Mix 2. Bake", "First mix, and then bake"),
        (
            2,
            "Use quotation marks around the title: my book is called Rain.",
            'It is called "Rain".',
            "It is simply called Rain.",
        ),
        (3, "Reply with the letter only. Which is a bird? a) trout b) robin", "b", "a"),
    ],
    "stays-in-the-language": [
        (
            1,
            "Wie spät ist es, wenn es Mittag ist?",
            "Dann ist es zwölf Uhr.",
            "Then the clock in the hall strikes twelve.",
        ),
        (1, "Quelle est la couleur de la neige ?", "Elle est blanche.", "Its colour is white."),
        (2, "¿Cuántos días tiene una semana?", "Tiene siete.", "It has seven."),
        (2, "Di che colore è il mare?", "Di solito è blu.", "Mostly it is deep blue."),
        (
            3,
            "What do people like to drink in the morning?",
            "Many like a cup of coffee, and others like a tea.",
            "Viele mögen Kaffee oder Tee.",
        ),
        (
            3,
            "What colour are most leaves in summer?",
            "In summer nearly all of them are green.",
            "La plupart sont vertes.",
        ),
        (2, "Which animal gives us milk?", "The cow and the goat do.", "La vaca y la cabra."),
        (3, "What do I need for bread?", "Flour and water, and salt and some yeast.", "Farina, acqua, sale e lievito."),
    ],
    "keeps-to-the-point": [
        (
            1,
            "What time is dinner if lunch is at noon and dinner six hours later?",
            "Dinner is at six in the evening.",
            "Speaking of dinner, I like soup at noon.",
        ),
        (
            2,
            "Where do I switch off the alarm?",
            "Press the red button on its left side.",
            "Alarms have a long and curious history.",
        ),
        (2, "How do I spell necessary?", "Necessary has one c and two s.", "Spelling is a topic in many schools."),
        (
            3,
            "Is the museum open on Mondays?",
            "Many museums close on Mondays; look at its website.",
            "Museums keep paintings, coins, and very old bones.",
        ),
        (
            3,
            "Which bus goes to the harbour?",
            "I do not know your town; the map at the stop will say.",
            "Harbours are busy places with cranes, ships and gulls.",
        ),
        (1, "What is the opposite of early?", "The opposite of early is late.", "Early birds catch many worms."),
        (
            2,
            "How do I save the file?",
            "Choose Save in the menu, or press Control and S.",
            "Files were once kept in large cabinets of steel.",
        ),
        (
            3,
            "Can I freeze the soup?",
            "Yes, let it cool first, and leave room in the jar.",
            "Soup warms the heart, and nearly every cook loves making it.",
        ),
    ],
    "no-repetition": [
        (1, "What do bees make?", "Bees make honey and wax.", "Bees make honey and honey."),
        (
            1,
            "Tell me about the sea.",
            "The sea is salty, deep, and full of life.",
            "The sea is the sea, and the sea is the sea.",
        ),
        (
            2,
            "Why do leaves fall in autumn?",
            "Trees drop them to save water in the cold season.",
            "Leaves drop since they drop, and so they drop.",
        ),
        (
            2,
            "Describe a good friend.",
            "A good friend listens, is honest, and stays.",
            "A good friend is good, good, and also good.",
        ),
        (
            3,
            "What does a baker do?",
            "A baker mixes dough, bakes bread, and sells it early.",
            "A baker bakes bread, and bakes it, and bakes bread.",
        ),
        (
            3,
            "How can I sleep better?",
            "Go to bed at the same hour, and leave the phone outside.",
            "Rest well by resting, since resting rests you and rests you well.",
        ),
        (
            2,
            "What is in a toolbox?",
            "A hammer, pliers, and a few screwdrivers.",
            "Tools, and more tools, and other tools.",
        ),
        (
            2,
            "What can I see at a zoo?",
            "Lions, penguins, and snakes behind glass.",
            "Animals, animals, and a lot of animals.",
        ),
    ],
}
