"""Which subjects out of doors do passages and queries speak of, and in which two wordings?

A topic has nine subjects, a blank line, nine statements. Left of the bar is the wording of passages, right of it that
of queries. `{S}` and `{s}` stand for the subject, other names in braces for a value.
"""

TOPICS = {
    "ferries": """
the night ferry to Marrow Island | the late boat out to Marrow
the morning ferry to Marrow Island | the early boat out to Marrow
the car ferry to Tern Rock | the vessel that carries vehicles to Tern
the mail boat to Tern Rock | the ship bringing letters to Tern
the harbour shuttle | the little craft that crosses the port
the fast catamaran to Kelby | the speedy twin-hulled boat for Kelby
the old steamer to Kelby | the antique ship bound for Kelby
the fishing charter | the boat hired out to anglers
the lagoon water taxi | the small hire boat on the lagoon

{S} leaves the east quay at {time}. | What is the departure time of {s}?
A single ticket for {s} costs {price}. | How much do I pay to travel one way on {s}?
{S} is commanded by {person}. | Who is the captain of {s}?
{S} takes at most {count} passengers. | How many people fit on {s}?
In rough seas {s} waits at {town} until the wind drops. | Where does {s} shelter during storms?
The hull of {s} is painted {colour}. | What does {s} look like from outside?
{S} does not sail in {month}. | In which part of the year does {s} stay in port?
Breakfast aboard {s} is {dish}. | What can one eat on {s}?
The crossing with {s} lasts {minutes}. | How long is the journey on {s}?
""",
    "trails": """
the ridge path | the walk along the mountain crest
the gorge path | the walk through the ravine
the shepherds' loop | the round tour used by sheep farmers
the waterfall track | the way up to the cascade
the pilgrims' way | the old route of religious travellers
the border trail | the hike that follows the frontier
the marsh boardwalk | the planked way over the wetland
the quarry circuit | the round by the abandoned stone pit
the children's nature trail | the easy educational walk for kids

{S} climbs {metres} in total. | How much ascent is there on {s}?
{S} is marked with {colour} paint on the trees. | Which waymarks should I follow on {s}?
The last drinking water on {s} is at {town}. | Where can I fill a bottle along {s}?
{S} is closed in {month} because of nesting birds. | When may nobody use {s} for the sake of wildlife?
Fit walkers finish {s} in {minutes}. | How much time does {s} need?
The keeper of {s} is {person}. | Who takes care of {s}?
The bridge on {s} is made of {material}. | What was used to build the river crossing of {s}?
A bus brings hikers to the start of {s} every {day}. | On which day is there public transport to {s}?
{S} was opened to walkers in {year}. | How old is {s}?
""",
    "orchard": """
the early pear trees | the pears that ripen first
the late pear trees | the pears picked last
the cider apple rows | the trees grown for pressing into cider
the cooking apple rows | the trees whose fruit goes into pies
the sour cherry trees | the tart stone fruit used for jam
the sweet cherry trees | the dark stone fruit eaten fresh
the old walnut trees | the ancient nut trees
the young plum trees | the recently planted damsons
the quince bushes | the plants with hard yellow fragrant fruit

{S} are pruned in {month}. | When are branches cut off {s}?
{S} are harvested by {person}. | Who gathers the crop of {s}?
{S} gave {weight} of fruit last season. | How large was the yield of {s}?
{S} were planted in {year}. | Since when has the farm had {s}?
A stake of {material} supports each of {s}. | What holds {s} upright?
{S} stand near the wall towards {town}. | In what direction must I go to find {s}?
Against caterpillars {s} are wrapped with {colour} bands. | How are {s} protected from insects?
{S} are watered every {day} in dry weeks. | How often does irrigation reach {s} during a drought?
Pickers earn {price} a crate for {s}. | What is the pay for bringing in {s}?
""",
    "hives": """
the hive by the barn | the colony next to the farm shed
the hive on the roof | the colony up on top of the house
the hive in the clover | the colony in the meadow of three-leaved plants
the glass observation hive | the colony one can look into
the straw skep | the old-fashioned woven bee basket
the rescued swarm | the insect family saved from a chimney
the school's colony | the beehive kept by pupils
the heather hive | the colony taken up to the moor
the long horizontal hive | the low coffin-shaped bee house

{S} produced {weight} of honey. | How much did we get out of {s}?
{S} is inspected by {person}. | Which beekeeper checks {s}?
The queen of {s} is marked with a {colour} dot. | By what sign can I recognise the mother bee in {s}?
{S} is fed sugar syrup until {month}. | Up to when does {s} get sweet food?
{S} holds {count} frames. | How big is {s} inside?
A jar of honey from {s} sells for {price}. | What do customers pay for what comes from {s}?
The stand under {s} is made of {material}. | On what kind of base does {s} rest?
{S} came from a breeder in {town}. | Where was {s} bought?
{S} was treated against mites on a {day}. | When did {s} get medicine for parasites?
""",
    "lighthouses": """
the north cape light | the beacon on the upper headland
the south cape light | the beacon on the lower headland
the pierhead lamp | the lantern where the jetty ends
the reef lightship | the anchored vessel that warns of shallow rocks
the old stone beacon | the disused tower of masonry
the river mouth light | the signal at the estuary
the automatic buoy | the unmanned floating signal
the airport beacon | the flashing signal for planes
the monastery lantern | the lamp that monks keep burning

{S} flashes every {seconds}. | What is the rhythm of {s}?
{S} stands {metres} above the sea. | At what height does {s} shine?
{S} is kept by {person}. | Who is the guardian of {s}?
The lens of {s} came from {town}. | Where was the glass for {s} ground?
{S} shows {colour} light towards the land. | What hue do people ashore see from {s}?
{S} was first lit in {year}. | When did {s} begin to work?
Visitors pay {price} to climb {s}. | What is the entrance fee for {s}?
Spare bulbs for {s} are delivered in {month}. | When do replacement lamps arrive at {s}?
The door of {s} is of {material}. | What closes the entrance to {s}?
""",
    "weather": """
the valley weather station | the instruments down by the stream
the summit weather station | the instruments on the mountain top
the airfield gauge | the rain meter beside the runway
the harbour barometer | the air pressure meter in the port
the vineyard thermometer | the temperature sensor among the grapes
the glacier camera | the device that films the ice
the city rooftop sensor | the measuring box above the town centre
the snow pillow | the cushion that weighs winter precipitation
the lake buoy | the floating probe on the water

{S} reports every {minutes}. | How frequently does {s} send data?
{S} was calibrated by {person}. | Who adjusted {s}?
{S} runs on a battery of {weight}. | How heavy is the power supply of {s}?
{S} recorded its highest value on a {day}. | When did {s} see its maximum?
{S} is mounted on a mast of {material}. | What carries {s}?
Lightning struck {s} in {month}. | When was {s} hit during a thunderstorm?
The readings of {s} are sent to {town}. | Which place receives what {s} measures?
Replacing {s} would cost {price}. | What is the value of {s}?
A {colour} lamp on {s} means a fault. | How do I see that {s} is broken?
""",
    "horses": """
the grey mare | the silvery female horse
the black stallion | the dark male horse
the spotted pony | the small dappled mount
the retired racehorse | the former winner of the track
the draught horse | the heavy animal that pulls carts
the newborn foal | the baby horse
the stubborn mule | the obstinate long-eared hybrid
the donkey from the mill | the braying animal of the miller
the circus horse | the animal that used to perform in a ring

{S} was born in {year}. | What is the birth date of {s}?
{S} is ridden by {person}. | Whose mount is {s}?
{S} eats {weight} of oats a week. | How much grain goes to {s}?
{S} wears a {colour} blanket. | What cloth keeps {s} warm?
{S} was bought for {price}. | What was paid for {s}?
{S} gets new horseshoes every {month}. | When does the blacksmith come to {s}?
{S} was brought here from a farm in {town}. | Where did {s} live earlier?
The stable door of {s} is of {material}. | What keeps {s} in its box?
{S} is taken to the vet on a {day}. | When does the animal doctor see {s}?
""",
    "gardens": """
the rose garden | the beds of thorny fragrant flowers
the herb spiral | the winding bed of kitchen plants
the rock garden | the slope planted with alpine species
the pond garden | the place of water lilies and reeds
the cactus house | the glasshouse of desert plants
the fern grotto | the damp shady cave of green fronds
the maze | the puzzle of hedges
the butterfly meadow | the wild flowers sown for insects
the palm house | the hot hall of tropical trees

{S} opens at {time}. | From what hour may visitors enter {s}?
The landscape designer of {s} was {person}. | Who planned {s}?
{S} is at its best in {month}. | What is the finest season for {s}?
Guided tours of {s} last {minutes}. | How long does someone show you around {s}?
The benches in {s} are of {material}. | What does one sit on in {s}?
{S} was given to the public in {year}. | Since when has {s} belonged to everyone?
Admission to {s} is {price}. | What must I pay to see {s}?
The labels in {s} are {colour}. | What do the name plates in {s} look like?
{S} is weeded every {day}. | When is unwanted growth removed from {s}?
""",
    "rescue": """
the mountain rescue team | the people who save climbers
the cave rescue team | the people who save explorers underground
the lifeboat crew | the people who save sailors
the avalanche dogs | the animals that search in snow
the helicopter pilots | the ones who fly to accidents
the ski patrollers | the helpers on the pistes
the forest fire brigade | those who put out burning woods
the flood volunteers | the helpers when rivers rise
the beach guards | those who watch over bathers

The headquarters of {s} are in {town}. | Where are {s} based?
{S} trained for {minutes} in the dark. | How long was the night exercise of {s}?
{S} wore {colour} jackets. | How did {s} dress?
{S} were called out on a {day}. | When was there an alarm for {s}?
{S} are led by {person}. | Who is in charge of {s}?
{S} carry a rope of {metres}. | What length of line do {s} have?
{S} were founded in {year}. | How long have {s} existed?
{S} collect money for new gear in {month}. | When do {s} ask for donations?
The sledge of {s} is made of {material}. | What does the stretcher of {s} consist of?
""",
}
