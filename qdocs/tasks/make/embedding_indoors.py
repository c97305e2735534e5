"""Which subjects at work and at home do passages and queries speak of, and in which two wordings?

A topic has nine subjects, a blank line, nine statements. Left of the bar is the wording of passages, right of it that
of queries. `{S}` and `{s}` stand for the subject, other names in braces for a value.
"""

TOPICS = {
    "software": """
the billing service | the program that writes invoices
the login service | the program that checks passwords
the search index | the component that finds documents
the image resizer | the tool that makes thumbnails
the nightly backup | the job that copies data while everyone sleeps
the mail gateway | the system that forwards messages
the payment terminal | the device that reads bank cards
the test cluster | the machines for trying out changes
the public website | the pages that customers see

{S} restarts every night at {time}. | When is there a reboot of {s}?
The engineer in charge of {s} is {person}. | Who is responsible for {s}?
{S} uses {count} servers. | On how many computers does {s} run?
An hour without {s} loses {price}. | What does an outage of {s} cost us?
{S} answers within {seconds}. | How fast does {s} respond?
The logs of {s} are kept in {town}. | Where are the records of {s} stored?
{S} is updated on a {day}. | When do new versions of {s} come out?
{S} was rewritten in {year}. | When was the code of {s} replaced?
A {colour} light on the dashboard stands for {s}. | Which indicator shows the state of {s}?
""",
    "pottery": """
the tall vase | the high vessel for flowers
the soup tureen | the lidded bowl for broth
the teapot | the vessel with a spout
the salad bowl | the wide dish for greens
the coffee mug | the cup with a handle
the floor tile | the flat square to walk on
the garden gnome | the little bearded figure for the lawn
the bird bath | the basin where sparrows drink
the oil lamp | the small clay light

{S} is glazed {colour}. | What finish does {s} have?
The potter who made {s} is {person}. | Which craftsman created {s}?
{S} dries for {minutes} under a cloth. | How long before {s} can be fired?
{S} sells for {price}. | What does {s} cost in the shop?
The clay for {s} was dug near {town}. | Where was the earth for {s} found?
{S} weighs {weight}. | How heavy is {s}?
{S} stands on a board of {material}. | What lies under {s}?
{S} was broken in {month}. | When did {s} fall to pieces?
{S} is copied from a piece of {year}. | How old is the model for {s}?
""",
    "workshop": """
the band saw | the machine with an endless toothed strip
the lathe | the machine that turns round pieces
the drill press | the upright machine for boring holes
the sanding table | the bench for smoothing surfaces
the glue station | the place where parts are stuck together
the paint booth | the closed cabin for spraying
the dust extractor | the device that sucks up shavings
the laser cutter | the machine that cuts with light
the bench grinder | the wheel that sharpens chisels

{S} may be used until {time}. | At what hour must {s} be switched off?
{S} was repaired by {person}. | Who fixed {s}?
Renting {s} costs {price} an hour. | What is the hire charge for {s}?
{S} is marked with {colour} tape. | How is {s} labelled?
It is forbidden to work on {material} with {s}. | What is not allowed at {s}?
{S} was bought in {year}. | How long have we owned {s}?
An introduction to {s} takes {minutes}. | How long is the lesson before I may use {s}?
Spare parts for {s} come from {town}. | Where are replacements for {s} ordered?
{S} is serviced in {month}. | When is maintenance of {s} due?
""",
    "kitchen": """
the lentil stew | the thick pulse dish
the mushroom pie | the crust filled with fungi
the fish curry | the spicy seafood dish
the potato salad | the cold dish of spuds
the beetroot soup | the red broth
the roast chicken | the whole bird from the oven
the rice pudding | the sweet milky grain dessert
the plum jam | the preserve of purple fruit
the pickled cabbage | the sour shredded vegetable in jars

{S} cooks for {minutes}. | How long does {s} need on the stove?
{S} serves {count} people. | How many guests can be fed with {s}?
{S} was invented by {person}. | Whose idea was {s}?
{S} is served on a {colour} plate. | In what dish does {s} come?
The salt in {s} comes from {town}. | Where does the seasoning of {s} originate?
{S} tastes best in {month}. | What is the right season for {s}?
{S} is stirred with a spoon of {material}. | Which utensil is used to mix {s}?
The ingredients of {s} cost {price}. | How much money goes into making {s}?
{S} is on the menu every {day}. | When does the canteen offer {s}?
""",
    "office": """
the colour printer | the device that puts pictures on paper
the coffee machine | the device that brews espresso
the meeting room projector | the device that throws slides on the wall
the paper shredder | the device that destroys secret documents
the franking machine | the device that stamps letters
the air conditioner | the device that cools the rooms
the standing desk | the table one works at upright
the door intercom | the device to talk to visitors outside
the vending machine | the box that sells snacks

{S} was delivered from {town}. | Which place sent us {s}?
{S} switches itself off at {time}. | When does {s} stop by itself?
The person who refills {s} is {person}. | Who puts fresh supplies into {s}?
{S} was leased for {price} a month. | What do we pay regularly for {s}?
A {colour} lamp on {s} means an error. | Which signal of {s} shows that something is wrong?
{S} breaks down every {month}. | When does {s} usually fail?
The casing of {s} is of {material}. | What is the shell of {s} made of?
{S} needs {minutes} to warm up. | How long until {s} is ready?
The guarantee of {s} ended in {year}. | Until when was {s} covered by warranty?
""",
    "school": """
the geography class | the lessons about countries and rivers
the chemistry class | the lessons with test tubes
the drawing class | the lessons with pencils and paint
the Latin class | the lessons in the tongue of the Romans
the sewing club | the afternoon with needle and thread
the robotics club | the afternoon of building machines
the school orchestra | the pupils who play instruments together
the homework help | the support with exercises after lunch
the cookery course | the lessons at the stove

{S} starts at {time}. | When must pupils be ready for {s}?
The teacher of {s} is {person}. | Who instructs {s}?
{S} is attended by {count} pupils. | How many children go to {s}?
{S} went on an excursion to {town}. | Where did {s} travel?
The folders of {s} are {colour}. | Which binders does {s} use?
Parents pay {price} for the materials of {s}. | What is the contribution of families to {s}?
{S} has its exam in {month}. | When is the test of {s}?
{S} lasts {minutes}. | How long is one session of {s}?
{S} is cancelled on {day}. | On which day does {s} not take place?
""",
    "choir": """
the opening hymn | the solemn song at the start
the lullaby | the song that sends babies to sleep
the drinking song | the tavern tune
the funeral march | the slow piece for burials
the wedding waltz | the dance for bride and groom
the sea shanty | the song of sailors at work
the harvest round | the canon about bringing in the crops
the carol | the tune for Christmas
the love duet | the romantic piece for two voices

{S} was composed by {person}. | Who wrote {s}?
{S} lasts {minutes}. | How long is {s}?
{S} is sung by {count} voices. | How many performers does {s} need?
The score of {s} has a {colour} cover. | How does the sheet music of {s} look?
The first performance of {s} was in {town}. | Where did an audience originally hear {s}?
{S} is rehearsed on {day}. | When do we practise {s}?
{S} dates from {year}. | How old is {s}?
{S} is accompanied on a flute of {material}. | What instrument supports {s}?
The rights to {s} cost {price}. | How much is the licence for {s}?
""",
    "games": """
the pirate board game | the game of buccaneers and treasure
the railway board game | the game of laying tracks
the farming card game | the cards about sowing and reaping
the spy party game | the game of secret agents
the space strategy game | the game of conquering planets
the word puzzle | the game of letters
the marble labyrinth | the toy with a rolling ball
the memory game | the game of finding matching pictures
the dragon adventure | the game of slaying fire-breathing beasts

{S} takes {minutes} to play. | How long is a round of {s}?
{S} was designed by {person}. | Who is the author of {s}?
{S} contains {count} pieces. | How many parts come with {s}?
{S} is printed in {town}. | Where is {s} manufactured?
The box of {s} is {colour}. | What packaging does {s} have?
{S} costs {price} in the shop. | How much must I spend to own {s}?
The dice of {s} are of {material}. | What are the cubes in {s} made of?
{S} came out in {year}. | When was {s} published?
{S} is played in the club on {day}. | When do members get together for {s}?
""",
}
