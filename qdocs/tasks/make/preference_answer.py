"""Which pairs differ in whether an answer is right, whole and what was asked for?

Each is (level, message, chosen, rejected), by theme."""

from __future__ import annotations

from qdocs.tasks.make.common import Pair

ANSWER: dict[str, list[Pair]] = {
    "answers-what-was-asked": [
        (
            1,
            "When does the library close on Fridays if it opens at nine and stays open for eight hours?",
            "It closes at five in the afternoon.",
            "Libraries are lovely places to read.",
        ),
        (1, "How many legs does a spider have?", "A spider has eight legs.", "Spiders live in many lands."),
        (
            2,
            "Which is longer, a mile or a kilometre?",
            "A mile is longer: about 1.6 kilometres.",
            "Miles and kilometres are longer than metres.",
        ),
        (
            2,
            "Can I take the bus to the airport with a bicycle?",
            "Often not; ask the bus company whether it carries bicycles.",
            "Airports have many buses, and some of them run all night.",
        ),
        (
            3,
            "What should I do first if my train ticket is lost?",
            "First go to the ticket office and say when you bought it.",
            "A train ticket shows a date, a seat, a price and a route.",
        ),
        (
            2,
            "Is a tomato a fruit or a vegetable?",
            "In botany it is a fruit; in the kitchen it counts as a vegetable.",
            "Tomatoes can be red, yellow or green, and people enjoy them in salads.",
        ),
        (
            3,
            "Why is my tea bitter?",
            "It probably steeped too long, or the water was too hot.",
            "Tea comes from a plant that is grown in many lands.",
        ),
        (
            1,
            "What colour do you get from blue and yellow paint?",
            "Blue and yellow paint make green.",
            "Blue and yellow paint can be bought.",
        ),
    ],
    "corrects-a-false-premise": [
        (
            1,
            "Why is the sun cold?",
            "The sun is not cold; its surface is thousands of degrees hot.",
            "The sun is cold because it is very far away from our planet.",
        ),
        (
            1,
            "How many wings does a dog have?",
            "Dogs have no wings; they have four legs.",
            "A dog has two wings, one on either side.",
        ),
        (
            2,
            "In which year did Napoleon fly to the moon?",
            "He never did; nobody was on the moon before 1969.",
            "Napoleon flew to the moon in the spring of 1808.",
        ),
        (
            2,
            "Why do fish drown when they breathe water?",
            "They do not drown: gills take oxygen out of the water.",
            "Fish drown because their lungs fill up with the water.",
        ),
        (
            3,
            "Since all metals float, which one should I build my boat of?",
            "Most metals sink; a metal boat floats because of its shape.",
            "Take iron, since it floats best and does not cost very much.",
        ),
        (
            3,
            "Why did they remove the letter E from English?",
            "The letter was never removed; it is the most common of all.",
            "It was removed because nobody could spell with it any more.",
        ),
        (
            2,
            "How do I charge my wooden spoon?",
            "A wooden spoon has no battery, so there is nothing to charge.",
            "Plug your wooden spoon into the wall for about an hour.",
        ),
        (
            3,
            "Which of the two capitals of Japan is older, Tokyo or Osaka?",
            "Japan has one capital, Tokyo; Osaka is a large city but not a capital.",
            "Osaka is the older of the two, and Tokyo took its place much later on.",
        ),
    ],
    "uses-what-was-said": [
        (
            1,
            "I am allergic to nuts. Suggest a snack.",
            "How about an apple with some yoghurt?",
            "How about almonds and walnut bread?",
        ),
        (
            1,
            "I do not eat meat. What could I cook tonight?",
            "You could cook a lentil soup with carrots.",
            "You could cook a beef stew with carrots.",
        ),
        (
            2,
            "I have no car. How do I get to the lake?",
            "Take the train, or go there by bicycle.",
            "Drive there, and park by the water.",
        ),
        (
            2,
            "My son is four. Recommend a book for him.",
            "Take a picture book with short, funny rhymes.",
            "Take a long crime novel with many dark turns.",
        ),
        (
            3,
            "I have only ten minutes. How can I exercise?",
            "Skip rope or climb the stairs for ten minutes.",
            "Run for an hour and then swim for ten minutes.",
        ),
        (
            3,
            "I am on a tight budget. Where should I spend my holiday?",
            "Camp by a lake nearby and cook for yourself.",
            "Take a suite by the sea with its own butler.",
        ),
        (
            2,
            "I work at night. When should I call you back?",
            "Call back in the afternoon, once you have slept.",
            "Call back at midnight, since you are free then.",
        ),
        (
            3,
            "I cannot climb stairs. Which flat would suit me?",
            "One on the ground floor, or with a lift.",
            "One on the fifth floor, with fine stairs.",
        ),
    ],
    "arithmetic-is-right": [
        (1, "What is seven times eight?", "Seven times eight is 56.", "Seven times eight is 54."),
        (1, "I had ten apples and ate three. How many are left?", "Seven apples are left.", "Eight apples are left."),
        (
            2,
            "A shirt costs 40 and is reduced by a quarter. What does it cost now?",
            "It costs 30 now, since a quarter of 40 is 10.",
            "It costs 35 now, since a quarter of 40 is 5.",
        ),
        (2, "How many minutes are two and a half hours?", "They are 150 minutes.", "They are 130 minutes."),
        (
            3,
            "Three friends share a bill of 72 equally. What does each pay?",
            "Each pays 24, for three times 24 is 72.",
            "Each pays 22, for three times 22 is 72.",
        ),
        (
            3,
            "A train leaves at 9:50 and takes 35 minutes. When does it arrive?",
            "It arrives at 10:25.",
            "It arrives at 10:15.",
        ),
        (1, "What is half of 90?", "Half of 90 is 45.", "Half of 90 is 40."),
        (2, "How many days are six weeks?", "Six weeks are 42 days.", "Six weeks are 36 days."),
    ],
    "gives-a-unit": [
        (1, "How long is a marathon?", "A marathon is about 42 kilometres long.", "A marathon is about 42 long."),
        (
            1,
            "At what temperature does water boil at sea level?",
            "Water boils at 100 degrees Celsius there.",
            "Water boils at around 100 there.",
        ),
        (2, "How heavy is a litre of water?", "It weighs one kilogram.", "It weighs exactly one."),
        (
            2,
            "How fast may I drive in this town?",
            "Follow the signs; in many towns it is 50 kilometres an hour.",
            "Follow the signs; in many towns the speed limit is just 50.",
        ),
        (
            3,
            "How much flour do I need for twenty pancakes?",
            "About 500 grams, if each pancake is thin.",
            "About 500, if you like each pancake thin.",
        ),
        (
            3,
            "How long should the eggs boil to be soft?",
            "Boil them for about five minutes.",
            "Boil them for about five or six.",
        ),
        (2, "How far is the moon from here?", "About 384,000 kilometres on average.", "About 384,000 on average."),
        (1, "How long is a day on earth?", "A day is 24 hours long.", "A day is always 24 long."),
    ],
    "steps-in-order": [
        (
            1,
            "How do I make tea?",
            "Boil water, pour it over the tea, wait, and take the tea out.",
            "Take the tea out, wait, pour water over it, and boil the water.",
        ),
        (
            1,
            "How do I post a letter?",
            "Write it, put it into an envelope, add a stamp, and post it.",
            "Post it, add a stamp, put it into an envelope, and write it.",
        ),
        (
            2,
            "How do I change a light bulb?",
            "Switch off the power, let the bulb cool, unscrew it, put in the new one.",
            "Put in the new one, unscrew the bulb, let it cool, switch off the power.",
        ),
        (
            2,
            "How do I plant a bulb?",
            "Dig a hole, put the bulb in, cover it with soil, and water it.",
            "Water it, cover it with soil, put the bulb in, and dig a hole.",
        ),
        (
            3,
            "How do I return a parcel?",
            "Ask for a label, pack the goods, stick the label on, hand it in.",
            "Hand it in, stick the label on, pack the goods, ask for a label.",
        ),
        (
            3,
            "How do I paint a wall?",
            "Clean it, tape the edges, paint two coats, and remove the tape.",
            "Remove the tape, paint two coats, tape the edges, and clean it.",
        ),
        (
            2,
            "How do I bake bread?",
            "Mix the dough, let it rise, bake it, and let it cool.",
            "Let it cool, bake it, let it rise, and mix the dough.",
        ),
        (
            3,
            "How do I back up my photos?",
            "Connect a disk, copy the photos, check that they open, unplug it.",
            "Unplug it, check that they open, copy the photos, connect a disk.",
        ),
    ],
}
