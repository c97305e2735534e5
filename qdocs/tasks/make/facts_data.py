"""Which facts about countries, people and numbers does the facts task ask about?

A table has three bands, from what every child hears to what one learns late; the bands were set by hand before any model
was asked. A fact is `subject=answer`; `subject=answer|other` says that `other` is right too and never a wrong choice.
"""

from __future__ import annotations

Table = tuple[str, str, str]

CAPITALS: Table = (
    "Paris=France; Rome=Italy; Madrid=Spain; Berlin=Germany; London=England; Moscow=Russia; Tokyo=Japan; Beijing=China; "
    "Athens=Greece; Cairo=Egypt; Dublin=Ireland; Lisbon=Portugal; Vienna=Austria; Stockholm=Sweden",
    "Ottawa=Canada; Canberra=Australia; Warsaw=Poland; Oslo=Norway; Copenhagen=Denmark; Helsinki=Finland; Bangkok=Thailand; "
    "Budapest=Hungary; Brussels=Belgium; Havana=Cuba; Lima=Peru; Baghdad=Iraq; Tehran=Iran; Nairobi=Kenya; Kabul=Afghanistan; "
    "Hanoi=Vietnam",
    "Bucharest=Romania; Sofia=Bulgaria; Reykjavik=Iceland; Kathmandu=Nepal; Caracas=Venezuela; Quito=Ecuador; "
    "Montevideo=Uruguay; Accra=Ghana; Addis Ababa=Ethiopia; Ulaanbaatar=Mongolia; Phnom Penh=Cambodia; Zagreb=Croatia; "
    "Riga=Latvia; Tallinn=Estonia; Vilnius=Lithuania; Belgrade=Serbia; Khartoum=Sudan; Harare=Zimbabwe; Lusaka=Zambia; "
    "Kingston=Jamaica",
)
CAPITALS_OF: Table = (
    "France=Paris; Italy=Rome; Spain=Madrid; Germany=Berlin; Russia=Moscow; Japan=Tokyo; China=Beijing; Greece=Athens; "
    "Egypt=Cairo; Ireland=Dublin; Portugal=Lisbon; Austria=Vienna",
    "Canada=Ottawa; Australia=Canberra; Poland=Warsaw; Norway=Oslo; Denmark=Copenhagen; Finland=Helsinki; Sweden=Stockholm; "
    "Hungary=Budapest; Belgium=Brussels; Cuba=Havana; Iran=Tehran; Iraq=Baghdad; South Korea=Seoul",
    "Peru=Lima; Kenya=Nairobi; Afghanistan=Kabul; Syria=Damascus; Bulgaria=Sofia; the Czech Republic=Prague; "
    "the Philippines=Manila; Ukraine=Kyiv; Chile=Santiago",
)
CONTINENTS: Table = (
    "Egypt=Africa; China=Asia; Japan=Asia; France=Europe; Italy=Europe; Brazil=America; Mexico=America; Germany=Europe; "
    "India=Asia; Canada=America; South Africa=Africa; Kenya=Africa; Argentina=America; Nigeria=Africa; Spain=Europe; "
    "Thailand=Asia",
    "Peru=America; Chile=America; Vietnam=Asia; Ghana=Africa; Morocco=Africa; Poland=Europe; Norway=Europe; Nepal=Asia; "
    "Ethiopia=Africa; Cuba=America; Greece=Europe; Iraq=Asia; Hungary=Europe; Colombia=America; Sudan=Africa; Pakistan=Asia",
    "Zambia=Africa; Laos=Asia; Slovenia=Europe; Paraguay=America; Botswana=Africa; Bhutan=Asia; Latvia=Europe; "
    "Honduras=America; Malawi=Africa; Oman=Asia; Moldova=Europe; Suriname=America; Gabon=Africa; Mongolia=Asia; "
    "Andorra=Europe; Nicaragua=America",
)
LANGUAGES: Table = (
    "France=French; Germany=German|English; Italy=Italian; Japan=Japanese; China=Chinese; Russia=Russian; Mexico=Spanish; "
    "England=English; Greece=Greek|English; Portugal=Portuguese|English; Poland=Polish; Australia=English",
    "Brazil=Portuguese; Egypt=Arabic; Austria=German|English; Argentina=Spanish; Turkey=Turkish; Sweden=Swedish|English; "
    "Denmark=Danish|English; Norway=Norwegian|English; Finland=Finnish|English|Swedish; Hungary=Hungarian; Thailand=Thai; "
    "Cuba=Spanish; Saudi Arabia=Arabic|English; the Netherlands=Dutch|English|German; Vietnam=Vietnamese",
    "Chile=Spanish; Angola=Portuguese; Haiti=Creole|French; Jordan=Arabic|English; Liechtenstein=German|English; "
    "Iceland=Icelandic|English; Israel=Hebrew|Arabic|English|Russian; South Korea=Korean; Tunisia=Arabic|French; "
    "Uruguay=Spanish; Monaco=French|English|Italian; New Zealand=English; Sao Tome and Principe=Portuguese|Creole; "
    "San Marino=Italian; Yemen=Arabic; Belarus=Russian",
)
CITIES: Table = (
    "Liverpool=England; Sydney=Australia|Canada; Venice=Italy; Barcelona=Spain; Munich=Germany; Mumbai=India; Shanghai=China; "
    "Toronto=Canada; Manchester=England; Milan=Italy; Marseille=France; Hamburg=Germany",
    "Osaka=Japan; Istanbul=Turkey; Melbourne=Australia; Naples=Italy; Seville=Spain; Porto=Portugal; Geneva=Switzerland; "
    "Cork=Ireland; Krakow=Poland; Salzburg=Austria; Alexandria=Egypt; Lahore=Pakistan; Calgary=Canada",
    "Gothenburg=Sweden; Bergen=Norway|Germany|Belgium; Antwerp=Belgium; Thessaloniki=Greece; Mombasa=Kenya; "
    "Medellin=Colombia|Spain|Mexico; Guadalajara=Mexico|Spain; Mandalay=Burma; Fez=Morocco; Isfahan=Iran; "
    "Novosibirsk=Russia; Aarhus=Denmark; Turku=Finland; Guayaquil=Ecuador",
)
ROOTS: Table = (
    "Napoleon=France|Italy; Shakespeare=England; Julius Caesar=Italy; Gandhi=India; Leonardo da Vinci=Italy; Confucius=China; "
    "Socrates=Greece; Cleopatra=Egypt|Greece; Mozart=Austria|Germany; Cervantes=Spain; Leo Tolstoy=Russia; Hippocrates=Greece",
    "Victor Hugo=France; Johann Sebastian Bach=Germany; Charles Dickens=England; Salvador Dali=Spain; Vasco da Gama=Portugal; "
    "Galileo=Italy; Copernicus=Poland|Germany; Aristotle=Greece; Dostoevsky=Russia; Hans Christian Andersen=Denmark; "
    "James Joyce=Ireland; Frida Kahlo=Mexico; Claude Debussy=France",
    "Edvard Grieg=Norway; Alfred Nobel=Sweden|Russia; Jean Sibelius=Finland|Sweden|Russia; "
    "Franz Liszt=Hungary|Austria|Germany; Simon Bolivar=Venezuela|Colombia|Spain; Pablo Neruda=Chile; Bob Marley=Jamaica; "
    "Ho Chi Minh=Vietnam; Omar Khayyam=Persia; Genghis Khan=Mongolia|China; Gabriel Garcia Marquez=Colombia|Mexico; "
    "Akira Kurosawa=Japan; Joseph Haydn=Austria|Hungary|Germany; Rabindranath Tagore=India",
)
ORIGINS: Table = (
    "the Eiffel Tower=France; the Great Wall=China; the pyramids of Giza=Egypt; the Colosseum=Italy; Big Ben=England; "
    "the Taj Mahal=India; Mount Fuji=Japan; the Kremlin=Russia; the Leaning Tower of Pisa=Italy; the Sphinx=Egypt; "
    "the Louvre=France; Stonehenge=England; the Acropolis=Greece",
    "Machu Picchu=Peru; Angkor Wat=Cambodia; Petra=Jordan; the Brandenburg Gate=Germany; the Alhambra=Spain; "
    "the Great Barrier Reef=Australia; the Forbidden City=China; the Parthenon=Greece; Niagara Falls=Canada; "
    "Chichen Itza=Mexico; Venice=Italy; Istanbul=Turkey; Barcelona=Spain",
    "Mount Kilimanjaro=Tanzania; Timbuktu=Mali; Marrakesh=Morocco; the Hermitage=Russia; Neuschwanstein Castle=Germany; "
    "the Blarney Stone=Ireland; Ayers Rock=Australia; Banff National Park=Canada; Persepolis=Iran; Babylon=Iraq; "
    "the Atacama Desert=Chile|Peru; Kyoto=Japan; Krakow=Poland; Gothenburg=Sweden",
)
PEOPLE: Table = (
    "Mozart=composer; Beethoven=composer; Bach=composer; Picasso=painter; Vincent van Gogh=painter; Rembrandt=painter; "
    "William Shakespeare=writer; Charles Dickens=writer; Albert Einstein=scientist|philosopher; "
    "Isaac Newton=scientist|philosopher; Marie Curie=scientist; Plato=philosopher|writer; Socrates=philosopher; "
    "Christopher Columbus=explorer; Abraham Lincoln=president|writer; George Washington=president",
    "Chopin=composer; Vivaldi=composer; Claude Monet=painter; Michelangelo=painter|scientist|philosopher|writer; "
    "Mark Twain=writer; Jane Austen=writer; Leo Tolstoy=writer|philosopher; "
    "Charles Darwin=scientist|explorer|writer|philosopher; Louis Pasteur=scientist; "
    "Immanuel Kant=philosopher|writer|scientist; Confucius=philosopher|writer; Ferdinand Magellan=explorer; "
    "Vasco da Gama=explorer; Marco Polo=explorer|writer; John F. Kennedy=president|writer; "
    "Franklin Roosevelt=president|writer",
    "Gustav Mahler=composer; Antonin Dvorak=composer; Giuseppe Verdi=composer; Johannes Vermeer=painter; Titian=painter; "
    "Paul Cezanne=painter; Herman Melville=writer; Franz Kafka=writer|philosopher; Niels Bohr=scientist|philosopher; "
    "Michael Faraday=scientist|philosopher; Gregor Mendel=scientist; David Hume=philosopher|writer; "
    "Hegel=philosopher|writer; Roald Amundsen=explorer; Ernest Shackleton=explorer; "
    "James Madison=president|philosopher|writer; Dwight Eisenhower=president",
)
CREATIONS: Table = (
    "The play Hamlet was written by William=Shakespeare; The theory of relativity was published by Albert=Einstein; "
    "The phonograph was invented by Thomas=Edison; The law of gravity was stated by Isaac=Newton; "
    "The telephone was patented by Alexander Graham=Bell; The story of Oliver Twist was written by Charles=Dickens; "
    "The character Mickey Mouse was created by Walt=Disney; The theory of natural selection was published by Charles=Darwin; "
    "The Model T car was built by Henry=Ford; The statue of David was carved by the artist=Michelangelo; "
    "The painting Guernica is by Pablo=Picasso; The first airplane was flown by the brothers=Wright",
    "The novel Tom Sawyer was written by Mark=Twain; The novel Emma was written by Jane=Austen; "
    "The novel War and Peace was written by Leo=Tolstoy; The Ninth Symphony and its Ode to Joy are by Ludwig van=Beethoven; "
    "The opera The Magic Flute is by Wolfgang Amadeus=Mozart; The moons of Jupiter were seen in 1610 by=Galileo; "
    "The dialogue The Republic was written by=Plato; The company Microsoft was founded by Paul Allen and Bill=Gates; "
    "The company Apple was founded by Steve Wozniak and Steve=Jobs; The Brandenburg Concertos are by Johann Sebastian=Bach; "
    "The analysis of dreams was made famous by Sigmund=Freud; The poem Paradise Lost was written by John=Milton",
    "The novel Animal Farm was written by George=Orwell; The epic The Divine Comedy was written by=Dante; "
    "The epic The Odyssey is ascribed to=Homer; The laws of planetary motion were found by Johannes=Kepler; "
    "The Critique of Pure Reason was written by Immanuel=Kant; The Communist Manifesto was written by Engels and Karl=Marx; "
    "The book The Wealth of Nations was written by Adam=Smith; The novel The Sun Also Rises was written by Ernest=Hemingway; "
    "The novel Ulysses was written by James=Joyce; The story The Metamorphosis was written by Franz=Kafka; "
    "The essay On Liberty was written by John Stuart=Mill; The book Leviathan was written by Thomas=Hobbes",
)
COUNTS: Table = (
    "legs on a dog=four; days in a week=seven; wheels on a bicycle=two; months in a year=twelve; sides of a triangle=three; "
    "fingers on one hand=five|four; legs on a spider=eight; wheels on a car=four|five; years in a century=one hundred; "
    "legs on an ant=six; wings on a bird=two; toes on both feet=ten; minutes in an hour=sixty",
    "years in a decade=ten; arms on an octopus=eight; sides of a hexagon=six; eggs in a dozen=twelve; strings on a violin=four; "
    "faces of a cube=six; sides of a pentagon=five; seasons in a year=four; grams in a kilogram=one thousand; "
    "wheels on a tricycle=three; colors of the rainbow=seven|six; cents in a dollar=one hundred; seconds in a minute=sixty; "
    "inches in a foot=twelve",
    "years in a millennium=one thousand; sides of an octagon=eight; chambers of the human heart=four; lines of a haiku=three; "
    "feet in a yard=three; musicians in a quartet=four; corners of a cube=eight; rings on the Olympic flag=five; "
    "zeros in a million=six; events in a decathlon=ten; years in a score=twenty; signs of the zodiac=twelve; "
    "wonders of the ancient world=seven; people singing a duet=two; milliliters in a liter=one thousand",
)
