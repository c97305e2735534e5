"""Which facts about nature, things and words does the facts task ask about?

Tables as in `facts_data`: three bands each, and `subject=answer|other` where `other` is right too.
"""

from __future__ import annotations

from qdocs.tasks.make.facts_data import Table

SYMBOLS: Table = (
    "H=hydrogen; O=oxygen; C=carbon; N=nitrogen; He=helium; Fe=iron; Au=gold; Ag=silver; Na=sodium; Ca=calcium",
    "Cu=copper; Pb=lead; Al=aluminum; Hg=mercury; K=potassium; Zn=zinc; Ne=neon; Ni=nickel; S=sulfur; U=uranium; "
    "I=iodine",
    "Sn=tin; Mg=magnesium; Si=silicon; P=phosphorus; Ti=titanium; W=tungsten; Pt=platinum; Li=lithium; B=boron; "
    "Mn=manganese; As=arsenic; Co=cobalt; Cr=chromium; Cl=chlorine",
)
SYMBOLS_OF: Table = (
    "helium=He; iron=Fe; gold=Au; silver=Ag; sodium=Na; calcium=Ca; zinc=Zn; neon=Ne; lithium=Li; aluminum=Al",
    "copper=Cu; lead=Pb; mercury=Hg; nickel=Ni; chlorine=Cl; magnesium=Mg; silicon=Si; titanium=Ti; platinum=Pt; "
    "tin=Sn; cobalt=Co",
    "argon=Ar; bromine=Br; chromium=Cr; manganese=Mn; arsenic=As; barium=Ba; radium=Ra; krypton=Kr; strontium=Sr; "
    "selenium=Se; beryllium=Be",
)
YOUNG: Table = (
    "cat=kitten; dog=puppy|pup; cow=calf; sheep=lamb; hen=chick; goat=kid; bear=cub; lion=cub; "
    "butterfly=caterpillar|larva",
    "tiger=cub; elephant=calf; wolf=pup|cub; seal=pup|calf; whale=calf|cub; penguin=chick; moth=caterpillar|larva; panda=cub; "
    "fly=larva; moose=calf; fox=cub|kit|pup|kid",
    "shark=pup|cub; beetle=larva; giraffe=calf; hippopotamus=calf; leopard=cub; pelican=chick; otter=pup|cub|kitten; "
    "eagle=chick; bat=pup; rhinoceros=calf; antelope=calf|kid",
)
CLASSES: Table = (
    "dog=mammal; cat=mammal; cow=mammal; eagle=bird; owl=bird; duck=bird; shark=fish; salmon=fish; tuna=fish; "
    "ant=insect; bee=insect; butterfly=insect",
    "whale=mammal; dolphin=mammal; kangaroo=mammal; penguin=bird; ostrich=bird; swan=bird; cod=fish; trout=fish; "
    "herring=fish; beetle=insect; grasshopper=insect; cricket=insect",
    "bat=mammal; walrus=mammal; otter=mammal; kiwi=bird; puffin=bird; heron=bird; eel=fish; seahorse=fish; "
    "sturgeon=fish; locust=insect; dragonfly=insect; cicada=insect",
)
KINDS: Table = (
    "rose=flower; tulip=flower; oak=tree; pine=tree; banana=fruit|tree; grape=fruit; piano=instrument; violin=instrument; "
    "hammer=tool|weapon|instrument; sword=weapon|tool; dog=animal; waltz=dance; silk=fabric; gold=metal",
    "daisy=flower; orchid=flower; willow=tree; birch=tree; mango=fruit|tree; peach=fruit|tree; flute=instrument; "
    "trumpet=instrument; wrench=tool|instrument; spear=weapon|tool; tango=dance; denim=fabric; velvet=fabric; zinc=metal; "
    "fox=animal",
    "peony=flower; marigold=flower; larch=tree; spruce=tree; papaya=fruit|tree; guava=fruit|tree; bassoon=instrument; "
    "oboe=instrument; chisel=tool|instrument|weapon; pliers=tool|instrument; musket=weapon; rapier=weapon; polka=dance; "
    "mazurka=dance; chiffon=fabric; cobalt=metal; lynx=animal; gout=disease; cholera=disease; malaria=disease",
)
STUDIES: Table = (
    "biology=life|animals|plants|genes|insects|birds|trees|the body; astronomy=stars|light|the past; "
    "zoology=animals|insects|birds|life|genes|the environment; botany=plants|trees|life|genes|the environment; "
    "geology=rocks|the past|places; meteorology=the weather|the environment|heat; psychology=the mind|nerves|life; "
    "history=the past|ruins|places; geography=places|maps|the environment|the sea|rocks|the weather|the past; "
    "mathematics=numbers",
    "linguistics=language|words|sound|the mind; archaeology=ruins|the past|places; genetics=genes|life|the body; "
    "optics=light; economics=money|trade; "
    "ecology=the environment|life|plants|animals|insects|birds|trees|the weather|places; "
    "oceanography=the sea|life|the environment|plants|animals; "
    "anatomy=the body|the heart|nerves|skin|blood|life|animals|plants|insects; ethics=morality; "
    "cardiology=the heart|the body|blood|life; theology=God|morality",
    "entomology=insects|animals|life|the environment; ornithology=birds|animals|life; acoustics=sound; "
    "neurology=nerves|the mind|the body|life; dermatology=skin|the body|life; hematology=blood|the body|the heart|life; "
    "toxicology=poisons; etymology=words|language|the past; cartography=maps|places; dendrology=trees|plants|life; "
    "thermodynamics=heat|light",
)
ORGANS: Table = (
    "see=eyes|head|brain; hear=ears|head|brain; smell=nose|brain|head; chew=teeth|mouth|tongue; "
    "walk=legs|feet|toes|knee|muscles; taste=tongue|mouth|nose|lips; pump blood=heart; think=brain|head; "
    "breathe=lungs|nose|mouth|throat; kick a ball=feet|legs|toes|knee",
    "digest a meal=stomach|liver|mouth|teeth; point at something=fingers|hands|toes|elbow; kiss=lips|mouth|tongue; "
    "clap=hands|fingers; bend the arm=elbow|muscles; bend the leg=knee|muscles; "
    "blow out a candle=mouth|lips|lungs|throat; nod=head|neck|muscles; sniff=nose|lungs; listen=ears|brain|head; "
    "read=eyes|brain|head|fingers|hands",
    "turn the head=neck|head|muscles; filter the blood into urine=kidneys|bladder; make bile=liver; blink=eyelids|eyes; "
    "carry a backpack=shoulders|muscles|legs|hands|neck; sweat=skin|feet|hands|toes|legs; swallow=throat|mouth|tongue|neck; "
    "stand on tiptoe=toes|feet|legs|muscles|head; store urine=bladder|kidneys; shrug=shoulders|muscles",
)
USES: Table = (
    "cut bread=knife|saw|razor|axe; dig a hole=shovel|axe|spoon|bucket; drive in a nail=hammer|axe|shovel|iron; "
    "sweep the floor=broom|brush; eat soup=spoon; open a lock=key|needle|hammer|axe; tell the time=clock; "
    "write on paper=pen|brush; dry the body=towel; wash the hands=soap|towel|bucket",
    "cut down a tree=axe|saw|knife|ladder; brush the teeth=toothbrush|brush|mirror; keep off the rain=umbrella; "
    "take a photograph=camera; find north=compass|clock|needle; see far stars=telescope|camera|mirror; "
    "see tiny cells=microscope|camera; measure temperature=thermometer; weigh flour=scale; "
    "draw a straight line=ruler|pen|brush; catch fish=net|hook|bow|bucket|knife; paint a wall=brush|roller|ladder|bucket",
    "cut wood into boards=saw|axe|knife|ruler; shoot an arrow=bow; see one's own face=mirror|camera|spoon; "
    "light a fire=match|bow|axe; carry water from a well=bucket|kettle; sew a button on=needle; "
    "boil water=kettle|pan|match|bucket; fry an egg=pan; climb onto a roof=ladder; sleep on=bed|towel; "
    "press wrinkles from a shirt=iron|kettle|towel; shave a beard=razor|knife|mirror|soap|brush|towel; "
    "fly in the sky=plane",
)
MATERIALS: Table = (
    "a window pane=glass|sand; a book page=paper|wood|cotton|water|carbon; a tree trunk=wood|water|carbon; "
    "a sweater=wool|cotton|silk|carbon; a car tire=rubber|steel|carbon; an ice cube=water; a snowman=snow|water; "
    "a castle wall=stone|clay|sand|wood; a horseshoe=iron|steel|copper|rubber|carbon; a beach=sand|stone|water",
    "a T-shirt=cotton|wool|silk|carbon; a saddle=leather|wood|wool|carbon; a candle=wax|carbon; "
    "a brick=clay|sand|stone|water; a wine bottle=glass|sand|clay; a newspaper=paper|wood|carbon|water; "
    "an igloo=snow|water; a wedding ring=gold|steel|copper|wood|iron|carbon; a rain cloud=water|snow; "
    "a pencil lead=graphite|carbon|clay|wax|wood; a bridge cable=steel|iron|copper|carbon",
    "an omelet=eggs|milk|water|carbon; cheese=milk|water|soy|carbon; bread=flour|water|milk|eggs|carbon; "
    "wine=grapes|water|carbon; a diamond=carbon|graphite; a cello=wood|carbon; a spider web=silk|carbon; "
    "a raisin=grapes|water|carbon; butter=milk|water|carbon; a dune=sand|stone; tofu=soy|water|carbon; "
    "an electric wire=copper|steel|iron|carbon|gold",
)
COLORS: Table = (
    "a ripe banana=yellow|green; the sky on a clear day=blue|white; fresh grass=green|yellow; fresh snow=white|blue; coal=black; "
    "blood=red|blue; a lemon=yellow|green; a ripe tomato=red|yellow; milk=white; a leaf in spring=green",
    "a ripe strawberry=red|white; a crow=black; a school bus=yellow|black; a polar bear=white|black; an emerald=green; "
    "a ruby=red; a sapphire=blue|yellow; a raven=black|blue; spinach=green; cotton=white; a sunflower=yellow|black|green",
    "a canary=yellow|green; charcoal=black; tar=black; a cucumber=green; flour=white; a forget-me-not=blue|white; "
    "a cardinal's robe=red|black; an egg yolk=yellow|red; cobalt glass=blue; a stop sign=red|white; lapis lazuli=blue; "
    "jade=green|white",
)
QUANTITIES: Table = (
    "meter=length; kilogram=mass|force; second=time; mile=length; hour=time; minute=time; liter=volume; "
    "degree Celsius=temperature; watt=power",
    "foot=length|volume|pressure; inch=length|pressure|volume; ton=mass|volume|force|energy|power; gallon=volume; "
    "pint=volume; gram=mass|force; ampere=current; joule=energy|heat; calorie=energy|heat; newton=force; acre=area; "
    "decade=time; kilometer=length; kelvin=temperature",
    "hectare=area; ohm=resistance; hertz=frequency; pascal=pressure; fathom=length; furlong=length; "
    "horsepower=power; light-year=length; barrel=volume|energy|mass; knot=speed; fortnight=time; byte=information; century=time; "
    "yard=length|volume|area",
)
PLACES: Table = (
    "borrow books=library|school; see a doctor=hospital|pharmacy; learn as a child=school|camp|library|church|museum; "
    "buy bread=bakery|station; keep money safe=bank|hotel|fortress; watch a film=cinema|museum|hotel|school; "
    "catch a plane=airport; grow crops=farm|orchard|vineyard; see lions in cages=zoo; "
    "pray to God=church|cemetery|school|hospital",
    "look at old paintings=museum|church|fortress|library; order a meal=restaurant|hotel|station|airport|school|camp; "
    "be locked up for crimes=prison|fortress; cook food=kitchen|restaurant|camp|hotel|school|park; "
    "swim in chlorinated water=pool|gym|hotel; write business reports=office|bank|library; "
    "sleep when traveling=hotel|camp|airport|station; play on swings=park|school; catch a train=station|airport; "
    "watch a football match=stadium|restaurant|hotel|school|park; be judged for a crime=court; repair a car=garage",
    "bury the dead=cemetery|church; dig up coal=mine; unload ships=harbor; pick grapes=vineyard|farm|orchard; "
    "study the stars=observatory|school; dry hay=barn|farm; pick apples=orchard|farm; "
    "defend a town with cannons=fortress; buy medicine=pharmacy|hospital; lift weights=gym|prison|school|hotel; "
    "pitch a tent=camp|park|farm|orchard",
)
TRADES: Table = (
    "fly planes=pilot; treat the sick=doctor|nurse|surgeon|dentist; bake bread=baker|chef; teach children=teacher; "
    "fight in the army=soldier|pilot; cook in a restaurant=chef|baker; grow crops=farmer; fix teeth=dentist|doctor|surgeon; "
    "paint pictures=artist; cut hair=barber",
    "repair pipes=plumber; sell meat=butcher|farmer|chef; catch fish=fisherman|sailor; design houses=architect|artist; "
    "build with wood=carpenter; write for a newspaper=journalist|author; judge crimes in court=judge|lawyer; "
    "sail ships=sailor|fisherman|soldier; lead an orchestra=conductor|artist; defend people in court=lawyer; "
    "mine coal=miner; help doctors at the bedside=nurse|doctor|surgeon",
    "shape hot iron=blacksmith|sculptor|artist; make suits=tailor; solve crimes=detective|judge|lawyer|journalist; "
    "keep a company's books=accountant; treat sick pets=veterinarian|doctor|surgeon; "
    "carve statues=sculptor|artist|carpenter; perform operations=surgeon|doctor|veterinarian; "
    "write novels=author|journalist|artist; herd sheep=shepherd|farmer; dig up ancient ruins=archaeologist|miner; "
    "win votes to hold office=politician|judge|lawyer; mix substances in a laboratory=chemist|doctor|artist",
)
OPPOSITES: Table = (
    "hot=cold; big=small|short|thin|narrow|weak; good=bad|rude|poor|low|weak|selfish; fast=slow|late; old=young|modern; "
    "happy=sad|bitter; open=closed|private; wet=dry; rich=poor|scarce; hard=soft|weak; long=short|small; "
    "true=false|artificial; full=empty; strong=weak|soft|poor|thin|shallow",
    "early=late|slow; light=dark; high=low|short|shallow|small|slow|poor|quiet; thick=thin|narrow|soft|shallow|small; "
    "clean=dirty; noisy=quiet|private; deep=shallow|low|thin; wide=narrow|thin|small; "
    "sweet=bitter|dry|bad|rude|artificial; cheap=expensive; safe=dangerous; alive=dead; guilty=innocent; first=last|late",
    "ancient=modern|young; generous=selfish; temporary=permanent; natural=artificial|false; public=private|closed; "
    "simple=complex; rough=smooth|soft|quiet; humble=proud|rude|selfish; polite=rude; urban=rural; domestic=foreign; "
    "active=passive|quiet|dead; abundant=scarce|small|poor|thin|low; rigid=flexible|soft|weak; sour=sweet; literal=figurative",
)
CONTRARIES: Table = (
    "day=night|sunset|end; war=peace; friend=enemy; winter=summer; love=hate|enemy|fear; north=south; top=bottom|end|back; "
    "question=answer; beginning=end|death|departure|bottom|tail|back; heaven=hell|bottom; birth=death|end; parent=child",
    "success=failure|defeat|loss; victory=defeat|failure|loss; front=back|tail|end|bottom; arrival=departure|end; "
    "truth=lie; strength=weakness|failure|folly; head=tail|bottom|end|back; profit=loss|failure|deficit; teacher=student; "
    "cause=effect|end; supply=demand; maximum=minimum|bottom|deficit",
    "reward=punishment|loss; freedom=slavery; sunrise=sunset|night; host=guest; expansion=contraction; "
    "wealth=poverty|loss|deficit; wisdom=folly|weakness; praise=criticism|punishment; predator=prey; "
    "surplus=deficit|loss|poverty; courage=fear|weakness; ascent=descent|bottom",
)
PAIRS: Table = (
    "king=queen; boy=girl|woman|lady; man=woman|lady|wife|girl|female; brother=sister|nun; father=mother|mom; "
    "son=daughter|girl; uncle=aunt; prince=princess; husband=wife|bride|woman|mistress; actor=actress",
    "grandfather=grandmother; gentleman=lady|woman|mistress; god=goddess|woman; groom=bride|wife; dad=mom|mother; "
    "rooster=hen; bull=cow; male=female|woman|girl|lady; nephew=niece; lord=lady|mistress",
    "monk=nun; wizard=witch; hero=heroine; widower=widow; drake=duck; gander=goose; stag=doe; master=mistress|lady; "
    "bachelor=spinster|bride|girl; stallion=mare",
)
SPORTS: Table = (
    "a home run=baseball; a touchdown=football|rugby; a slam dunk=basketball; a checkmate=chess; a hole in one=golf; "
    "a goalkeeper who kicks the ball=soccer|football|hockey|rugby; a knockout punch=boxing; "
    "a pitcher and a catcher=baseball; a quarterback=football|rugby; a free throw=basketball; "
    "a bishop and a rook=chess",
    "a puck=hockey; a caddie=golf; a wicket=cricket; a breaststroke race=swimming|racing; a backhand serve=tennis; "
    "a deuce at forty all=tennis; a putter and a tee=golf; a three-point shot=basketball; a shortstop=baseball; "
    "a pawn=chess; a heavyweight title=boxing; a butterfly race=swimming|racing; "
    "a penalty kick and a throw-in=soccer|football|rugby|basketball",
    "a Zamboni for the ice=hockey; a bowler and a batsman=cricket|baseball; a scrum=rugby; a mashie and a niblick=golf; "
    "an uppercut=boxing; the Sicilian Defense=chess; a spinnaker=sailing|racing; a saddle and a jockey=racing; "
    "the Davis Cup=tennis; the Stanley Cup=hockey; the Ashes=cricket|rugby; the Super Bowl=football; "
    "a freestyle relay=swimming|racing; the World Series=baseball|cricket|sailing|swimming|racing",
)
