"""Which scenes do graded pairs of sentences speak of, and how far does each variant move from the first sentence?

A scene begins with a sentence, followed by what is paired with it, from grade 5 to grade 1:

    5  the same in other words
    4  the same, a detail left out or added
    3  the same event, but something that matters is different
    2  another event of the same people or things
    1  only the surroundings are the same

After a blank line come four casts: who, the same in another word, what, the same in another word, something else.
They fill `{who}`, `{whom}`, `{what}`, `{that}` and `{else}`.
"""

SCENES = {
    "garden": """
The {who} watered the {what} before sunrise.
Before dawn broke, the {whom} gave the {that} water.
The {who} watered the {what}.
The {who} watered the {else} in the evening.
The {whom} argued with a neighbour about the fence.
Seeds are cheap at this time of the year.

gardener | groundskeeper | roses | rose bushes | cabbages
old woman | elderly lady | lawn | grass | strawberries
boy | young lad | seedlings | sprouting plants | oak tree
monk | friar | beans | bean plants | fountain basin
""",
    "accident": """
A {who} hit a {what} at the crossing this morning.
This morning there was a collision of a {whom} and a {that} at the junction.
A {who} hit a {what}.
A {who} narrowly missed a {else} at the crossing this morning.
The driver of the {whom} was looking for a place to park.
The new traffic lights have not been installed yet.

truck | lorry | cyclist | person on a bicycle | bus
taxi | cab | lamp post | street light | dog
motorbike | motorcycle | fence | railing | pedestrian
van | delivery vehicle | deer | stag | tractor
""",
    "kitchen": """
The {who} burned the {what} because the phone rang.
A telephone call distracted the {whom}, and the {that} was charred.
The {who} burned the {what}.
The {who} saved the {what} from burning although the phone rang for {else}.
The {whom} sharpened every knife in the drawer.
A tidy stove makes a good impression.

cook | chef | toast | grilled bread | an hour
father | dad | omelette | egg dish | ten minutes
student | undergraduate | pizza | flat bread with cheese | a while
baker | pastry maker | cake | sponge | the third time
""",
    "office": """
The {who} postponed the {what} until Thursday.
The {that} was moved to Thursday by the {whom}.
The {who} postponed the {what} until Thursday since two people were ill.
The {who} cancelled the {else} for good.
The {whom} praised the team for its patience.
The corridor on the second floor smells of fresh paint.

manager | boss | meeting | conference | summer party
lawyer | attorney | hearing | court session | contract
teacher | schoolmaster | exam | test | excursion
editor | head of the paper | deadline | closing date | interview
""",
    "travel": """
Our {who} to {what} was delayed by fog for three hours.
Because of mist the {whom} to {that} left three hours late.
Our {who} to {what} was delayed.
Our {who} to {else} left on time in spite of fog.
The food served on the {whom} was surprisingly good.
Many travellers buy a newspaper before they leave.

flight | plane | Lisbon | the Portuguese capital | Oslo
train | rail service | Rome | the Italian capital | Prague
ferry | boat | Dublin | the Irish capital | Hamburg
coach | bus | Paris | the French capital | Madrid
""",
    "music": """
The {who} played the {what} without a single mistake.
The {whom} performed the {that} flawlessly.
The {who} played the {what} without a single mistake before a full house.
The {who} forgot half of the {else} on stage.
The {whom} has taken lessons since the age of five.
Concert halls should be neither too warm nor too dry.

pianist | piano player | sonata | piece in three movements | encore
violinist | fiddler | concerto | work with orchestra | national anthem
trumpeter | horn blower | fanfare | brass signal | lullaby
organist | church musician | fugue | composition for many voices | wedding march
""",
    "weather": """
Heavy {who} flooded the {what} last night.
During the night the {that} was put under water by {whom}.
Heavy {who} flooded the {what} last night, but nobody was hurt.
Heavy {who} damaged the {else} last winter.
The forecast had promised no {whom} at all.
Umbrellas are often left behind on benches.

rain | rainfall | cellar | basement | roof
storms | gales | harbour | port | church tower
thunderstorms | lightning and downpours | campsite | place for tents | vineyard
snowmelt | melting snow | valley road | street in the dale | bridge
""",
    "animals": """
The {who} is sleeping under the {what}.
Beneath the {that}, the {whom} is taking a nap.
The {who} is sleeping.
The {who} is chewing on the {else}.
The {whom} was found in a box by the river.
Vets recommend a check-up once a year.

cat | kitten | table | desk | curtain
dog | puppy | sofa | couch | slipper
hedgehog | spiny little animal | hedge | row of bushes | apple core
rabbit | bunny | bed | bunk | carrot
""",
    "money": """
The {who} lent {what} to a friend and never got it back.
A friend borrowed {that} from the {whom} and did not return it.
The {who} lent {what} to a friend.
The {who} lent {else} to a friend and soon got it back.
The {whom} opened an account at another bank.
Coins were invented a very long time ago.

farmer | man who owns the farm | a thousand euros | 1,000 euros | a car
widow | woman whose husband died | all her savings | everything she had saved | a fridge
sailor | seaman | a month's pay | his wages of four weeks | a boat
nurse | hospital carer | half her salary | fifty per cent of her pay | a bicycle
""",
    "sport": """
The {who} beat {what} in the last minute of the final.
In the closing seconds of the final, {that} lost to the {whom}.
The {who} beat {what}.
The {who} lost the final against {else}.
The {whom} introduced their new coach.
Stadium lights can be seen from far away.

home team | local side | the champions | the title holders | a team of amateurs
visitors | guests | the favourites | those expected to win | their old rivals
juniors | youth team | the seniors | the older players | a school from abroad
women's eleven | female side | the record holders | those with the most cups | the newcomers
""",
    "health": """
The {who} advised the patient to give up {what}.
The patient was told by the {whom} to stop {that}.
The {who} advised the patient to give up {what} for the sake of his heart.
The {who} advised the patient to take up {else}.
The {whom} had written a book about digestion.
The waiting room was decorated with postcards.

doctor | physician | smoking | using cigarettes | swimming
specialist | expert in medicine | coffee | drinking espresso | walking
nurse | carer | sugar | eating sweet things | yoga
surgeon | operating doctor | jogging | running | cycling
""",
    "shopping": """
She exchanged the {who} because it was too {what}.
The {whom} was so {that} that she swapped it for another.
She exchanged the {who}.
She kept the {who} although it was too {else}.
A shop assistant wrapped the {whom} in tissue paper.
The department store closes earlier on Sundays.

coat | jacket | small | tight | long
dress | gown | expensive | costly | bright
hat | cap | large | big | plain
ring | piece of jewellery | heavy | weighty | thin
""",
    "building": """
Workers are tearing down the {who} to make room for a {what}.
The {whom} is being demolished so that a {that} can be built.
Workers are tearing down the {who}.
Workers are restoring the {who} next to the {else}.
An architect gave a talk about the {whom}.
Concrete takes some days to harden.

factory | industrial plant | park | public garden | canal
cinema | movie theatre | hotel | guest house | post office
barracks | military lodging | school | place of learning | cemetery
warehouse | storehouse | motorway | highway | railway line
""",
    "police": """
The police caught the {who} while he was hiding in a {what}.
Officers arrested the {whom}, who had concealed himself in a {that}.
The police caught the {who}.
The {who} escaped the police in a {else}.
The {whom} had been to the same school as the judge.
The police station has a new coffee machine.

thief | robber | barn | farm shed | stolen car
burglar | housebreaker | wardrobe | closet | rowing boat
forger | maker of false money | cellar | basement | hot-air balloon
smuggler | illegal trader | church | chapel | lorry
""",
    "children": """
The {who} drew a {what} on the wall with chalk.
With a piece of chalk, the {whom} made a picture of a {that} on the wall.
The {who} drew a {what}.
The {who} wiped the {else} off the wall with a sponge.
The {whom} refused to eat spinach.
Playgrounds should have some shade.

girl | young daughter | dragon | fire-breathing monster | shopping list
toddler | small child | house | home | writing
twins | two siblings | ship | boat | arrows
pupils | schoolchildren | horse | pony | numbers
""",
    "science": """
Researchers found {who} in {what}.
Scientists discovered {whom} in {that}.
Researchers found {who} in {what} after years of patient search.
Researchers found no trace of {who} in {else}.
A journal rejected the paper about {whom}.
Laboratories have strict rules about gloves.

water | H2O | moon rocks | stones from the moon | Martian dust
gold | a precious yellow metal | ocean water | the sea | the river sand
plastic | synthetic polymers | human blood | people's veins | polar ice
bacteria | microbes | hot springs | geysers | the clean room
""",
    "farming": """
The farmer sold his {who} because {what} had become too dear.
Since {that} cost too much, the farmer parted with his {whom}.
The farmer sold his {who}.
The farmer bought more {who} because {else} had become cheap.
The {whom} were admired at the county fair.
Old barns are popular with photographers.

cows | cattle | fodder | animal feed | land
sheep | flock | fences | enclosures | wool machines
tractors | farm machines | diesel | fuel | credit
pigs | swine | electricity | power | straw
""",
    "sea": """
A {who} rescued {what} from the sinking ship.
{that} were taken off the ship that was going down by a {whom}.
A {who} rescued {what}.
A {who} could not find {else} after the ship sank.
The crew of the {whom} celebrated a birthday.
Salt water is hard on ropes.

helicopter | chopper | nine sailors | Nine seamen | the captain
fishing boat | trawler | two passengers | Two travellers | the cook
tanker | crude carrier | all children | All the kids on board | the cargo
yacht | sailing boat | the musicians | The members of the band | the lifeboats
""",
    "books": """
The {who} could not put the {what} down and read until morning.
The {that} was so gripping that the {whom} spent the whole night reading.
The {who} could not put the {what} down.
The {who} found the {else} boring and gave up after ten pages.
The {whom} joined a book club in the neighbourhood.
Paper turns yellow in the sun.

student | undergraduate | novel | long story | poems
librarian | keeper of books | thriller | crime story | cookbook
widower | man whose wife had died | biography | account of a life | dictionary
princess | king's daughter | diary | private journal | law book
""",
    "home": """
We painted the {who} {what} over the weekend.
On Saturday and Sunday we gave the {whom} a coat of {that} paint.
We painted the {who} over the weekend.
We painted the {who} {else} although we had wanted wallpaper.
The {whom} has a creaking floor.
Brushes must be cleaned at once.

kitchen | room where we cook | yellow | lemon-coloured | black
bedroom | sleeping room | blue | sky-coloured | red
hall | entrance | white | snow-coloured | green
nursery | baby's room | pink | rose-coloured | grey
""",
    "energy": """
The village now gets all its {who} from {what}.
{that} now supplies the village with all its {whom}.
The village now gets its {who} from {what}.
The village voted against {what} and went on with {else}.
The price of {whom} was discussed at the inn.
The village has a baroque church.

electricity | power | wind turbines | Wind energy | coal
heat | warmth | solar panels | Sunlight | gas
energy | fuel and power | a small dam | Water power | nuclear power
hot water | water for showers | burning wood chips | Wood firing | oil
""",
    "politics": """
The {who} resigned after a scandal about {what}.
An affair concerning {that} made the {whom} step down.
The {who} resigned.
The {who} survived a scandal about {else} and stayed in office.
The {whom} opened a new hospital wing.
Ballot papers are counted by volunteers.

minister | member of the government | bribes | corrupt payments | a holiday trip
mayor | head of the town | faked degrees | false diplomas | parking fines
president | head of state | tax evasion | unpaid taxes | wiretaps
treasurer | keeper of the funds | missing money | vanished cash | a love letter
""",
    "technology": """
My {who} stopped working after I spilled {what} on it.
I poured {that} over my {whom} by accident, and it broke down.
My {who} stopped working.
My {who} still works although I dropped it into {else}.
I gave my old {whom} to a museum of technology.
Batteries contain rare metals.

laptop | notebook computer | coffee | espresso | a bath
phone | mobile | juice | squeezed oranges | the snow
camera | device for taking pictures | wine | a glass of red | a river
keyboard | typing device | milk | a dairy drink | a bin
""",
    "love": """
The {who} proposed to the {what} on a bridge.
On a bridge, the {whom} asked the {that} to marry him.
The {who} proposed to the {what}.
The {who} left the {else} on a bridge.
The {whom} learned to dance the tango.
Many bridges carry padlocks as decoration.

painter | artist | dancer | ballerina | judge
clockmaker | maker of watches | singer | vocalist | banker
soldier | military man | nurse | hospital sister | spy
astronomer | stargazer | actress | film star | dentist
""",
    "history": """
The {who} was built by {what} as protection against enemies.
To defend themselves against attackers, {that} erected the {whom}.
The {who} was built by {what}.
The {who} was destroyed by {else} in a single night.
The {whom} appears on many postage stamps.
Guides need a licence in this country.

wall | rampart | the Romans | people of ancient Rome | an earthquake
castle | fortress | a duke | a nobleman | rebels
tower | keep | the monks | the brothers of the monastery | fire
moat | ditch of water | the citizens | the people of the town | a flood
""",
    "space": """
The {who} sent back pictures of {what}.
Images of {that} were transmitted by the {whom}.
The {who} sent back pictures of {what} that surprised everyone.
The {who} lost contact before it reached {else}.
The {whom} was assembled by two hundred engineers.
Planetariums are popular on rainy days.

probe | unmanned spacecraft | Saturn | the ringed planet | Pluto
telescope | orbiting observatory | a distant galaxy | a far star system | the Sun
rover | robot vehicle | Martian rocks | stones on the red planet | the crater
satellite | man-made moon | the hurricane | the tropical cyclone | its orbit
""",
}
