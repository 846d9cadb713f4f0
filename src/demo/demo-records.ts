// The records of the demonstration, as an import file: the guide's own test record, and invented
// families.

const GUIDE = `
famille;TEST;TEST;12 rue des Écoles;74200;Thonon-les-Bains;THONON CCVS
adulte;TEST-1;TEST;payeur;Fabien;TEST;test.fabien@ifac.asso.fr;06 99 00 00 42
enfant;TEST-2;TEST;Léa;TEST;14/05/2003
facture;TH001987;TH001987;THONON;THONON;TEST;16/03/2012;01/02/2012;29/02/2012;15/04/2012;TEST Léa;Mercredis;TEST Fabien;31,00;17/03/2012
ligne;TH001987;TEST-2;01/02/2012;Mercredi, journée avec repas;2;11,50;23,00;Tarif appliqué : tranche C, quotient 642
ligne;TH001987;TEST-2;15/02/2012;Mercredi, après-midi;1;8,00;8,00;Tarif appliqué : tranche C, quotient 642
facture;TH002012;TH002012;THONON;THONON;TEST;29/03/2012;27/02/2012;09/03/2012;30/04/2012;TEST Léa;Vacances d’hiver;TEST Fabien;70,00;30/03/2012
ligne;TH002012;TEST-2;27/02/2012;Semaine de vacances, 5 journées avec repas;5;14,00;70,00;Tarif appliqué : tranche C, quotient 642
facture;TH002048;TH002048;THONON;THONON;TEST;12/04/2012;01/04/2012;30/04/2012;30/04/2012;TEST Léa;Sortie au lac;TEST Fabien;10,00;13/04/2012
ligne;TH002048;TEST-2;11/04/2012;Sortie au lac;1;10,00;10,00;
paiement;TEST-P1;THONON;TEST;20/03/2012;chèque;26,50;TH001987
paiement;TEST-P2;THONON;TEST;13/04/2012;espèces;10,00;TH002048
facture;CCV500268;CCV500268;CCVS;MEZY;TEST;08/09/2011;01/09/2011;31/12/2011;30/09/2011;TEST Fabien;Mercredis;TEST Fabien;12,00;09/09/2011
ligne;CCV500268;TEST Fabien;07/09/2011;Mercredi, journée avec repas;1;12,00;12,00;
`

const RECHARGEABLE = `
famille;MARTIN;MARTIN;8 chemin des Vignes;78250;Mézy-sur-Seine;CCVS
adulte;MARTIN-1;MARTIN;payeur;Claire;MARTIN;claire.martin@courriel.example;06 99 00 00 43
enfant;MARTIN-2;MARTIN;Jules;MARTIN;02/11/2004
enfant;MARTIN-3;MARTIN;Zoé;MARTIN;23/06/2006
facture;CCV500301;CCV500301;CCVS;MEZY;MARTIN;10/10/2011;01/10/2011;31/10/2011;31/10/2011;MARTIN Jules et Zoé;Mercredis;MARTIN Claire;48,00;11/10/2011
ligne;CCV500301;MARTIN-2;05/10/2011;Mercredi, journée avec repas;2;12,00;24,00;
ligne;CCV500301;MARTIN-3;05/10/2011;Mercredi, journée avec repas;2;12,00;24,00;
paiement;MARTIN-P1;CCVS;MARTIN;18/10/2011;chèque;60,00;CCV500301
facture;CCV500344;CCV500344;CCVS;MEZY;MARTIN;09/01/2012;01/01/2012;31/01/2012;31/01/2012;MARTIN Jules;Mercredis;MARTIN Claire;24,00;10/01/2012
ligne;CCV500344;MARTIN-2;11/01/2012;Mercredi, journée avec repas;2;12,00;24,00;
facture;CCV500371;CCV500371;CCVS;MEZY;MARTIN;12/03/2012;01/03/2012;31/03/2012;31/03/2012;MARTIN Zoé;Mercredis;MARTIN Claire;30,00;13/03/2012
ligne;CCV500371;MARTIN-3;07/03/2012;Mercredi, journée avec repas;2,5;12,00;30,00;
`

const NEWCOMER = `
famille;PETIT;PETIT;3 quai de Ripaille;74200;Thonon-les-Bains;
adulte;PETIT-1;PETIT;payeur;Lou;PETIT;lou.petit@courriel.example;
enfant;PETIT-2;PETIT;Noé;PETIT;30/08/2006
`

/** A town's own service, paid through PayFiP: three invoices, one payment each. */
const TOWN = `
famille;ROUX;ROUX;5 impasse du Lavoir;74999;Vieilleville;VIEILLEVILLE
adulte;ROUX-1;ROUX;payeur;Nadia;ROUX;nadia.roux@courriel.example;06 99 00 00 45
enfant;ROUX-2;ROUX;Sami;ROUX;11/03/2004
facture;VI000012;VI000012;VIEILLEVILLE;VIEILLEVILLE;ROUX;05/03/2012;01/02/2012;29/02/2012;05/04/2012;ROUX Sami;Garderie du matin;ROUX Nadia;18,50;06/03/2012
ligne;VI000012;ROUX-2;29/02/2012;Garderie du matin;10;1,85;18,50;
facture;VI000027;VI000027;VIEILLEVILLE;VIEILLEVILLE;ROUX;05/04/2012;01/03/2012;31/03/2012;05/05/2012;ROUX Sami;Restaurant scolaire;ROUX Nadia;42,00;06/04/2012
ligne;VI000027;ROUX-2;31/03/2012;Repas;12;3,50;42,00;
facture;VI000031;VI000031;VIEILLEVILLE;VIEILLEVILLE;ROUX;05/04/2012;01/03/2012;31/03/2012;05/05/2012;ROUX Sami;Mercredis;ROUX Nadia;24,00;06/04/2012
ligne;VI000031;ROUX-2;28/03/2012;Mercredi, journée avec repas;2;12,00;24,00;
`

/** Families whose payments of the last days are reconciled: see demo-month.ts. */
const NEIGHBOURS = `
famille;GARNIER;GARNIER;5 rue du Port;74200;Thonon-les-Bains;THONON
adulte;GARNIER-1;GARNIER;payeur;Anne;GARNIER;anne.garnier@courriel.example;
enfant;GARNIER-2;GARNIER;Tom;GARNIER;11/02/2005
facture;TH002101;TH002101;THONON;THONON;GARNIER;16/04/2012;;;15/05/2012;GARNIER Tom;Mercredis;GARNIER Anne;45,00;17/04/2012
ligne;TH002101;GARNIER-2;04/04/2012;Mercredi, journée avec repas;3;15,00;45,00;
facture;TH002102;TH002102;THONON;THONON;GARNIER;16/05/2012;;;15/06/2012;GARNIER Tom;Mercredis;GARNIER Anne;30,00;17/05/2012
ligne;TH002102;GARNIER-2;02/05/2012;Mercredi, journée avec repas;2;15,00;30,00;
famille;NGUYEN;NGUYEN;18 avenue du Léman;74200;Thonon-les-Bains;THONON
adulte;NGUYEN-1;NGUYEN;payeur;Linh;NGUYEN;linh.nguyen@courriel.example;
enfant;NGUYEN-2;NGUYEN;Minh;NGUYEN;07/09/2006
facture;TH002103;TH002103;THONON;THONON;NGUYEN;16/05/2012;;;15/06/2012;NGUYEN Minh;Vacances;NGUYEN Linh;31,00;17/05/2012
ligne;TH002103;NGUYEN-2;02/05/2012;Sortie et repas;1;31,00;31,00;
famille;BENALI;BENALI;2 place des Arts;74200;Thonon-les-Bains;THONON
adulte;BENALI-1;BENALI;payeur;Samia;BENALI;samia.benali@courriel.example;
enfant;BENALI-2;BENALI;Yanis;BENALI;20/12/2003
facture;TH002104;TH002104;THONON;THONON;BENALI;16/05/2012;;;15/06/2012;BENALI Yanis;Mercredis;BENALI Samia;45,00;17/05/2012
ligne;TH002104;BENALI-2;02/05/2012;Mercredi, journée avec repas;3;15,00;45,00;
famille;MOREAU;MOREAU;9 chemin de Ronde;78250;Mézy-sur-Seine;CCVS
adulte;MOREAU-1;MOREAU;payeur;Paul;MOREAU;paul.moreau@courriel.example;
enfant;MOREAU-2;MOREAU;Jade;MOREAU;03/03/2004
`

/** A small club, paid through Stripe. */
const CLUB = `
famille;LEROY;LEROY;14 rue du Port;74200;Thonon-les-Bains;CLUB
adulte;LEROY-1;LEROY;payeur;Sam;LEROY;sam.leroy@courriel.example;06 99 00 00 46
enfant;LEROY-2;LEROY;Maya;LEROY;22/07/2003
facture;CR000007;CR000007;CLUB;CLUB;LEROY;12/03/2012;01/03/2012;31/03/2012;12/04/2012;LEROY Maya;Voile;LEROY Sam;36,00;13/03/2012
ligne;CR000007;LEROY-2;21/03/2012;Séance de voile;3;12,00;36,00;
facture;CR000015;CR000015;CLUB;CLUB;LEROY;10/04/2012;01/04/2012;30/04/2012;10/05/2012;LEROY Maya;Stage d’optimist;LEROY Sam;55,00;11/04/2012
ligne;CR000015;LEROY-2;20/04/2012;Stage d’optimist, 5 matinées;5;11,00;55,00;
`

/** Separated parents: a file each, one child, and a grandmother who reads. */
const PARENTS = `
famille;FAURE;FAURE;6 rue des Tilleuls;74200;Thonon-les-Bains;THONON
adulte;FAURE-1;FAURE;payeur;Julie;FAURE;julie.faure@courriel.example;
adulte;FAURE-2;FAURE;lecteur;Odette;FAURE;odette.faure@courriel.example;
enfant;FAURE-3;FAURE;Lise;FAURE;12/06/2005
facture;TH000091;TH000091;THONON;THONON;FAURE;16/05/2012;01/05/2012;15/05/2012;15/06/2012;FAURE Lise;Mercredis;FAURE Julie;28,00;17/05/2012
ligne;TH000091;FAURE-3;02/05/2012;Mercredi, journée avec repas;2;14,00;28,00;
famille;BLANC;BLANC;19 avenue de la Gare;74200;Thonon-les-Bains;THONON
adulte;BLANC-1;BLANC;payeur;Marc;BLANC;marc.blanc@courriel.example;
facture;TH000092;TH000092;THONON;THONON;BLANC;16/05/2012;16/05/2012;31/05/2012;15/06/2012;FAURE Lise;Mercredis;BLANC Marc;42,00;17/05/2012
ligne;TH000092;FAURE Lise;16/05/2012;Mercredi, journée avec repas;3;14,00;42,00;
`

const ACTIVITIES = ['Mercredis', 'Accueil du matin', 'Accueil du soir', 'Vacances', 'Sortie à la ferme']

/** Sixty unpaid invoices of Thonon, every fortnight from January 2010 to May 2012. */
function manyInvoices(): string {
  const lines = [
    'famille;DIALLO;DIALLO;27 rue de l’Hôtel-Dieu;74200;Thonon-les-Bains;THONON',
    'adulte;DIALLO-1;DIALLO;payeur;Awa;DIALLO;awa.diallo@courriel.example;06 99 00 00 44',
    'enfant;DIALLO-2;DIALLO;Ibrahima;DIALLO;19/01/2002',
  ]
  for (let index = 0; index < 60; index += 1) {
    const number = `TH000${101 + index}`
    const issued = new Date(Date.UTC(2010, 0, 8 + index * 14))
    const day = french(issued)
    const visible = french(new Date(issued.getTime() + 86_400_000))
    const euros = 9 + ((index * 7) % 23)
    const activity = ACTIVITIES[index % ACTIVITIES.length]
    lines.push(
      `facture;${number};${number};THONON;THONON;DIALLO;${day};;;;DIALLO Ibrahima;${activity};DIALLO Awa;${euros},50;${visible}`,
      `ligne;${number};DIALLO-2;${day};${activity};1;${euros},50;${euros},50;`,
    )
  }
  return lines.join('\n')
}

const french = (at: Date): string => at.toISOString().slice(0, 10).split('-').toReversed().join('/')

/** The whole file. */
export const demoRecords = (): string =>
  [GUIDE, RECHARGEABLE, manyInvoices(), NEWCOMER, TOWN, CLUB, NEIGHBOURS, PARENTS].join('\n')
