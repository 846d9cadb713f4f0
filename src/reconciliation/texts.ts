// The reconciliation: every sentence.
import { formatCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { CloseFailure } from './close-day.ts'
import type { DifferenceKind } from './comparison.ts'

const differences = (count: number) => `${count} ${plural(count, 'écart', 'écarts')}`

export const texts = {
  crumb: 'Rapprochement',
  readAt: (day: string, time: string) => `relevé importé le ${day} à ${time}`,
  notRead: 'relevé pas encore importé',
  day: (day: string) => `Journée du ${day}`,
  title: (open: number, day: string) =>
    open === 0 ? `Rapprochement du ${day}` : `${differences(open)} à traiter – Rapprochement du ${day}`,
  before: (day: string) => `Jour précédent, ${day}`,
  after: (day: string) => `Jour suivant, ${day}`,
  import: 'Importer un relevé',
  contract: 'Contrat',
  contractName: (units: string, bank: string) => `${units} · ${bank}`,
  equation: 'L’égalité de la journée',
  bank: 'Relevé de la banque',
  operations: (count: number) => `${count} ${plural(count, 'opération', 'opérations')}`,
  portal: 'Paiements du portail',
  payments: (count: number) => `${count} ${plural(count, 'paiement accepté', 'paiements acceptés')}`,
  gap: 'Écart',
  explained: (count: number) =>
    count === 0
      ? 'Tout concorde'
      : count === 1
        ? '1 écart explique la totalité'
        : `${count} écarts expliquent la totalité`,
  unexplained: (amount: Cents) => `${formatCents(amount)} inexpliqués`,
  unexplainedText:
    'Les écarts trouvés ne font pas la différence. Ne clôturez pas sans réserve, et prévenez la personne qui installe Préau.',
  noStatement: 'Le relevé de ce jour n’est pas encore importé',
  noStatementText:
    'Sans lui, rien ne peut être comparé. Importez le journal des transactions de la boutique, téléchargé dans l’espace de la banque.',
  toTreat: 'Écarts à traiter',
  frozen: 'Écarts à la clôture',
  filter: 'Filtrer les écarts',
  all: (count: number) => `Tous ${count}`,
  allMatch: 'Aucun écart',
  allMatchText: 'Chaque opération de la banque a son paiement, du même montant.',
  kinds: {
    'absent-from-portal': 'Absent du portail',
    'taken-back': 'Repris par la banque',
    duplicate: 'Doublon',
    different: 'Montant différent',
    'absent-from-bank': 'Absent de la banque',
    'short-remittance': 'Remise incomplète',
    fees: 'Frais',
  } satisfies { readonly [kind in DifferenceKind]: string },
  titles: {
    'absent-from-portal': 'Encaissé par la banque, absent du portail',
    'taken-back': 'Repris par la banque',
    duplicate: 'Encaissé deux fois',
    different: 'Montant différent',
    'absent-from-bank': 'Accepté au portail, absent de la banque',
    'short-remittance': 'Remise qui n’est pas celle de la journée',
    fees: 'Frais retenus par la banque',
  } satisfies { readonly [kind in DifferenceKind]: string },
  account: 'Sur le compte',
  cardMoney: 'Versé sur le compte',
  remitted: (net: Cents, fees: Cents, day: string) =>
    `Versé sur le compte le ${day} : ${formatCents(net)}${fees === 0 ? '' : `, après ${formatCents(fees)} de frais`}.`,
  notRemitted:
    'Le relevé de compte (camt.053) ne dit pas encore ce que la banque a versé pour cette journée.',
  debited: 'Famille débitée',
  dueAgain: 'De nouveau dû',
  twice: 'Payé deux fois',
  off: (amount: Cents) => `${formatCents(amount)} d’écart`,
  since: (days: number) => (days < 1 ? 'Aujourd’hui' : `Depuis ${days} ${plural(days, 'jour', 'jours')}`),
  card: (card: string) => (card === '' ? 'Opération' : `Carte ${card}`),
  reference: (reference: string) => `Réf. ${reference}`,
  noReference: 'Sans référence',
  authorisation: (code: string) => `Autorisation ${code}`,
  portalSide: 'Portail',
  proposal: 'Proposition de Préau',
  family: 'Famille',
  attemptOf: 'Tentative de la famille',
  hiddenFamily: 'Famille d’une autre unité',
  sameAmount: 'même montant',
  setAside: 'Argent mis de côté',
  topUp: 'Rechargement',
  noBank: 'Aucune opération à la banque',
  noPortal: 'Aucun paiement au portail',
  expected: 'attendu',
  why: {
    proposed: (count: number) =>
      `Cette tentative n’a jamais abouti au portail. Confirmer met la somme au compte de la famille${count === 0 ? '' : ` et règle ${plural(count, 'sa facture', 'ses factures')}`}.`,
    unknown:
      'Le portail ne connaît pas cette référence. Trouvez à qui est cette carte dans l’espace de la banque, puis mettez la somme au compte de la famille.',
    unbooked: 'La banque compte cette opération, le portail non. Importez le dernier relevé, ou signalez-la.',
    takenBack:
      'La banque a annulé ce paiement, entièrement ou en partie : ce qu’il réglait est de nouveau dû, et la famille est prévenue.',
    givenBack:
      'La banque a rendu cette somme sans que le portail l’ait demandé. Vérifiez que quelqu’un l’a voulu dans son espace.',
    second:
      'La famille a payé deux fois la même demande : le second paiement est à son crédit. Demandez-lui si elle préfère être remboursée.',
    more: (amount: Cents) =>
      `Préau règle ce qui était attendu et inscrit ${formatCents(amount)} au crédit de la famille.`,
    less: (amount: Cents) => `Préau compte ce qui est venu : ${formatCents(amount)} restent dus.`,
    differs: 'Le portail a compté un autre montant. Comparez avec l’espace de la banque.',
    late: (day: string) =>
      `La remise part en général le lendemain : si elle vient avec le relevé du ${day}, cet écart disparaît de lui-même.`,
    short: (amount: Cents) =>
      `La banque a versé ${formatCents(amount)} de moins qu’elle n’a encaissé. Le reste peut venir avec la remise suivante ; sinon, signalez-le-lui.`,
    over: (amount: Cents) =>
      `La banque a versé ${formatCents(amount)} de plus qu’elle n’a encaissé ce jour : regardez la journée voisine.`,
    fees: 'Ces frais sont retenus sur la remise. S’ils sont ceux du contrat, dites-le : la journée concorde.',
    missing: 'Ce paiement a été annoncé par la banque, mais son relevé ne le porte pas.',
  },
  treated: 'Traité depuis la clôture',
  reported: 'Signalé à la banque',
  waiting: (day: string) => `En attente jusqu’au ${day}`,
  place: 'Confirmer ce paiement',
  placeTyped: 'Mettre au compte de la famille',
  credit: (amount: Cents) => `Créditer ${formatCents(amount)}`,
  count: 'Compter ce qui est venu',
  chooseFamily: 'C’est une autre famille',
  familyField: 'Famille',
  familyHint: 'Son numéro, ou son nom exact',
  familyUnknown: (typed: string) =>
    typed === ''
      ? 'Écrivez le numéro ou le nom de la famille.'
      : `Aucune famille de cette unité ne s’appelle « ${typed} ».`,
  familyElsewhere:
    'Cette famille ne dépend pas de l’unité qui tient cette somme : rien n’a été changé. Choisissez-en une autre, ou clôturez avec réserve.',
  familyAmbiguous: 'Plusieurs familles portent ce nom : écrivez le numéro du dossier.',
  accept: 'J’ai vu, c’est exact',
  keepCredit: 'Laisser au crédit',
  refund: 'Préparer un remboursement',
  report: 'Signaler à la banque',
  wait: (day: string) => `Attendre jusqu’au ${day}`,
  seeFamily: 'Voir le dossier de la famille',
  seeTask: 'Voir dans À traiter',
  reasons: {
    place: 'Rapprochement avec le relevé de la banque',
    accept: 'Vu au rapprochement',
    wait: 'Le relevé suivant peut porter cette opération',
  },
  matched: (count: number) =>
    `${count} ${plural(count, 'opération rapprochée', 'opérations rapprochées')} automatiquement`,
  matchedText: 'Même transaction et même montant des deux côtés.',
  closable: 'Tout concorde.',
  closableText: 'Après la clôture, cette page ne change plus.',
  notClosable: (count: number) => `${differences(count)} ${plural(count, 'ouvert', 'ouverts')}.`,
  notClosableLead: 'Clôture impossible :',
  logged: 'Chaque décision est enregistrée dans le journal d’audit.',
  notOver: 'la journée n’est pas finie.',
  noStatementShort: 'le relevé n’est pas importé.',
  close: 'Clôturer la journée',
  closeReserve: 'Clôturer avec réserve…',
  reserve: 'Réserve',
  reserveHint: 'Pourquoi la journée est close malgré ses écarts. Gardé avec votre nom.',
  reserveMissing: 'Dites en quelques mots pourquoi la journée est close malgré ses écarts.',
  sign: (name: string) => `Clôturer, signé ${name}`,
  otherUnits: (units: string) =>
    `Ce contrat sert aussi ${units} : une personne qui y a le droit de clôturer doit le faire.`,
  closed: (by: string, day: string, time: string) => `Clôturée par ${by}, le ${day} à ${time}.`,
  closedClear: 'Tout concordait.',
  closedReserve: (reserve: string) => `Avec réserve : « ${reserve} »`,
  failures: {
    'day-not-over': 'La journée n’est pas finie : elle se clôture à partir du lendemain.',
    'no-statement': 'Le relevé de ce jour n’est pas importé : il n’y a rien à comparer.',
    'changed-meanwhile':
      'La journée a changé pendant que vous la regardiez : voici comment elle se présente maintenant. Rien n’a été clôturé.',
    'reserve-missing': 'Dites en quelques mots pourquoi la journée est close malgré ses écarts.',
    'already-closed': 'Quelqu’un vient de clôturer cette journée.',
  } satisfies { readonly [failure in CloseFailure]: string },
  saved: {
    traite: 'C’est noté au journal. Voici la journée telle qu’elle se présente maintenant.',
    deja: 'Cet écart n’existe plus : quelqu’un l’a traité, ou un relevé l’a réglé. Rien n’a été changé.',
    clos: 'La journée est close.',
    lu: 'Le relevé est importé.',
  },
  upload: {
    title: 'Importer un relevé',
    file: 'Fichier de la banque (CSV ou XML)',
    hint: 'Le journal de la boutique, un relevé de compte camt.053, ou une liste CSV avec une date, une référence et un montant. Le même fichier deux fois ne compte qu’une.',
    contract: (name: string) => `Une liste CSV est lue pour ${name}.`,
    send: 'Importer',
    missing: 'Choisissez le fichier à importer.',
    unknownShop: (shop: string) =>
      `Ce relevé est celui de la boutique ${shop}, que vous ne gérez pas ici. Rien n’a été retenu.`,
    unreadable: (line: number, column: string) =>
      column === ''
        ? `La ligne ${line} ne peut pas être lue. Rien n’a été retenu : téléchargez de nouveau le fichier, sans l’ouvrir dans un tableur.`
        : `Ligne ${line} : « ${column} » ne peut pas être lu. Rien n’a été retenu : téléchargez de nouveau le fichier, sans l’ouvrir dans un tableur.`,
    noContract: 'Vous ne gérez aucun contrat ici : rien n’a été retenu.',
    list: {
      'not-a-list': (line: number) =>
        `La ligne ${line} ne peut pas être lue : un guillemet n’est pas fermé, ou ce fichier n’est pas un CSV. Rien n’a été retenu.`,
      columns: (_line: number, found: string) =>
        `La première ligne doit nommer trois colonnes : Date, Référence, Montant. Celles de ce fichier : ${found === '' ? 'aucune' : found}. Rien n’a été retenu.`,
      empty: () => 'Ce fichier n’a aucune opération. Rien n’a été retenu.',
      date: (line: number, found: string) =>
        `Ligne ${line} : « ${found} » n’est pas une date comme 16/03/2012. Rien n’a été retenu.`,
      amount: (line: number, found: string) =>
        `Ligne ${line} : « ${found} » n’est pas un montant comme 12,50. Rien n’a été retenu.`,
      reference: (line: number) => `Ligne ${line} : la référence manque. Rien n’a été retenu.`,
    },
    account: {
      unknown: 'Ce relevé est celui d’un compte que vous ne gérez pas ici. Rien n’a été retenu.',
      encoding: () =>
        'Ce fichier n’est pas dans l’écriture qu’il annonce. Rien n’a été retenu : téléchargez-le de nouveau.',
      xml: () => 'Ce fichier XML est coupé ou abîmé. Rien n’a été retenu : téléchargez-le de nouveau.',
      doctype: () => 'Ce fichier XML n’est pas un relevé de banque. Rien n’a été retenu.',
      'not-camt': () => 'Ce fichier XML n’est pas un relevé de compte camt.053. Rien n’a été retenu.',
      account: () => 'Le numéro de compte de ce relevé n’est pas valable. Rien n’a été retenu.',
      entry: (entry: number) =>
        `L’écriture n° ${entry} de ce relevé ne peut pas être lue. Rien n’a été retenu : téléchargez-le de nouveau.`,
      read: (recorded: number, waiting: number, ours: number) =>
        `Relevé de compte lu : ${recorded} ${plural(recorded, 'ligne reconnue', 'lignes reconnues')}, ${waiting} à attribuer, ${ours} ${plural(ours, 'virement de remboursement', 'virements de remboursement')}.`,
    },
    again: (name: string, day: string, time: string) =>
      `Ce relevé a déjà été importé le ${day} à ${time}, sous le nom « ${name} ». Rien n’a été changé.`,
    open: (day: string) => `Voir la journée du ${day}`,
  },
  list: {
    title: 'Rapprochement',
    lede: 'Chaque jour, ce que la banque a encaissé en face de ce que le portail a compté.',
    caption: 'Journées, la plus récente d’abord',
    columns: { day: 'Jour', bank: 'Banque', portal: 'Portail', gap: 'Écart', state: 'État' },
    states: {
      tous: 'Toutes',
      ouverts: 'À traiter',
      clos: 'Closes',
    },
    filter: 'Filtrer les journées',
    open: (count: number) => (count === 0 ? 'À clôturer' : `${differences(count)} à traiter`),
    noStatement: 'Relevé à importer',
    closed: (by: string) => `Close par ${by}`,
    reserved: (by: string) => `Close avec réserve par ${by}`,
    empty: 'Aucune journée à montrer.',
    emptyText:
      'Une journée apparaît ici dès que la banque ou le portail compte un paiement. Importez un relevé, ou retirez le filtre.',
    older: (day: string) => `Avant le ${day}`,
    newest: 'Revenir aux plus récentes',
    noContract: 'Aucun contrat avec une banque.',
    noContractText: 'Le paiement en ligne n’est pas ouvert : il n’y a rien à rapprocher.',
  },
} as const
