// The payments slice in French.
import { formatCents, formatSignedCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'

export const cardPayment = 'Carte bancaire'
export const directDebit = 'Prélèvement'

/** « TH001987, TH002012 et TH002048 » */
export const enumerate = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} et ${names.at(-1) ?? ''}`

export const texts = {
  invoicesTitle: 'Factures & paiements',
  invoicesHeading: 'Mes factures & paiements',
  payment: 'Paiement',
  paymentTo: (unit: string) => `Paiement : ${unit}`,
  youHave: 'Vous avez ',
  unsettled: (count: number) => ` ${plural(count, 'facture non soldée', 'factures non soldées')}.`,
  tickThem: ' Cochez celles que vous souhaitez régler maintenant.',
  table: {
    caption: 'Liste des factures à payer',
    number: 'N°',
    date: 'Date',
    detail: 'Détail',
    amount: 'Montant',
    due: 'Reste à payer',
    include: 'Inclure cette facture au paiement ?',
    establishment: 'Établissement : ',
    referent: 'Référent : ',
    see: (number: string) => `Voir la facture ${number}`,
    tick: (number: string, due: Cents) => `Inclure la facture ${number}, reste à payer ${formatCents(due)}`,
    settled: (amount: Cents) => `déjà réglé ${formatCents(amount)}`,
    running: 'Paiement en cours',
    over: 'À régler auprès du service',
  },
  tickAll: 'Tout cocher',
  tickNone: 'Tout décocher',
  amount: 'Montant du paiement :',
  selected: (ticked: number | '{n}', total: number) => {
    const one = ticked !== '{n}' && Math.abs(ticked) < 2
    return `${ticked} ${one ? 'facture sélectionnée' : 'factures sélectionnées'} sur ${total}`
  },
  selectedOne: (total: number) => `{n} facture sélectionnée sur ${total}`,
  pay: 'Payer en ligne',
  update: 'Mettre à jour le montant',
  nextStep: 'Étape suivante : vous vérifiez le montant. Rien n’est débité avant la page de votre banque.',
  oneByOne: {
    title: 'Une facture à la fois',
    why: (bank: string) =>
      `${bank} encaisse chaque facture sous sa propre référence. Cochez toutes celles que vous voulez régler : vous paierez la première, puis nous vous mènerons à la suivante.`,
    nextStep:
      'Étape suivante : vous vérifiez le montant de la première facture. Rien n’est débité avant la page de votre banque.',
    place: (position: number, count: number) => `Facture ${position} sur ${count}`,
    others: (numbers: readonly string[]) =>
      `Cette facture se paie seule. Ensuite, nous vous mènerons ${numbers.length < 2 ? 'à la facture' : 'aux factures'} ${enumerate(numbers)}.`,
    last: 'C’est la dernière de celles que vous aviez cochées.',
    next: (position: number, count: number) => `Payer la facture suivante (${position} sur ${count})`,
    left: (numbers: readonly string[], due: Cents) =>
      `Il vous reste ${numbers.length} ${plural(numbers.length, 'facture cochée', 'factures cochées')} à payer : ${enumerate(numbers)}, ${formatCents(due)} en tout.`,
  },
  creditRule: 'Votre crédit règle vos factures dès leur parution, de la plus ancienne à la plus récente.',
  credit: (amount: Cents, unit: string) => `Vous avez ${formatCents(amount)} de crédit : ${unit}.`,
  before: {
    title: 'Avant de payer',
    mobile: 'Préparez votre mobile.',
    sms: ' Un code de confirmation vous sera envoyé par SMS par votre banque.',
    data: 'Le portail ne traite pas et n’enregistre pas vos données bancaires.',
    otherwise: (means: string) => `Vous préférez payer autrement ? ${means}. `,
    hours: 'Horaires et adresse',
  },
  running: {
    title: (day: string) => `Paiement du ${day} en cours de confirmation`,
    text: (numbers: readonly string[], amount: Cents) =>
      `${numbers.length > 5 ? `${numbers.length} factures` : `${plural(numbers.length, 'Facture', 'Factures')} ${enumerate(numbers)}`}, ${formatCents(amount)}. Inutile de payer une seconde fois.`,
    resume: 'Reprendre',
    drop: 'Abandonner cet essai',
    see: 'Voir ce paiement',
  },
  closed: {
    title: 'Paiement en ligne fermé',
    text: (means: string) =>
      `Ces factures ne peuvent pas être payées en ligne pour l’instant. Vous pouvez les régler autrement : ${means}.`,
    contact: (contact: string) => `Contact : ${contact}.`,
  },
  reader: 'Votre accès permet de consulter ces factures, sans les payer.',
  empty: {
    title: 'Vous n’avez aucune facture à payer.',
    reason: 'Une facture apparaît dans votre compte famille 24 heures après sa création.',
    onAccount: (units: readonly string[]) =>
      `Ce que vous devez à ${enumerate(units)} se règle sur votre compte, en le rechargeant.`,
    history: 'Voir mon historique',
    account: 'Voir mon compte',
  },
  operations: 'Dernières opérations',
  allOperations: 'Toutes mes opérations et tous mes documents',
  problems: {
    nothing: 'Cochez au moins une facture à payer.',
    gone: 'Une facture cochée n’est plus à payer. La liste ci-dessous est à jour : vérifiez-la, puis recommencez.',
    running: 'Un paiement est déjà en cours pour une facture cochée. Reprenez-le ou abandonnez-le d’abord.',
    oneAtATime:
      'Ici, la banque prend une facture à la fois. Cochez-en une seule : vous paierez les autres ensuite.',
    below: (min: Cents, means: string) =>
      `Le paiement en ligne est possible à partir de ${formatCents(min)}. Cochez d’autres factures, ou réglez autrement : ${means}.`,
    above: (max: Cents, means: string) =>
      `Un paiement en ligne ne peut pas dépasser ${formatCents(max)}. Cochez moins de factures, ou réglez autrement : ${means}.`,
    over: (means: string) =>
      `Le dernier jour de paiement en ligne d’une de ces factures est passé. Elle reste à régler autrement : ${means}. Modifiez votre sélection pour payer les autres.`,
    closed: 'Le paiement en ligne n’est pas ouvert ici pour l’instant.',
    topUp: (min: Cents, max: Cents, example: string) =>
      `Saisissez un montant entre ${formatCents(min)} et ${formatCents(max)}, par exemple ${example}.`,
    email:
      'Saisissez une adresse e-mail complète, par exemple claire.martin@exemple.fr, ou laissez le champ vide.',
    neededEmail: (bank: string) =>
      `Saisissez une adresse e-mail de 80 caractères au plus, par exemple claire.martin@exemple.fr : ${bank} y envoie son ticket et ne prend pas de paiement sans elle.`,
  },
  topUp: {
    title: 'Recharger mon compte',
    balance: 'Solde de votre compte :',
    debit: (debt: Cents) => `Solde débiteur : vous devez ${formatCents(debt)}.`,
    credit: 'Solde en votre faveur.',
    even: 'Votre compte est à l’équilibre.',
    choose: 'Montant à payer',
    toZero: (debt: Cents) => `Ramener mon solde à zéro : ${formatCents(debt)}`,
    other: 'Autre montant',
    otherAmount: 'Montant en euros',
    hint: (min: Cents, max: Cents) => `De ${formatCents(min)} à ${formatCents(max)}.`,
    after: 'Nouveau solde après paiement :',
    submit: 'Recharger mon compte',
    closed: (means: string) =>
      `Ce compte ne peut pas être rechargé en ligne pour l’instant. Vous pouvez l’approvisionner autrement : ${means}.`,
    back: 'Retour à mon compte',
  },
  confirm: {
    title: 'Confirmez le montant à payer',
    what: 'Ce que vous payez',
    topUp: (unit: string) => `Rechargement du compte ${unit}`,
    others: (count: number) => `et ${count} ${plural(count, 'autre facture', 'autres factures')}`,
    invoice: 'Facture',
    total: 'Montant à payer :',
    payee: 'Payé à',
    reference: 'Référence',
    after: (balance: Cents) => `Nouveau solde après paiement : ${formatSignedCents(balance)}`,
    email: 'E-mail pour recevoir un reçu',
    emailHint: 'Le reçu est aussi dans votre espace. Cette adresse est transmise à la banque.',
    neededEmailHint: (bank: string) =>
      `Cette adresse est transmise à ${bank}, qui y envoie son ticket. Notre reçu y part aussi ; il est dans votre espace.`,
    change: 'Modifier ma sélection',
    changeAmount: 'Modifier le montant',
    service:
      'Ce service est totalement géré par notre partenaire bancaire. Le portail ne traite pas et n’enregistre pas vos données bancaires. Nous ne faisons que transmettre à la banque le montant de la somme qui doit être réglée.',
    mobile: 'Préparez votre mobile pour vos transactions avec notre portail.',
    sms: ' La confirmation par SMS proviendra de votre banque.',
    changed: (from: Cents, to: Cents) => `Le montant a changé : ${formatCents(from)} → ${formatCents(to)}.`,
    settled: (number: string) => `La facture ${number} est déjà réglée.`,
    stillDue: (number: string, due: Cents, shown: Cents) =>
      `La facture ${number} : reste à payer ${formatCents(due)} au lieu de ${formatCents(shown)}.`,
    nothing: 'Il n’y a plus rien à payer',
    nothingText: 'Les factures choisies sont réglées. Aucune somme ne vous sera demandée.',
    sentBefore: 'Vous êtes déjà parti vers la banque',
    sentBeforeText:
      'Si vous y avez validé ce paiement, ne payez pas une seconde fois : attendez la confirmation. Sinon, vous pouvez reprendre ici.',
    unsure: 'La banque n’a pas encore répondu',
    unsureText:
      'Nous ne savons pas si votre compte a été débité la première fois. Vérifiez auprès de votre banque avant de payer de nouveau.',
    bankAway: {
      unreachable:
        'La banque ne répond pas. Cet essai n’a pas commencé : il n’a rien débité. Réessayez dans quelques minutes.',
      refused:
        'La banque n’a pas accepté notre demande. Cet essai n’a pas commencé : il n’a rien débité. Réessayez plus tard, ou réglez autrement.',
    },
    inProgress:
      'Un autre paiement est en cours pour une de ces factures. Reprenez-le ou abandonnez-le d’abord.',
    back: 'Retour à mes factures',
    see: 'Voir où en est ce paiement',
  },
  bank: {
    title: 'Vers la page de votre banque',
    lede: (bank: string) => `Vous allez payer sur la page sécurisée de notre partenaire bancaire, ${bank}.`,
    text: 'Si la page de la banque ne s’ouvre pas toute seule, continuez avec ce bouton.',
    go: 'Continuer vers la banque',
  },
  takenBackMail: {
    subject: 'Votre paiement a été annulé par la banque',
    intro: (amount: Cents, day: string, unit: string) =>
      `Le ${day}, nous avions enregistré votre paiement en ligne à ${unit}. La banque vient de nous annoncer qu’elle a repris ${formatCents(amount)} de ce paiement : cette somme ne nous est pas parvenue.`,
    again: (count: number) =>
      plural(count, 'Cette facture est de nouveau à payer :', 'Ces factures sont de nouveau à payer :'),
    invoice: (number: string, due: Cents) => `Facture n° ${number}, reste à payer ${formatCents(due)}`,
    fromAccount: 'Cette somme n’est plus sur votre compte famille.',
    check:
      'Vérifiez d’abord auprès de votre banque si votre compte a été débité. S’il l’a été et que la somme ne vous est pas rendue, écrivez-nous avant de payer de nouveau.',
    reference: (reference: string) => `Référence à donner au service : ${reference}`,
    seeInvoices: 'Voir mes factures',
    seeAccount: 'Voir mon compte',
    contact: (phone: string, email: string) => `Une question ? ${phone} ou ${email}.`,
    signature: (organisation: string) => `${organisation}, portail famille`,
  },
} as const
