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
    "tiger=cub; elephant=calf; wolf=pup|cub; seal=pup; whale=calf; penguin=chick; moth=caterpillar|larva; panda=cub; "
    "fly=larva; moose=calf; fox=cub|kit|pup|kid",
    "shark=pup; beetle=larva; giraffe=calf; hippopotamus=calf; leopard=cub; pelican=chick; otter=pup; eagle=chick; "
    "bat=pup; rhinoceros=calf; antelope=calf|kid",
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
    "rose=flower; tulip=flower; oak=tree; pine=tree; banana=fruit; grape=fruit; piano=instrument; violin=instrument; "
    "hammer=tool; sword=weapon; dog=animal; waltz=dance; silk=fabric; gold=metal",
    "daisy=flower; orchid=flower; willow=tree; birch=tree; mango=fruit; peach=fruit|tree; flute=instrument; "
    "trumpet=instrument; wrench=tool; spear=weapon; tango=dance; denim=fabric; velvet=fabric; zinc=metal; fox=animal",
    "peony=flower; marigold=flower; larch=tree; spruce=tree; papaya=fruit|tree; guava=fruit|tree; "
    "bassoon=instrument; oboe=instrument; chisel=tool; pliers=tool; musket=weapon; rapier=weapon; polka=dance; "
    "mazurka=dance; chiffon=fabric; cobalt=metal; lynx=animal; gout=disease; cholera=disease; malaria=disease",
)
STUDIES: Table = (
    "biology=life; astronomy=stars; zoology=animals; botany=plants; geology=rocks; meteorology=weather; "
    "psychology=mind; history=past; geography=places; mathematics=numbers",
    "linguistics=language; archaeology=ruins; genetics=genes; optics=light; economics=money|trade; "
    "ecology=environment; oceanography=sea; anatomy=body; ethics=morality; cardiology=heart; theology=God",
    "entomology=insects|animals|life; ornithology=birds|animals|life; acoustics=sound; neurology=nerves|mind|body; "
    "dermatology=skin|body; hematology=blood|body; toxicology=poisons; etymology=words|language; "
    "cartography=maps|places; dendrology=trees|plants|life; thermodynamics=heat",
)
ORGANS: Table = (
    "see=eyes; hear=ears; smell=nose; chew=teeth|mouth; walk=legs|feet; taste=tongue|mouth; pump blood=heart; "
    "think=brain|head; breathe=lungs|nose|mouth; kick a ball=feet|legs",
    "digest a meal=stomach; point at something=fingers|hands; kiss=lips|mouth; clap=hands|fingers; "
    "bend the arm=elbow|muscles; bend the leg=knee|muscles; blow out a candle=mouth|lips|lungs; "
    "nod=head|neck|muscles; sniff=nose|lungs; listen=ears|brain|head; read=eyes|brain|head",
    "turn the head=neck|head|muscles; filter the blood into urine=kidneys; make bile=liver; blink=eyelids|eyes; "
    "carry a backpack=shoulders|muscles|legs; sweat=skin; swallow=throat|mouth|tongue; "
    "stand on tiptoe=toes|feet|legs|muscles|head; wear a bracelet=wrist; shrug=shoulders|muscles",
)
USES: Table = (
    "cut paper=scissors|knife|razor; dig a hole=shovel; drive in a nail=hammer; sweep the floor=broom|brush; "
    "eat soup=spoon; open a lock=key; tell the time=clock; write on paper=pen|brush; dry the body=towel; "
    "wash the hands=soap|towel|bucket",
    "cut down a tree=axe|saw; brush the teeth=toothbrush|brush; keep off the rain=umbrella; "
    "take a photograph=camera; find north=compass; see far stars=telescope; see tiny cells=microscope; "
    "measure temperature=thermometer; weigh flour=scale; draw a straight line=ruler|pen; catch fish=net|hook; "
    "paint a wall=brush|roller",
    "cut wood into boards=saw|axe; shoot an arrow=bow; see one's own face=mirror; light a fire=match; "
    "carry water from a well=bucket; sew a button on=needle; boil water=kettle|pan; fry an egg=pan; "
    "climb onto a roof=ladder; sleep on=bed; press wrinkles from a shirt=iron; shave a beard=razor|scissors; "
    "fly in the sky=plane",
)
MATERIALS: Table = (
    "a window pane=glass|sand; a book page=paper|wood|cotton; a tree trunk=wood|water|carbon; a sweater=wool|cotton; "
    "a car tire=rubber|steel|carbon; an ice cube=water; a snowman=snow|water; a castle wall=stone|clay; "
    "a horseshoe=iron|steel; a beach=sand",
    "a T-shirt=cotton; a saddle=leather; a candle=wax; a brick=clay|sand|stone; a wine bottle=glass|sand; "
    "a newspaper=paper|wood; an igloo=snow|water; a wedding ring=gold; a rain cloud=water; "
    "a pencil lead=graphite|carbon|clay; a bridge cable=steel|iron",
    "an omelet=eggs|milk; cheese=milk; bread=flour|water|milk|eggs; wine=grapes; a diamond=carbon; "
    "paint on a canvas=oil; a spider web=silk; a raisin=grapes; butter=milk; a dune=sand; tofu=soy|water; "
    "an electric wire=copper|steel",
)
COLORS: Table = (
    "ripe banana=yellow; clear sky at noon=blue; fresh grass=green; fresh snow=white; coal=black; blood=red; "
    "lemon=yellow; ripe tomato=red; milk=white; leaf in spring=green",
    "ripe strawberry=red; crow=black; school bus=yellow; polar bear=white; emerald=green; ruby=red; sapphire=blue; "
    "raven=black; spinach=green; cotton=white; sunflower=yellow",
    "canary=yellow; charcoal=black; tar=black; cucumber=green; flour=white; forget-me-not=blue; cardinal's robe=red; "
    "egg yolk=yellow; cobalt glass=blue; stop sign=red; lapis lazuli=blue; jade=green",
)
QUANTITIES: Table = (
    "meter=length; kilogram=mass; second=time; mile=length; hour=time; minute=time; liter=volume; "
    "degree Celsius=temperature; watt=power",
    "foot=length; inch=length; ton=mass|volume; gallon=volume; pint=volume; gram=mass; ampere=current; "
    "joule=energy|heat; calorie=energy|heat; newton=force; acre=area; decade=time; kilometer=length; "
    "kelvin=temperature",
    "hectare=area; ohm=resistance; hertz=frequency; pascal=pressure; fathom=length; furlong=length; "
    "horsepower=power; light-year=length; barrel=volume; knot=speed; fortnight=time; byte=information; century=time; "
    "yard=length",
)
PLACES: Table = (
    "borrow books=library; see a doctor=hospital; learn as a child=school; buy bread=bakery; keep money safe=bank; "
    "watch a film=cinema|museum|hotel|school; catch a plane=airport; grow crops=farm; see lions in cages=zoo; "
    "pray to God=church",
    "look at old paintings=museum; order a meal=restaurant|hotel; be locked up for crimes=prison; "
    "cook food=kitchen|restaurant|camp|hotel; swim in chlorinated water=pool; write business reports=office; "
    "sleep when traveling=hotel|camp; play on swings=park|school; catch a train=station; "
    "watch a football match=stadium; be judged for a crime=court; repair a car=garage",
    "bury the dead=cemetery|church; dig up coal=mine; unload ships=harbor; pick grapes=vineyard|farm; "
    "study the stars=observatory|school; dry hay=barn|farm; pick apples=orchard|farm; "
    "defend a town with cannons=fortress; buy medicine=pharmacy|hospital; lift weights=gym|prison|school; "
    "pitch a tent=camp|park",
)
TRADES: Table = (
    "fly planes=pilot; treat the sick=doctor|nurse; bake bread=baker|chef; teach children=teacher; "
    "fight in the army=soldier; cook in a restaurant=chef; grow crops=farmer; fix teeth=dentist; "
    "paint pictures=artist; cut hair=barber",
    "repair pipes=plumber; sell meat=butcher; catch fish=fisherman|sailor; design houses=architect; "
    "build with wood=carpenter; write for a newspaper=journalist; judge crimes in court=judge; sail ships=sailor; "
    "lead an orchestra=conductor|artist; defend people in court=lawyer; mine coal=miner; "
    "help doctors at the bedside=nurse|doctor",
    "shape hot iron=blacksmith; make suits=tailor; solve crimes=detective; keep a company's books=accountant; "
    "treat sick pets=veterinarian|doctor; carve statues=sculptor|artist; "
    "perform operations=surgeon|doctor|veterinarian; write novels=author|journalist|artist; herd sheep=shepherd; "
    "dig up ancient ruins=archaeologist; win votes to hold office=politician; mix substances in a laboratory=chemist",
)
OPPOSITES: Table = (
    "hot=cold; big=small|short; good=bad|rude; fast=slow|late; old=young|modern; happy=sad|bitter; "
    "open=closed|private; wet=dry; rich=poor; hard=soft|weak; long=short|small; true=false|artificial; full=empty; "
    "strong=weak|soft|poor",
    "early=late|slow; light=dark; high=low|short|shallow; thick=thin|narrow|soft; clean=dirty; noisy=quiet|private; "
    "deep=shallow|low; wide=narrow|thin; sweet=bitter; cheap=expensive; safe=dangerous; alive=dead; guilty=innocent; "
    "first=last|late",
    "ancient=modern|young; generous=selfish; temporary=permanent; natural=artificial|false; public=private|closed; "
    "simple=complex; rough=smooth|soft; humble=proud; polite=rude; urban=rural; domestic=foreign; "
    "active=passive|quiet|dead; abundant=scarce; rigid=flexible|soft; sour=sweet; literal=figurative",
)
CONTRARIES: Table = (
    "day=night; war=peace; friend=enemy; winter=summer; love=hate|enemy; north=south; top=bottom|end; "
    "question=answer; beginning=end|death|departure; heaven=hell; birth=death|end; parent=child",
    "success=failure|defeat|loss; victory=defeat|failure|loss; front=back|tail|end; arrival=departure|end; "
    "truth=lie; strength=weakness|failure; head=tail|bottom; profit=loss|failure; teacher=student; cause=effect; "
    "supply=demand; maximum=minimum",
    "reward=punishment|loss; freedom=slavery; sunrise=sunset|night; host=guest; expansion=contraction; "
    "wealth=poverty; wisdom=folly; praise=criticism; predator=prey; surplus=deficit|loss; courage=fear|weakness; "
    "ascent=descent",
)
PAIRS: Table = (
    "king=queen; boy=girl; man=woman; brother=sister; father=mother; son=daughter; uncle=aunt; prince=princess; "
    "husband=wife; actor=actress",
    "grandfather=grandmother; gentleman=lady; god=goddess; groom=bride; dad=mom; rooster=hen; bull=cow; male=female; "
    "nephew=niece; lord=lady",
    "monk=nun; wizard=witch; hero=heroine; widower=widow; drake=duck; gander=goose; stag=doe; master=mistress; "
    "bachelor=spinster; stallion=mare",
)
SPORTS: Table = (
    "a home run=baseball; a touchdown=football|rugby; a slam dunk=basketball; a checkmate=chess; a hole in one=golf; "
    "a goalkeeper who kicks the ball=soccer|football|hockey|rugby; a knockout punch=boxing; "
    "a pitcher and a catcher=baseball; a quarterback=football|rugby; a free throw=basketball; "
    "a bishop and a rook=chess",
    "a puck=hockey; a caddie=golf; a wicket=cricket; a breaststroke race=swimming|racing; a backhand serve=tennis; "
    "a deuce at forty all=tennis; a putter and a tee=golf; a three-point shot=basketball; a shortstop=baseball; "
    "a pawn=chess; a heavyweight title=boxing; a butterfly race=swimming|racing; "
    "a penalty kick and a throw-in=soccer|football|rugby",
    "a Zamboni for the ice=hockey; a bowler and a batsman=cricket; a scrum=rugby; a mashie and a niblick=golf; "
    "an uppercut=boxing; the Sicilian Defence=chess; a spinnaker=sailing; a saddle and a jockey=racing; "
    "the Davis Cup=tennis; the Stanley Cup=hockey; the Ashes=cricket; the Super Bowl=football; "
    "a freestyle relay=swimming|racing; the World Series=baseball",
)
