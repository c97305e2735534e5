"""Which words fill the grammar patterns?

Lists by name; those with a slash hold the two forms between which one chooses.
"""

from __future__ import annotations

_LISTS = {
    # Nouns here form their plural with -s and begin with a consonant, so that "a {thing}" and "{thing}s" are right.
    "person": "teacher singer doctor farmer driver painter baker writer gardener lawyer sailor pilot student nurse",
    "thing": "key picture letter lamp table chair book map cup basket bottle clock mirror pencil hammer ticket",
    "place": "garden house school shop park village station market hotel museum tower castle",
    "name": "Anna Ben Clara David Emma Frank Grace Henry Irene Jack Kate Leo Mary Nick Paul Rose Sam Tom",
    "adj": "young old tall clever friendly famous quiet tired kind rich",
    "often": "often always usually sometimes never rarely",
    "can": "can must will should could may",
    "invariant": "sheep deer fish salmon trout bison aircraft spacecraft",
    "cleaning": "cleaning painting drawing repairing measuring decorating",
    "he": "he she",
    "they": "they we you I",
    "male": "man king father brother uncle boy prince grandfather son husband",
    "female": "woman queen mother sister aunt girl princess grandmother daughter wife",
    "regular_male": "boy king brother uncle father prince grandfather knight monk",
    "hurt": "hurt washed dressed blamed praised introduced taught helped protected",
    "helped": "helped thanked invited followed met visited",
    "behind": "behind beside near with without",
    "food": "rice bread cheese soup fish honey fruit cake",
    "drink": "tea coffee milk water juice",
    "depends": "depends relies insists concentrates",
    "fond": "is fond|is aware|is afraid",
    "month": "January March April June July August October December",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "now": "nowadays|as of today|at present",
    "ago": "a year ago|a week ago|last summer|long ago",
    "these_days": "these days|nowadays|at present",
    "last_week": "last week|yesterday|last Friday|two days ago",
    "because": "because when while although",
    # Pairs of forms.
    "third": "sings/sing smiles/smile dances/dance jumps/jump eats/eat writes/write runs/run speaks/speak learns/learn "
    "thinks/think grows/grow wins/win",
    "base": "sing/sings smile/smiles dance/dances jump/jumps eat/eats write/writes speak/speaks learn/learns think/thinks "
    "win/wins",
    "past_participle": "wrote/written ate/eaten saw/seen took/taken gave/given spoke/spoken drove/driven broke/broken "
    "chose/chosen fell/fallen stole/stolen wore/worn threw/thrown drew/drawn began/begun",
    "past_base": "went/go came/come ran/run ate/eat saw/see took/take wrote/write slept/sleep swam/swim found/find "
    "bought/buy lost/lose spoke/speak drove/drive",
    "present_past": "cooks/cooked walks/walked dances/danced plays/played paints/painted talks/talked smiles/smiled "
    "looks/looked helps/helped calls/called works/worked",
    "vowel_noun": "apple/banana orange/lemon egg/potato uncle/brother owl/dog eagle/pigeon island/river office/kitchen "
    "engine/wheel elephant/tiger umbrella/coat oven/stove actor/singer artist/painter engineer/doctor onion/carrot "
    "envelope/letter ant/bee",
    "vowel_adj": "old/young easy/hard empty/full early/late ugly/pretty open/closed angry/happy expensive/cheap "
    "unusual/normal enormous/tiny important/famous",
    "er_est": "taller/tallest older/oldest younger/youngest stronger/strongest faster/fastest smaller/smallest "
    "shorter/shortest",
    "more_er": "careful/older famous/taller honest/younger useful/smaller beautiful/shorter nervous/richer "
    "dangerous/stronger patient/faster",
    "month_day": "January/Monday March/Tuesday April/Wednesday June/Thursday July/Friday August/Saturday October/Sunday",
    "since_for": "Monday/days June/months yesterday/years Tuesday/weeks April/weeks Friday/hours March/years",
}

WORDS = {name: words.split("|" if "|" in words else None) for name, words in _LISTS.items()}
