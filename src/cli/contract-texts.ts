// What the commands about bank contracts say in French.
import type { Period } from '../kernel/dates.ts'
import { formatCents, formatDay, plural } from '../kernel/french.ts'
import { sum } from '../kernel/money.ts'
import type { RemittanceImport } from '../payments/import-remittances.ts'
import type { ChargebackImport } from '../payments/refunds/import-chargebacks.ts'
import type { Remittance, Uncredited } from '../payments/remittance-store.ts'
import type { TestedContract } from '../payments/test-contract.ts'

export const contractTexts = {
  contracts: {
    summary: 'Teste la connexion à la banque de chaque contrat : adresse, boutique, mot de passe.',
    none: 'Aucun contrat.',
    tested: ({ shopNumber, mode, bankName, outcome }: TestedContract) =>
      `${bankName}, boutique ${shopNumber} (${mode}) : ${OUTCOMES[outcome]}`,
    problem: 'Corrigez le fichier de l’organisation, relancez la commande organisation, puis celle-ci.',
  },
  chargebacks: {
    summary: 'Enregistre les contestations du rapport des impayés de la banque, chacune une fois.',
    done: (opened: number, known: number) =>
      `${opened} ${plural(opened, 'contestation enregistrée', 'contestations enregistrées')}, ${known} déjà ${plural(known, 'connue', 'connues')}.`,
    refused: (line: number, dispute: string, why: ChargebackImport['refused'][number]['why']) =>
      `Ligne ${line}, contestation ${dispute} : ${REFUSALS[why]}`,
    some: 'Les autres lignes sont enregistrées.',
  },
  remittances: {
    summary:
      'Compare le rapport de rapprochement de la banque, ce qu’elle a vraiment crédité, avec ce que le portail a compté.',
    done: (counts: RemittanceImport['counts']) =>
      [
        `Rapprochés : ${counts.matched}`,
        `Enregistrés, le portail ne les connaissait pas : ${counts.booked}`,
        `Mis de côté, à voir avec npm run preau -- tasks : ${counts.set_aside}`,
        `D’un autre montant, ou crédités deux fois : ${counts.differs}`,
        `De paiements inconnus : ${counts.unknown}`,
        `Déjà lus : ${counts.known}`,
      ].join('\n'),
    credited: ({ remittance, remittedOn, lines, amount, differences }: Remittance) =>
      [
        remittance === null ? 'Sans numéro de remise' : `Remise ${remittance}`,
        remittedOn === null ? '' : ` du ${formatDay(remittedOn)}`,
        ` : ${formatCents(amount)}, ${lines} ${plural(lines, 'opération', 'opérations')}`,
        differences === 0 ? '.' : `, dont ${differences} à revoir.`,
      ].join(''),
    uncredited: ({ from, to }: Period, waiting: readonly Uncredited[]) =>
      `Comptés du ${formatDay(from)} au ${formatDay(to)} et crédités par aucun rapport : ${waiting.length} ${plural(waiting.length, 'paiement', 'paiements')}, ${formatCents(sum(waiting.map(({ amount }) => amount)))}.`,
  },
  reseal: {
    summary:
      'Change le SECRET_KEY : scelle de nouveau les clés et mots de passe des banques avec celui du fichier.',
    weak: 'Ce fichier doit contenir la nouvelle clé seule : au moins 32 caractères tirés au hasard, par exemple avec « openssl rand -base64 32 ».',
    done: (count: number) =>
      `${count} ${plural(count, 'secret scellé', 'secrets scellés')} avec la nouvelle clé. Mettez-la dans SECRET_KEY, redémarrez le portail, puis effacez ce fichier.`,
  },
} as const

const REFUSALS: Readonly<Record<ChargebackImport['refused'][number]['why'], string>> = {
  'unknown-capture': 'le portail ne connaît pas ce paiement.',
  'no-amount': 'le montant est nul.',
  'above-captured': 'le montant dépasse ce qui reste de ce paiement.',
  'exists-with-other-content': 'ce numéro est déjà celui d’une autre contestation.',
}

const OUTCOMES: Readonly<Record<TestedContract['outcome'], string>> = {
  answered: 'la banque répond.',
  silent: 'rien à tester, ce contrat n’a pas d’accès de serveur à serveur.',
  sealed: 'ses secrets ne s’ouvrent pas : SECRET_KEY n’est pas celui qui les a scellés.',
  refused: 'la banque refuse la boutique ou son mot de passe.',
  unreadable: 'l’adresse répond, mais pas comme la banque.',
  unreachable: 'l’adresse ne répond pas.',
  'timed-out': 'la banque n’a pas répondu en dix secondes.',
  'cut-short': 'la réponse de la banque a été coupée.',
  'too-large': 'l’adresse répond, mais pas comme la banque.',
  resting: 'la banque n’a pas été interrogée.',
}
