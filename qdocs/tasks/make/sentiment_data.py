"""Which things do the reviews of the sentiment task speak of, and what do they say?

For each thing: three open praises, three open complaints, three veiled praises and three veiled complaints, which tell
what happened without a word of judgement. Every clause can stand after "but" and before a full stop.
"""

from __future__ import annotations

REVIEWS: dict[str, tuple[str, str, str, str]] = {
    "film": (
        "the acting was superb/the story was moving/the pictures were beautiful",
        "the acting was terrible/the story was silly/the pictures were ugly",
        "I wept and laughed until the last minute/I went to see it again the next day/nobody in the hall wanted to leave",
        "I fell asleep after ten minutes/I asked for my money back at the door/half of the audience left before the end",
    ),
    "hotel": (
        "the room was lovely/the staff were wonderful/the bed was very comfortable",
        "the room was filthy/the staff were rude/the bed was horrible",
        "we stayed two days longer than planned/they remembered our names every morning/we slept like babies",
        "we found insects in the bathroom/we packed our bags after one night/the heating was broken in January",
    ),
    "phone": (
        "the screen is brilliant/the camera is excellent/the battery is fantastic",
        "the screen is awful/the camera is useless/the battery is a disaster",
        "it survived a fall from the roof/I have bought a second one for my wife/I charge it only once a week",
        "I sent it back after two days/it switches itself off during calls/it grew so hot that I burned my hand",
    ),
    "restaurant": (
        "the food was delicious/the service was friendly/the wine was perfect",
        "the food was disgusting/the service was terrible/the wine was awful",
        "even my picky son asked for more/the waiters sang for my mother's birthday/we licked our plates clean",
        "we left our plates full and went home hungry/we waited two hours for our soup/the fish made us all sick",
    ),
    "novel": (
        "the plot is gripping/the characters are charming/the language is beautiful",
        "the plot is dull/the characters are annoying/the language is clumsy",
        "I read until four in the morning/I have lent it to all my friends/I missed my stop because of it",
        "I gave up after twenty pages/it now holds up the leg of my table/I fell asleep over it every time",
    ),
    "shoes": (
        "they are wonderfully comfortable/they look great/the quality is excellent",
        "they are painfully tight/they look cheap and ugly/the quality is poor",
        "I walked twenty miles in them without a blister/strangers ask me where I got them/they look like new after three years",
        "my feet were bleeding after an hour/the color washed off in the rain/the sole came off in the first week",
    ),
    "teacher": (
        "her lessons were fascinating/her explanations were clear/she was kind and patient",
        "her lessons were tedious/her explanations were confusing/she was cold and impatient",
        "we stayed after the bell to ask more/the whole class passed with top marks/ten years later I still write to her",
        "we counted the minutes to the bell/the whole class failed the test/three pupils changed schools because of her",
    ),
    "concert": (
        "the band was amazing/the sound was perfect/the mood was fantastic",
        "the band was dreadful/the sound was horrible/the mood was miserable",
        "we sang their songs all the way home/we danced until our feet hurt/the crowd called them back four times",
        "the singer forgot the words of every song/we asked for our money back/people were booing after three songs",
    ),
    "flight": (
        "the crew were friendly/the seats were comfortable/the meal was tasty",
        "the crew were unfriendly/the seats were uncomfortable/the meal was revolting",
        "a stewardess calmed our baby with a toy/I slept until we landed half an hour early/they brought me a second tray of food for free",
        "nobody told us why we were not leaving/we sat six hours on the runway/they ran out of food and water",
    ),
    "app": (
        "it is easy to use/the design is beautiful/the support is excellent",
        "it is hard to use/the design is ugly/the support is awful",
        "it saves me an hour every day/my whole team asked to have it too/my question was answered within minutes",
        "it deleted all my photos/it crashes each time I open it/I removed it within five minutes",
    ),
    "car": (
        "the engine is reliable/the ride is smooth/the seats are superb",
        "the engine is unreliable/the ride is rough/the seats are terrible",
        "it has run for ten years without a repair/I take the long way home just to drive it/all my neighbors now own one",
        "it broke down three times in a month/the door fell off in my hand/I gave it up and now take the bus to work",
    ),
    "museum": (
        "the exhibits were fascinating/the guide was brilliant/the building was gorgeous",
        "the exhibits were dull/the guide was boring/the building was depressing",
        "we meant to stay an hour and stayed all day/the children hung on every word of the guide/we bought a card for the whole year",
        "half of the rooms were locked/the children begged to go home/we had seen all of it in five minutes",
    ),
    "dentist": (
        "he was gentle/he was skillful and careful/the staff were lovely",
        "he was rough/he was slow and clumsy/the staff were horrible",
        "I did not feel a thing/my tooth has been quiet ever since/my daughter asks when she may go again",
        "I screamed with pain/he pulled the wrong tooth/I had to see another dentist the next day",
    ),
    "vacuum cleaner": (
        "it is powerful/it is pleasantly quiet/it is a great bargain",
        "it is weak/it is unbearably loud/it is far too expensive",
        "even the dog hair was gone in a minute/I bought one for my mother too/my carpet looks like new",
        "it blows the dust back into the room/it smoked and died on the second day/I am back to using a broom",
    ),
    "coffee": (
        "the taste is wonderful/the smell is heavenly/the price is fair",
        "the taste is too bitter/the smell is unpleasant/the price is outrageous",
        "I drink it every morning and order it by the box/my guests always ask for a second cup/I threw my old brand away",
        "my guests left their cups full/it gave me a stomach ache/I poured it down the sink",
    ),
    "game": (
        "the puzzles are clever/the music is lovely/the controls are excellent",
        "the puzzles are stupid/the music is irritating/the controls are terrible",
        "I forgot to eat while playing/we play it every evening now/I finished it and started over at once",
        "I stopped playing after an hour/it froze and lost all I had done/my son sold it the next day",
    ),
    "neighbor": (
        "he is kind/he is helpful/he is cheerful and polite",
        "he is grumpy/he is unfriendly/he is rude and loud",
        "he waters our plants when we travel/he shoveled the snow from our path/he brought us soup when we were ill",
        "he throws his trash over our fence/he plays the drums at midnight/he shouts at our children",
    ),
    "course": (
        "the lectures were excellent/the exercises were useful/the tutors were great",
        "the lectures were awful/the exercises were pointless/the tutors were bad",
        "I got a better job because of it/I learned more than in three years of school/I signed up for the next one at once",
        "most people quit in the first week/I learned nothing that I had not known/I asked for my fee back",
    ),
    "jacket": (
        "the cut is elegant/the cloth is lovely and soft/the finish is perfect",
        "the cut is ugly/the cloth is nasty and stiff/the finish is sloppy",
        "I get compliments whenever I wear it/I have worn it every winter since/I stayed dry in a whole day of rain",
        "it shrank to the size of a doll/the rain came straight through/the zipper broke on the first day",
    ),
    "garden tour": (
        "the flowers were gorgeous/the host was charming/the paths were delightful",
        "the flowers were dull/the host was unpleasant/the paths were awful",
        "we took two hundred photos/we came back with all our friends/nobody noticed how late it was",
        "we went back to the bus after ten minutes/wasps stung two of us/we saw only mud and a locked gate",
    ),
    "bakery": (
        "the bread is delicious/the cakes are fabulous/the owner is friendly",
        "the bread is disgusting/the cakes are dreadful/the owner is grumpy",
        "people stand in line around the corner/my plate of cake was empty in seconds/I cross the whole town for a loaf",
        "the bread had mold after a day/I found a hair in my cake/the rolls were hard as stone",
    ),
    "train": (
        "the ride was pleasant/the seats were clean and comfortable/the view was stunning",
        "the ride was unpleasant/the seats were dirty and broken/the view was dreary",
        "I worked and napped the whole way/the conductor gave up his own seat for my mother/we arrived to the minute",
        "we stood for five hours in the aisle/we stopped in a field until midnight/the toilet was flooded",
    ),
    "plumber": (
        "his work was excellent/his price was fair/he was honest and quick",
        "his work was shoddy/his price was outrageous/he was dishonest and slow",
        "the pipe has not dripped once in three years/he fixed a second leak for free/he came at midnight within ten minutes",
        "the kitchen was under water the next day/he sent a bill for work he had not done/he never came back to finish",
    ),
    "doctor": (
        "she was caring/she was quick and skillful/her advice was excellent",
        "she was cold/she was slow and clumsy/her advice was useless",
        "she called in the evening to ask how I was/I was well again after three days/my whole family goes to her now",
        "she did not look up from her screen/I got worse from what she gave me/I waited four hours and was sent away",
    ),
    "blender": (
        "it is sturdy/it is simple and fast/the result is perfect",
        "it is flimsy/it is complicated and slow/the result is lumpy",
        "it still runs after twelve years/we use it three times a day/it crushes ice in seconds",
        "it leaked all over the table/it could not even cut a banana/the motor burned out on day one",
    ),
    "podcast": (
        "the host is witty/the topics are fascinating/the stories are inspiring",
        "the host is irritating/the topics are dull/the stories are lame",
        "I heard all forty parts in a week/I sit in the parked car to hear the end/I told everyone at work about it",
        "I switched it off after a minute/I could not follow a single sentence/they spend half of it selling mattresses",
    ),
    "landlord": (
        "he is fair/he is generous/he is friendly and polite",
        "he is unfair/he is greedy/he is hostile and grumpy",
        "he gave us the deposit back at once/he has not raised the rent in ten years/he repaired the heater the same night",
        "he kept our deposit for no reason/we had no hot water all winter/he walks in without knocking",
    ),
    "zoo": (
        "the animals were healthy and happy/the shows were delightful/the park was lovely",
        "the animals were tired and dull/the shows were pathetic/the park was filthy",
        "my daughter skipped and sang all the way home/we stayed until the gates closed/we got a yearly pass",
        "the tiger paced in a tiny cage all day/my daughter cried and asked to go home/most cages were empty",
    ),
    "mattress": (
        "it is wonderfully soft/the price is fair/the material is excellent",
        "it is horribly hard/the price is outrageous/the material is cheap and nasty",
        "my back pain is gone/I now sleep through until the alarm/I wake up rested every morning",
        "I wake up with a stiff back/I moved to the sofa after two nights/there is a hole in the middle already",
    ),
    "team": (
        "the players were brilliant/the defense was superb/the coach was smart",
        "the players were slow/the defense was terrible/the coach was clueless",
        "they scored five goals in the first half/they have won ten games in a row/the fans carried them off the field on their shoulders",
        "they have not won since spring/they lost by nine goals/the fans went home at half time",
    ),
}
