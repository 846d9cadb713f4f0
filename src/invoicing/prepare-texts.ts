// « Préparer depuis un mois passé »: every sentence.
import { plural } from '../kernel/french.ts'

type Counts = { readonly made: number; readonly served: number; readonly left: number }

const aside = ({ served, left }: Counts): string =>
  [
    served > 0 &&
      `${served} ${plural(served, 'a déjà un brouillon ou une facture', 'ont déjà un brouillon ou une facture')} de ce mois`,
    left > 0 && `${left} dont ${plural(left, 'l’enfant est parti', 'les enfants sont partis')}`,
  ]
    .filter(Boolean)
    .join(', ')

export const prepareTexts = {
  title: 'Préparer depuis un mois passé',
  lede: 'Un brouillon par facture du mois choisi, avec les mêmes lignes, à contrôler avant d’émettre. Rien n’est émis ici.',
  form: 'Quel mois recopier ?',
  place: 'Établissement',
  from: 'Factures de',
  to: 'Brouillons pour',
  note: 'Le 2e mercredi devient le 2e mercredi ; un 5e qui n’existe pas reste sans date. Les factures annulées, les enfants partis et les familles qui ont déjà ce mois sont laissés de côté.',
  submit: 'Préparer les brouillons',
  noPlace: 'Vous ne pouvez écrire de facture dans aucun établissement.',
  problems: {
    place: 'Choisissez l’établissement.',
    from: 'Choisissez le mois à recopier.',
    to: 'Choisissez le mois des brouillons.',
    same: 'Choisissez un mois postérieur à celui des factures.',
  },
  done: (counts: Counts): string => {
    const count = counts.served + counts.left
    const made =
      counts.made === 0
        ? 'Aucun nouveau brouillon'
        : `${counts.made} ${plural(counts.made, 'brouillon préparé', 'brouillons préparés')}`
    if (count > 0)
      return `${made}, ${count} ${plural(count, 'famille laissée', 'familles laissées')} de côté : ${aside(counts)}.`
    return counts.made === 0 ? 'Aucune facture à recopier : choisissez un autre mois.' : `${made}.`
  },
  control: 'Contrôler avant émission',
  drafts: 'Voir les brouillons',
} as const
