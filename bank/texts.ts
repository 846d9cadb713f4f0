import type { Authentication, Brand, Card } from './cards.ts'

/** Puts the no-break spaces of French typography where a plain space was typed. */
export function fr(text: string): string {
  return text.replaceAll(/ (?=[:;!?»€])/g, '\u00a0').replaceAll('« ', '«\u00a0')
}

/** Every sentence of an object of sentences, with its typography. */
export function typeset<Sentences extends Record<string, string>>(sentences: Sentences): Sentences {
  return Object.fromEntries(Object.entries(sentences).map(([name, text]) => [name, fr(text)])) as Sentences
}

export const texts = typeset({
  bank: 'Banque de démonstration',
  tagline: 'Paiement en ligne sécurisé',
  encrypted: 'Connexion chiffrée',
  demonstration: 'Démonstration',
  skip: 'Aller au contenu',
  warningLabel: 'Avertissement',
  warning: 'Simulateur de banque : aucune somme n’est débitée. N’utilisez jamais une vraie carte.',
  testCards: 'Cartes de test',
  mailbox: 'Boîte aux lettres',
  journal: 'Journal des transactions',
  machines: 'Salle des machines',
  homeMachines:
    'Chaque échange entre la banque et le portail, l’horloge de la banque, et les pannes à provoquer.',
  homeJournal: 'Ce que la banque a accepté et refusé, jour par jour, à importer dans le portail.',
  shop: 'boutique',
  journalIntro: 'Un fichier par jour, à importer avec npm run preau -- journal FICHIER.csv.',
  noJournal: 'Aucune transaction pour l’instant.',
  home: 'Accueil',
  footer: 'Banque de démonstration – module de Préau, sans lien avec un établissement bancaire.',
  error: 'Erreur',

  steps: 'Étapes',
  step1: 'Type de carte',
  step2: 'Données de la carte',
  step3: 'Code reçu par SMS',
  step4: 'Résultat',
  done: ' – terminé',

  summary: 'Récapitulatif',
  amount: 'Montant à payer',
  payee: 'Bénéficiaire',
  object: 'Objet',
  reference: 'Référence',
  date: 'Date',
  cancel: 'Annuler et revenir au portail',
  nothingDebited: 'Aucune somme ne sera débitée.',
  back: 'Retour au portail famille',

  chooseBrand: 'Sélectionnez un moyen de paiement',
  goToPayment: 'Accéder au paiement',
  noBrand: 'Choisissez un type de carte.',

  cardTitle: 'Paiement sécurisé par carte Visa ou Mastercard :',
  amexTitle: 'Paiement sécurisé par carte American Express :',
  number: 'Saisissez votre numéro de carte',
  numberHelp: 'Les 16 chiffres au recto. Les espaces sont acceptés.',
  numberHelpAmex: 'Les 15 chiffres au recto. Les espaces sont acceptés.',
  acceptedCards: 'Cartes acceptées',
  expiry: 'Sa date d’expiration',
  expiryHelp: 'Mois et année, comme sur la carte',
  month: 'Mois',
  year: 'Année',
  code3: 'Retournez votre carte et saisissez les 3\u00a0derniers chiffres de l’espace signature',
  code4: 'Saisissez les 4\u00a0chiffres au recto de votre carte',
  codePicture: 'Dos de la carte : les trois chiffres sont à droite de la bande de signature',
  codePictureAmex: 'Recto de la carte : les quatre chiffres sont au-dessus du numéro, à droite',
  email: 'Saisissez votre e-mail pour recevoir un reçu (facultatif)',
  emailHelp: '(Il est aussi possible d’imprimer un reçu en fin de transaction)',
  programmes: 'Programmes d’authentification',
  secureCode: 'MasterCard SecureCode',
  verifiedBy: 'Verified by VISA',
  submitCard: '>>>valider',
  smsComing: 'En validant, vous recevrez un SMS de votre banque. Gardez votre mobile à portée de main.',
  anotherBrand: 'Choisir un autre type de carte',

  problems: 'Il y a une erreur dans le formulaire',
  noNumber: 'Saisissez les chiffres du recto de la carte.',
  badNumber: 'Le numéro de carte comporte une erreur. Vérifiez-le chiffre par chiffre.',
  unknownCard:
    'Carte inconnue de la banque de démonstration. Elle n’a été ni enregistrée ni transmise. Utilisez une des cartes de test.',
  seeTestCards: 'Voir les cartes de test',
  badExpiry: 'Choisissez le mois et l’année d’expiration.',
  badCode3: 'Saisissez les 3 chiffres du dos de la carte.',
  badCode4: 'Saisissez les 4 chiffres du recto de la carte.',
  badEmail: 'L’adresse doit ressembler à nom@exemple.fr. Vous pouvez aussi laisser ce champ vide.',

  otp: 'Saisissez le code reçu par SMS',
  otpHelp: '6 chiffres. Les espaces sont acceptés.',
  submitOtp: 'valider',
  resend: 'Renvoyer le code',
  needHelp: 'Besoin d’aide ?',
  helpSms:
    'Ceci est un simulateur : aucun vrai SMS ne part. Le code s’affiche sur le « Téléphone de démonstration » de cette page.',
  helpWait:
    'Si rien n’arrive, attendez 30 secondes puis demandez un nouveau code. Le précédent reste valable.',
  helpSilent:
    'Avec certaines cartes de test, le SMS n’arrive jamais : annulez, ou attendez la fin des 10 minutes.',
  phone: 'Téléphone de démonstration',
  noSms: 'Aucun message',
  smsFrom: 'Votre banque',
  codeMissing: 'Saisissez le code à 6 chiffres.',
  codeExpired: 'Ce code n’est plus valable. Un nouveau code vient d’être envoyé.',
  codeSent: 'Un nouveau code vient d’être envoyé. Le précédent reste valable.',

  accepted: 'Paiement accepté',
  refused: 'Paiement refusé',
  abandoned: 'Paiement annulé',
  authorisation: 'Numéro d’autorisation',
  paidAmount: 'Montant',
  card: 'Carte',
  paidOn: 'Date du paiement',
  acceptedMoney: 'Votre paiement a été accepté. La banque en informe le bénéficiaire.',
  refusedMoney: 'Aucune somme n’a été débitée.',
  abandonedMoney: 'Vous avez quitté la page de la banque. Aucune somme n’a été débitée.',
  printReceipt: 'Imprimer le reçu',
  retry: 'Réessayer avec une autre carte',
  reason: 'Motif',
  notOverYet: 'Le délai de 10 minutes est passé : pour réessayer, repartez du portail famille.',

  receipt: 'Reçu de paiement',
  receiptNote: 'Simulateur de banque : ce reçu n’a aucune valeur, aucune somme n’a été débitée.',
  print: 'Imprimer',
  backToResult: 'Revenir au résultat',

  expired: 'Page expirée',
  expiredText: 'Cette page de paiement a dépassé sa limite de 10 minutes. Aucune somme n’a été débitée.',
  expiredNext: 'Pour payer, repartez du portail famille.',
  missing: 'Page introuvable',
  missingPayment: 'Cette page de paiement n’existe pas, ou la banque de démonstration a redémarré depuis.',
  missingText: 'Cette adresse ne correspond à aucune page de la banque de démonstration.',
  failure: 'Incident technique',
  failureText:
    'La banque de démonstration a rencontré un incident. Vérifiez l’état du paiement sur le portail.',

  formRefused: 'Demande refusée',
  formRefusedIntro:
    'La banque n’a pas pu ouvrir la page de paiement : la demande de la boutique n’est pas conforme.',
  formRefusedMoney: 'Aucune carte n’a été demandée, aucune somme n’a été débitée.',
  errorNumber: 'Numéro de l’erreur',
  errorField: 'Champ en cause',
  errorCorrection: 'À corriger',
  errorCodes: 'Codes de la plateforme',

  homeTitle: 'Banque de démonstration',
  homeIntro:
    'Ce site joue le rôle de la banque quand on essaie le portail famille. Il parle le même protocole que la vraie plateforme de paiement, sans jamais débiter personne.',
  homeCards: 'Les numéros à utiliser et ce qui arrive avec chacun.',
  homeMails: 'Les courriels envoyés par le portail et par la banque pendant la démonstration.',
  homePortal: 'Aller au portail famille',

  cardsIntro:
    'Ces numéros sont les seuls acceptés ici. Prenez une date d’expiration à venir et trois chiffres au choix (quatre pour American Express).',
  cardsCaption: 'Une carte par situation',
  cardNumber: 'Numéro',
  cardBrand: 'Type',
  cardOutcome: 'Ce qui arrive',
  publishedList: 'Liste publiée par la plateforme',
  olderList: 'Ancienne liste de la plateforme',
  ownList: 'Ajouts de ce simulateur',

  mailIntro: 'Ici arrivent tous les courriels de la démonstration. Aucun n’est parti sur Internet.',
  noMail: 'Aucun courriel pour le moment. Ceux du portail et les reçus de la banque s’afficheront ici.',
  mailTo: 'À',
  mailFrom: 'De',
  mailSubject: 'Objet',
  mailTime: 'Reçu le',
  mailText: 'Texte',
  mailHtml: 'Version mise en page',
  mailFiles: 'Pièces jointes',
  mailNoText: 'Ce courriel n’a pas de texte.',
  noSubject: '(sans objet)',
  backToMails: 'Retour à la boîte aux lettres',
})

export const brandNames: Record<Brand, string> = {
  AMEX: 'American Express',
  MASTERCARD: 'MasterCard',
  VISA: 'VISA',
}

const brandArticles: Record<Brand, string> = {
  AMEX: 'une American Express',
  MASTERCARD: 'une MasterCard',
  VISA: 'une Visa',
}

const spokenBrands: Record<Brand, string> = {
  AMEX: 'American Express',
  MASTERCARD: 'MasterCard',
  VISA: 'Visa',
}

const authenticationSentences: Record<Authentication, string> = {
  frictionless: 'sans code SMS',
  sms: 'après le code reçu par SMS',
  silent: '',
  rejected: '',
  unavailable: '',
  'not-enrolled': 'sans code SMS, la carte n’étant pas enrôlée',
  'soft-decline': 'au second essai, après le code reçu par SMS que la banque du porteur exige',
}

const refusalReasons: Record<string, string> = {
  '05': 'votre banque n’a pas autorisé le paiement',
  '43': 'carte déclarée volée',
  '51': 'solde insuffisant',
  '61': 'plafond dépassé',
  '63': 'cryptogramme incorrect',
}

/** Why the network refused, in plain words: « plafond dépassé ». */
export function refusalReason(authorisation: string): string {
  return refusalReasons[authorisation] ?? 'votre banque n’a pas autorisé le paiement'
}

/** What paying with a test card leads to, in one sentence. */
export function describeCard(card: Card): string {
  if (card.authentication === 'silent') return fr('Le SMS n’arrive jamais : refusé à la fin des 10 minutes.')
  if (card.authentication === 'rejected') return fr('Refusé : l’authentification échoue.')
  if (card.authentication === 'unavailable') return fr('Refusé : l’authentification est indisponible.')
  const how = authenticationSentences[card.authentication]
  if (card.authorisation === '00') return fr(`Accepté, ${how}.`)
  return fr(`Refusé ${how} : ${refusalReason(card.authorisation)} (code ${card.authorisation}).`)
}

/** Sentences with something in them. */
export const say = {
  pageTitle: (amount: string, step: number) => `Paiement sécurisé ${amount} – étape ${step} sur 4`,
  timeLimit: (hour: string) =>
    fr(`Vous avez 10 minutes pour payer : cette page est ouverte jusqu’à ${hour}.`),
  otherBrand: (card: Brand, chosen: Brand) =>
    fr(
      `Cette carte est ${brandArticles[card]}, vous avez choisi ${spokenBrands[chosen]} : continuer en ${spokenBrands[card]} ?`,
    ),
  continueIn: (card: Brand) => `Continuer en ${spokenBrands[card]}`,
  notTaken: (card: Brand) => fr(`Cette carte est ${brandArticles[card]} : le bénéficiaire ne l’accepte pas.`),
  expiredCard: (month: number, year: number) =>
    `Cette carte a expiré en ${String(month).padStart(2, '0')}/${year}.`,
  maybeMeant: (address: string) => fr(`Vouliez-vous écrire ${address} ?`),
  codeSentTo: (phoneEnd: string, amount: string, payee: string) =>
    `Banque de démonstration a envoyé un code au 06\u00a0••\u00a0••\u00a0••\u00a0${phoneEnd} pour un paiement de ${amount} à ${payee}.`,
  wrongCode: (left: number) =>
    fr(`Ce code n’est pas le bon. Il vous reste ${left === 1 ? '1 essai' : `${left} essais`}.`),
  attempts: (left: number) => (left === 1 ? 'Il vous reste 1 essai.' : `Vous avez ${left} essais.`),
  waitBeforeResend: (seconds: number) =>
    seconds === 1
      ? 'Vous pourrez demander un nouveau code dans 1 seconde.'
      : `Vous pourrez demander un nouveau code dans ${seconds} secondes.`,
  sms: (code: string, amount: string, payee: string) =>
    fr(
      `${code} est votre code pour payer ${amount} à ${payee}. Ne le donnez à personne, pas même à votre banque.`,
    ),
  refusedBy: (reason: string) => fr(`Votre banque a refusé le paiement. Motif : ${reason}.`),
  refusedAuthentication: 'Vous n’avez pas pu être identifié par votre banque.',
  unavailableAuthentication: 'La banque de la carte n’a pas répondu à la demande d’identification.',
  attachment: (name: string, bytes: number) =>
    `${name} (${bytes < 1024 ? `${bytes}\u00a0octets` : `${Math.round(bytes / 1024)}\u00a0ko`})`,
  mailCount: (count: number) => (count === 1 ? '1 courriel' : `${count} courriels`),
  receiptSubject: (amount: string, payee: string) => fr(`Reçu de paiement : ${amount} à ${payee}`),
  receiptSentTo: (address: string) => `Le reçu est envoyé à ${address}.`,
  expectedValue: (expected: string) => fr(`Valeur attendue : ${expected}.`),
}

/** Sentences of the program itself, for the person who starts it. */
export const startTexts = {
  invalid: fr('Réglages de la banque de démonstration à corriger :'),
  missing: (name: string) => `${name} manque`,
  malformed: (name: string, expected: string) => fr(`${name} : ${expected}`),
  portInUse: (name: string, port: number) =>
    fr(`Le port ${port} est déjà pris : changez ${name}, ou arrêtez le programme qui l’occupe.`),
  portRefused: (name: string, port: number) =>
    fr(`Le port ${port} n’est pas permis sur cette machine : changez ${name}.`),
  listening: (url: string) => fr(`Banque de démonstration : ${url}`),
}
