"""Which words does the translation task ask for?

A row is `English=French,Spanish,German,Italian,Portuguese`. Three bands a part of speech, set by hand before any model was
asked: the first words of a learner, everyday words, later words. Words with two common meanings, or with two common
translations, were left out; so were those that share a translation with another row.
"""

from __future__ import annotations

LANGUAGES = ("French", "Spanish", "German", "Italian", "Portuguese")

Bands = tuple[str, str, str]

NOUNS: Bands = (
    "house=maison,casa,Haus,casa,casa; dog=chien,perro,Hund,cane,cachorro; cat=chat,gato,Katze,gatto,gato; "
    "water=eau,agua,Wasser,acqua,água; bread=pain,pan,Brot,pane,pão; milk=lait,leche,Milch,latte,leite; "
    "book=livre,libro,Buch,libro,livro; day=jour,día,Tag,giorno,dia; night=nuit,noche,Nacht,notte,noite; "
    "hand=main,mano,Hand,mano,mão; head=tête,cabeza,Kopf,testa,cabeça; father=père,padre,Vater,padre,pai; "
    "mother=mère,madre,Mutter,madre,mãe; brother=frère,hermano,Bruder,fratello,irmão; "
    "sister=soeur,hermana,Schwester,sorella,irmã; friend=ami,amigo,Freund,amico,amigo; sun=soleil,sol,Sonne,sole,sol; "
    "moon=lune,luna,Mond,luna,lua; tree=arbre,árbol,Baum,albero,árvore; flower=fleur,flor,Blume,fiore,flor; "
    "door=porte,puerta,Tür,porta,porta; sea=mer,mar,Meer,mare,mar; fish=poisson,pez,Fisch,pesce,peixe; "
    "horse=cheval,caballo,Pferd,cavallo,cavalo; world=monde,mundo,Welt,mondo,mundo; name=nom,nombre,Name,nome,nome; "
    "school=école,escuela,Schule,scuola,escola; king=roi,rey,König,re,rei",
    "window=fenêtre,ventana,Fenster,finestra,janela; street=rue,calle,Straße,strada,rua; "
    "church=église,iglesia,Kirche,chiesa,igreja; bridge=pont,puente,Brücke,ponte,ponte; snow=neige,nieve,Schnee,neve,neve; "
    "rain=pluie,lluvia,Regen,pioggia,chuva; wind=vent,viento,Wind,vento,vento; fire=feu,fuego,Feuer,fuoco,fogo; "
    "bird=oiseau,pájaro,Vogel,uccello,pássaro; cow=vache,vaca,Kuh,mucca,vaca; egg=oeuf,huevo,Ei,uovo,ovo; "
    "apple=pomme,manzana,Apfel,mela,maçã; cheese=fromage,queso,Käse,formaggio,queijo; wine=vin,vino,Wein,vino,vinho; "
    "heart=coeur,corazón,Herz,cuore,coração; eye=oeil,ojo,Auge,occhio,olho; ear=oreille,oreja,Ohr,orecchio,orelha; "
    "nose=nez,nariz,Nase,naso,nariz; mouth=bouche,boca,Mund,bocca,boca; foot=pied,pie,Fuß,piede,pé; "
    "blood=sang,sangre,Blut,sangue,sangue; key=clé,llave,Schlüssel,chiave,chave; bed=lit,cama,Bett,letto,cama; "
    "chair=chaise,silla,Stuhl,sedia,cadeira; knife=couteau,cuchillo,Messer,coltello,faca; "
    "week=semaine,semana,Woche,settimana,semana; year=année,año,Jahr,anno,ano; war=guerre,guerra,Krieg,guerra,guerra; "
    "money=argent,dinero,Geld,denaro,dinheiro; city=ville,ciudad,Stadt,città,cidade; island=île,isla,Insel,isola,ilha; "
    "forest=forêt,bosque,Wald,foresta,floresta",
    "butterfly=papillon,mariposa,Schmetterling,farfalla,borboleta; spider=araignée,araña,Spinne,ragno,aranha; "
    "shadow=ombre,sombra,Schatten,ombra,sombra; knee=genou,rodilla,Knie,ginocchio,joelho; "
    "shoulder=épaule,hombro,Schulter,spalla,ombro; tongue=langue,lengua,Zunge,lingua,língua; "
    "pillow=oreiller,almohada,Kissen,cuscino,travesseiro; spoon=cuillère,cuchara,Löffel,cucchiaio,colher; "
    "fork=fourchette,tenedor,Gabel,forchetta,garfo; garlic=ail,ajo,Knoblauch,aglio,alho; "
    "onion=oignon,cebolla,Zwiebel,cipolla,cebola; strawberry=fraise,fresa,Erdbeere,fragola,morango; "
    "sheep=mouton,oveja,Schaf,pecora,ovelha; rabbit=lapin,conejo,Kaninchen,coniglio,coelho; "
    "wolf=loup,lobo,Wolf,lupo,lobo; bee=abeille,abeja,Biene,ape,abelha; frog=grenouille,rana,Frosch,rana,rã; "
    "star=étoile,estrella,Stern,stella,estrela; sword=épée,espada,Schwert,spada,espada; "
    "thief=voleur,ladrón,Dieb,ladro,ladrão; dream=rêve,sueño,Traum,sogno,sonho; truth=vérité,verdad,Wahrheit,verità,verdade; "
    "freedom=liberté,libertad,Freiheit,libertà,liberdade; health=santé,salud,Gesundheit,salute,saúde; "
    "knowledge=connaissance,conocimiento,Wissen,conoscenza,conhecimento; bone=os,hueso,Knochen,osso,osso; "
    "lawyer=avocat,abogado,Anwalt,avvocato,advogado; neighbor=voisin,vecino,Nachbar,vicino,vizinho; "
    "salt=sel,sal,Salz,sale,sal; bottle=bouteille,botella,Flasche,bottiglia,garrafa; "
    "scissors=ciseaux,tijeras,Schere,forbici,tesoura; roof=toit,techo,Dach,tetto,telhado",
)
VERBS: Bands = (
    "eat=manger,comer,essen,mangiare,comer; drink=boire,beber,trinken,bere,beber; sleep=dormir,dormir,schlafen,dormire,dormir; "
    "speak=parler,hablar,sprechen,parlare,falar; see=voir,ver,sehen,vedere,ver; hear=entendre,oír,hören,sentire,ouvir; "
    "write=écrire,escribir,schreiben,scrivere,escrever; read=lire,leer,lesen,leggere,ler; "
    "sing=chanter,cantar,singen,cantare,cantar; love=aimer,amar,lieben,amare,amar; come=venir,venir,kommen,venire,vir; "
    "buy=acheter,comprar,kaufen,comprare,comprar; live=vivre,vivir,leben,vivere,viver; die=mourir,morir,sterben,morire,morrer",
    "work=travailler,trabajar,arbeiten,lavorare,trabalhar; open=ouvrir,abrir,öffnen,aprire,abrir; "
    "close=fermer,cerrar,schließen,chiudere,fechar; swim=nager,nadar,schwimmen,nuotare,nadar; "
    "run=courir,correr,rennen,correre,correr; think=penser,pensar,denken,pensare,pensar; "
    "find=trouver,encontrar,finden,trovare,encontrar; give=donner,dar,geben,dare,dar; sell=vendre,vender,verkaufen,vendere,vender; "
    "dance=danser,bailar,tanzen,ballare,dançar; laugh=rire,reír,lachen,ridere,rir; cry=pleurer,llorar,weinen,piangere,chorar; "
    "help=aider,ayudar,helfen,aiutare,ajudar; pay=payer,pagar,bezahlen,pagare,pagar",
    "forget=oublier,olvidar,vergessen,dimenticare,esquecer; choose=choisir,elegir,wählen,scegliere,escolher; "
    "build=construire,construir,bauen,costruire,construir; translate=traduire,traducir,übersetzen,tradurre,traduzir; "
    "believe=croire,creer,glauben,credere,acreditar; wait=attendre,esperar,warten,aspettare,esperar; "
    "steal=voler,robar,stehlen,rubare,roubar; breathe=respirer,respirar,atmen,respirare,respirar; "
    "dig=creuser,cavar,graben,scavare,cavar; hide=cacher,esconder,verstecken,nascondere,esconder; "
    "invent=inventer,inventar,erfinden,inventare,inventar; bite=mordre,morder,beißen,mordere,morder; "
    "whisper=chuchoter,susurrar,flüstern,sussurrare,sussurrar; burn=brûler,quemar,brennen,bruciare,queimar",
)
ADJECTIVES: Bands = (
    "red=rouge,rojo,rot,rosso,vermelho; green=vert,verde,grün,verde,verde; white=blanc,blanco,weiß,bianco,branco; "
    "black=noir,negro,schwarz,nero,preto; good=bon,bueno,gut,buono,bom; bad=mauvais,malo,schlecht,cattivo,mau; "
    "big=grand,grande,groß,grande,grande; small=petit,pequeño,klein,piccolo,pequeno; new=nouveau,nuevo,neu,nuovo,novo; "
    "old=vieux,viejo,alt,vecchio,velho; blue=bleu,azul,blau,blu,azul; yellow=jaune,amarillo,gelb,giallo,amarelo; "
    "cold=froid,frío,kalt,freddo,frio; hot=chaud,caliente,heiß,caldo,quente",
    "young=jeune,joven,jung,giovane,jovem; rich=riche,rico,reich,ricco,rico; poor=pauvre,pobre,arm,povero,pobre; "
    "sad=triste,triste,traurig,triste,triste; strong=fort,fuerte,stark,forte,forte; weak=faible,débil,schwach,debole,fraco; "
    "heavy=lourd,pesado,schwer,pesante,pesado; empty=vide,vacío,leer,vuoto,vazio; full=plein,lleno,voll,pieno,cheio; "
    "sick=malade,enfermo,krank,malato,doente; dead=mort,muerto,tot,morto,morto; tired=fatigué,cansado,müde,stanco,cansado; "
    "dirty=sale,sucio,schmutzig,sporco,sujo; short=court,corto,kurz,corto,curto",
    "deaf=sourd,sordo,taub,sordo,surdo; blind=aveugle,ciego,blind,cieco,cego; bitter=amer,amargo,bitter,amaro,amargo; "
    "deep=profond,profundo,tief,profondo,profundo; guilty=coupable,culpable,schuldig,colpevole,culpado; "
    "thin=mince,delgado,dünn,sottile,fino; jealous=jaloux,celoso,eifersüchtig,geloso,ciumento; "
    "lazy=paresseux,perezoso,faul,pigro,preguiçoso; naked=nu,desnudo,nackt,nudo,nu; narrow=étroit,estrecho,eng,stretto,estreito; "
    "mad=fou,loco,verrückt,pazzo,louco; proud=fier,orgulloso,stolz,orgoglioso,orgulhoso; "
    "useful=utile,útil,nützlich,utile,útil; round=rond,redondo,rund,rotondo,redondo",
)
