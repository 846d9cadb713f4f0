// Deposit slips: every sentence.
import { formatCents, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import type { Culprit } from './control-total.ts'
import type { SlipKind } from './slip.ts'

export const slipTexts = {
  title: 'Remises et bordereaux',
  lede: 'Ce qui attend au bureau, dans l’ordre de saisie.',
  kinds: {
    cheques: 'Chèques',
    cash: 'Espèces',
    vouchers: 'Chèques-vacances',
    cesu: 'CESU',
  } satisfies { readonly [Kind in SlipKind]: string },
  kindsLabel: 'Ce qui est remis',
  waiting: (count: number) => ` (${count})`,
  empty: {
    cheques: 'Aucun chèque à remettre.',
    cash: 'Aucune espèce à remettre.',
    vouchers: 'Aucun chèque-vacances à remettre.',
    cesu: 'Aucun CESU à remettre.',
  } satisfies { readonly [Kind in SlipKind]: string },
  emptyNext: 'Ce qui est saisi au guichet apparaît ici aussitôt.',
  caption: 'À remettre',
  shown: (shown: number, all: number) =>
    `Les ${shown} premières pièces sur ${all}, dans l’ordre de saisie. Les suivantes apparaissent quand celles-ci sont remises.`,
  rank: (rank: number, count: number) => `n° ${rank}/${count}`,
  rankWords: 'n° {n}/{total}',
  rankHint: 'Le rang s’écrit au dos.',
  columns: {
    rank: 'Rang',
    tick: 'Remettre',
    family: 'Famille',
    mark: 'Numéro',
    drawer: 'Titulaire, banque',
    received: 'Reçu le',
    amount: 'Montant',
  },
  tick: (family: string, amount: Cents) => `Remettre ${formatCents(amount)}, famille ${family}`,
  all: 'Tout cocher',
  none: 'Tout décocher',
  ticked: (count: number) => `${count} ${plural(count, 'pièce', 'pièces')}`,
  tickedOne: '{n} pièce',
  tickedMany: '{n} pièces',
  control: 'Total calculé sur la bande :',
  controlHint: 'Additionnez à part : le total de la bande doit être égal à celui de l’écran.',
  on: 'Remis le (jj/mm/aaaa)',
  close: 'Clôturer',
  closeKeys: 'Ctrl Entrée',
  closeNote: 'Une remise clôturée ne change plus.',
  problems: {
    control: 'Écrivez le total de la bande en euros, comme 1 234,50.',
    differs: (control: Cents, total: Cents) =>
      `La bande donne ${formatCents(control)}, les pièces cochées ${formatCents(total)} : cherchez l’écart avant de clôturer.`,
    nothing: 'Cochez au moins une pièce.',
    day: 'Écrivez le jour comme 16/03/2012 : aujourd’hui, ou dans la semaine qui vient.',
    moved:
      'Une de ces pièces vient d’être remise ou annulée par quelqu’un d’autre. La liste a été relue : vérifiez-la, puis clôturez.',
  },
  gap: (gap: string) => `Écart : ${gap}`,
  culprits: 'Ce qui l’expliquerait à lui seul',
  noCulprit: 'Aucune pièce n’explique cet écart à elle seule. Pointez la bande ligne à ligne.',
  culprit: (kind: Culprit['kind'], what: string, typed: string) =>
    ({
      unticked: `${what} : sur la bande, mais pas coché.`,
      missing: `${what} : coché, mais oublié sur la bande.`,
      twice: `${what} : peut-être compté deux fois sur la bande.`,
      swapped: `${what} : deux chiffres échangés sur la bande, ${typed} ?`,
    })[kind],
  piece: (rank: string, family: string, amount: Cents) => `${rank}, ${family}, ${formatCents(amount)}`,
  latest: 'Dernières remises',
  noLatest: 'Aucune remise clôturée.',
  slip: {
    title: (number: string) => `Bordereau ${number}`,
    crumb: 'Remises et bordereaux',
    closed: 'La remise est clôturée. Imprimez le bordereau et joignez-le.',
    lede: (kind: string, day: string) => `${kind}, remise du ${day}`,
    print: 'Imprimer le bordereau',
    organisation: 'Remettant',
    bank: 'Banque',
    day: 'Date de remise',
    count: 'Nombre de pièces',
    total: 'Total',
    closedBy: 'Clôturé',
    closedValue: (day: string, time: string, by: string) => `le ${day} à ${time} par ${by}`,
    caption: 'Détail',
    undone: 'rejeté depuis',
    open: 'Voir, ou noter un rejet',
    signature: 'Signature du remettant',
    stamp: 'Reçu par la banque, date et cachet',
  },
} as const
