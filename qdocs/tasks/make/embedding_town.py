"""Which subjects in a town do passages and queries speak of, and in which two wordings?

A topic has nine subjects, a blank line, nine statements. Left of the bar is the wording of passages, right of it that
of queries. `{S}` and `{s}` stand for the subject, other names in braces for a value.
"""

TOPICS = {
    "library": """
the reading room | the quiet hall for studying
the map collection | the department with atlases and charts
the children's corner | the section for little ones
the newspaper archive | the store of old daily papers
the music library | the shelves with scores and records
the rare book vault | the strongroom for precious volumes
the mobile library | the van that lends novels in villages
the study cabin | the small booth for working alone
the book repair workshop | the place where torn pages are mended

{S} closes at {time}. | Up to what hour is {s} open?
The librarian of {s} is {person}. | Who is responsible for {s}?
The carpet of {s} is {colour}. | What is on the floor of {s}?
{S} has seats for {count} readers. | How many may sit down in {s}?
A yearly card for {s} costs {price}. | What is the membership fee of {s}?
{S} is cleaned every {day}. | When do the cleaners come to {s}?
{S} was moved here from {town}. | What was the earlier location of {s}?
The shelves of {s} are of {material}. | What was used for the furniture of {s}?
{S} will be renovated in {month}. | When is building work planned for {s}?
""",
    "museum": """
the dinosaur hall | the rooms with giant fossil skeletons
the coin cabinet | the collection of old money
the costume gallery | the display of historic clothes
the steam engine room | the hall of puffing machines
the clock tower exhibit | the show about measuring time
the portrait gallery | the rooms full of painted faces
the toy museum | the house of dolls and tin soldiers
the meteorite case | the showcase of stones fallen from space
the pottery wing | the part with ancient clay vessels

{S} is open until {time}. | When do they lock {s}?
{S} was donated by {person}. | Who gave {s} to the museum?
{S} has {count} objects on show. | How large is what one can see in {s}?
Audio guides for {s} cost {price}. | How expensive is a spoken commentary in {s}?
{S} is lit with {colour} lamps. | What illumination does {s} have?
{S} is free of charge every {day}. | When does one not have to pay for {s}?
Two pieces of {s} were lent to the gallery in {town}. | Where are borrowed items of {s} now?
The glass cases of {s} have frames of {material}. | What surrounds the panes in {s}?
A burglar broke into {s} in {month}. | When was there a theft in {s}?
""",
    "bakery": """
the dark rye loaf | the heavy brown bread
the white baguette | the long thin French stick
the poppy seed roll | the small bun with black grains
the cinnamon swirl | the spiced curled pastry
the cheese pretzel | the savoury knot topped with cheddar
the apple strudel | the rolled pastry filled with fruit
the almond biscuit | the crunchy nut cookie
the birthday cake | the tiered treat with candles
the gluten-free bread | the loaf for people who cannot eat wheat

{S} comes out of the oven at {time}. | When is {s} freshly baked?
{S} costs {price}. | How much is {s}?
The baker who shapes {s} is {person}. | Who kneads {s} by hand?
{S} bakes for {minutes}. | How long must {s} stay in the heat?
{S} is wrapped in {colour} paper. | How is {s} packed?
The flour for {s} comes from {town}. | Where is the grain for {s} milled?
{S} is only made on a {day}. | On what day can one buy {s}?
{S} rests in a mould of {material}. | In what kind of form does the dough of {s} lie?
The recipe of {s} dates from {year}. | How old is the formula for {s}?
""",
    "theatre": """
the puppet play | the show with marionettes
the royal tragedy | the sad piece about a king
the village comedy | the funny piece about farmers
the shadow dance | the performance behind a lit screen
the one-woman show | the evening with a single actress
the children's opera | the sung story for young audiences
the silent mime act | the performance without words
the improvised evening | the show invented on the spot
the ghost musical | the piece with haunted songs

{S} begins at {time}. | When does the curtain rise for {s}?
{S} is directed by {person}. | Who staged {s}?
{S} runs for {minutes} without a break. | What is the duration of {s}?
The best seats for {s} cost {price}. | How much are the top tickets to {s}?
{S} was first performed in {town}. | Where did {s} have its premiere?
The scenery of {s} is built of {material}. | What are the sets of {s} made from?
{S} is played for the last time in {month}. | When will {s} end its season?
The main figure in {s} wears a {colour} cloak. | What costume does the leading part of {s} have?
{S} needs {count} stagehands. | How many people work behind the scenes of {s}?
""",
    "trams": """
line one to the zoo | the streetcar that goes to the animals
line two to the hospital | the streetcar for patients and nurses
line three to the stadium | the streetcar football fans take
line four to the docks | the streetcar towards the ships
line five to the university | the streetcar students use
the night tram | the streetcar that runs after midnight
the airport express | the quick rail link to the planes
the heritage tram | the vintage streetcar for tourists
the cable car | the cabin that hangs over the hill

{S} runs every {minutes}. | How frequent is {s}?
{S} starts its service at {time}. | When does the day begin for {s}?
The carriages of {s} are painted {colour}. | What colour do the wagons of {s} have?
{S} terminates in {town}. | What is the final stop of {s}?
The fine for travelling without a ticket on {s} is {price}. | What is the penalty for not paying on {s}?
{S} was electrified in {year}. | When did {s} get overhead wires?
The seats of {s} are covered with {material}. | What do passengers sit on in {s}?
The driver of {s} is {person}. | Who usually steers {s}?
Repairs interrupt {s} in {month}. | When will there be a replacement bus for {s}?
""",
    "market": """
the cheese stall | the stand with dairy wheels
the fish stall | the stand with the day's catch
the flower stall | the stand with bouquets
the spice stall | the stand with saffron and pepper
the olive stall | the stand with brined fruit and oil
the second-hand book stall | the stand with used novels
the wickerwork stall | the stand with woven willow goods
the sharpening stall | the stand where knives get new edges
the soup kitchen | the counter with hot broth

{S} is set up every {day}. | On which day can {s} be found on the square?
{S} belongs to {person}. | Who owns {s}?
{S} pays {price} for its place. | What is the rent of {s}?
The awning over {s} is {colour}. | What shades {s} from the sun?
{S} packs up at {time}. | When is it too late for {s}?
{S} has come here since {year}. | For how long has {s} been part of the market?
The table of {s} is made of {material}. | What sort of counter does {s} have?
{S} gets its wares from {town}. | Where are the supplies for {s} from?
{S} goes on holiday in {month}. | When does {s} have a vacation?
""",
    "clinic": """
the eye doctor | the specialist for sight
the ear doctor | the specialist for hearing
the heart specialist | the cardiologist
the children's doctor | the paediatrician
the bone surgeon | the one who sets fractures
the skin doctor | the dermatologist
the dentist | the one who fills teeth
the sleep laboratory | the place that studies insomnia
the travel vaccination office | the place for injections before a trip abroad

{S} sees patients from {time}. | When do consultations of {s} begin?
The waiting room of {s} is {colour}. | How are the walls at {s} painted?
{S} is assisted by {person}. | Who is the nurse working with {s}?
A visit to {s} without insurance costs {price}. | What would I pay myself for seeing {s}?
One waits {minutes} for {s} on average. | How long do people have to sit before they see {s}?
{S} had a practice in {town} before. | Where did {s} work formerly?
{S} is closed every {day}. | On what day is it useless to visit {s}?
{S} accepts new patients from {month} on. | When can newcomers register with {s}?
{S} has been here since {year}. | For how long has {s} been part of the clinic?
""",
    "hotel": """
the attic suite | the rooms under the roof
the garden room | the chamber with a terrace among flowers
the honeymoon room | the chamber for newly married couples
the family apartment | the flat for parents with kids
the conference hall | the large room for business meetings
the rooftop bar | the place for drinks with a view
the basement sauna | the hot steam room below
the breakfast veranda | the glazed porch for the morning meal
the left luggage office | the counter that keeps suitcases

{S} is available from {time}. | At what hour can guests get into {s}?
Hiring {s} for a day costs {price}. | What is the rate for {s}?
The interior of {s} was designed by {person}. | Who decorated {s}?
The windows of {s} have {colour} curtains. | What do the drapes of {s} look like?
{S} has room for {count} people. | What is the capacity of {s}?
The floor of {s} is of {material}. | What do you walk on in {s}?
{S} is fully booked in {month}. | When is it hopeless to reserve {s}?
From {s} one has a view of {town}. | What can be seen from {s}?
{S} was added in {year}. | When was {s} built on?
""",
    "sports": """
the beginners' swimming class | the course for those who cannot yet float
the rowing club | the people with oars on the river
the fencing group | the ones who duel with foils
the chess club | the players of the royal board game
the women's football team | the female soccer eleven
the wheelchair basketball team | the hoop players with disabilities
the archery range | the place to shoot with a bow
the climbing hall | the indoor wall with holds
the table tennis league | the ping-pong competition

{S} meets at {time}. | When is the gathering of {s}?
The trainer of {s} is {person}. | Who coaches {s}?
{S} competes in {town} this season. | To which place does {s} travel for matches?
{S} has {count} members. | How many belong to {s}?
A trial lesson with {s} costs {price}. | How much is it to try out {s}?
{S} dresses in {colour}. | What kit does {s} wear?
{S} won its first cup in {year}. | When did {s} earn a trophy?
{S} pauses in {month}. | When is there no training at {s}?
The equipment of {s} is of {material}. | What is the gear used by {s} made of?
""",
}
