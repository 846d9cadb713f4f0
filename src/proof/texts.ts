// Every French sentence of the proof, for the command line and for the verifier of an archive.
import { formatCents, plural } from '../kernel/french.ts'
import { cents } from '../kernel/money.ts'
import type { Finding, Rule } from './check.ts'
import type { PeriodKind } from './period.ts'
import type { Verdict } from './verdict.ts'

const PERIODS: Readonly<Record<PeriodKind, string>> = {
  day: 'du jour',
  month: 'du mois',
  year: 'de l’année',
}

const RULES: Readonly<Record<Rule, string>> = {
  'books-differ': 'les livres ne sont pas clos au jour de la dernière clôture',
  'unsealed-in-closed-period': 'écriture sans sceau dans une période close',
  'line-in-other-unit': 'écriture à cheval sur deux unités',
  'invoice-differs-from-entry': 'facture dont l’écriture dit un autre montant, ou manque',
  'invoice-overpaid': 'facture payée au-delà de son montant',
  'receivables-differ-from-invoices':
    'le dû des familles n’est pas la somme des factures moins les paiements',
  'content-differs-from-hash': 'facture dont le contenu figé a changé',
  'capture-differs-from-entry': 'paiement encaissé dont l’écriture dit un autre montant, ou manque',
  'clearing-differs-from-captures': 'écriture d’encaissement sans paiement de la banque',
  'receipt-numbers-with-a-gap': 'numéros de reçus qui ne se suivent pas',
  'opening-numbers-with-a-gap': 'numéros de reprise qui ne se suivent pas',
  'closed-file-holds-credit': 'crédit resté sur un dossier fermé par une fusion',
  'row-without-organisation': 'lignes d’une organisation inconnue',
}

/** So many findings are told; the rest are counted. */
const TOLD = 20

function tellFinding(finding: Finding): string {
  switch (finding.what) {
    case 'seals-missing':
      return finding.from === finding.to
        ? `Sceau ${finding.from} absent.`
        : `Sceaux ${finding.from} à ${finding.to} absents ou déplacés.`
    case 'entry-missing':
      return `Sceau ${finding.sequence} : l’écriture scellée a été supprimée.`
    case 'seal-differs':
      return `Sceau ${finding.sequence} : l’écriture « ${finding.entry} » n’est plus celle qui a été scellée à cette place.`
    case 'entry-unbalanced':
      return `Sceau ${finding.sequence} : l’écriture n’est pas équilibrée (${formatCents(cents(finding.cents))}).`
    case 'head-differs':
      return `Clôture ${PERIODS[finding.kind]} ${finding.period} : elle porte un autre sceau que celui de la chaîne.`
    case 'head-missing':
      return `Clôture ${PERIODS[finding.kind]} ${finding.period} : le sceau qu’elle porte n’existe plus, la fin de la chaîne a été coupée.`
    case 'closing-missing':
      return `Clôture ${PERIODS[finding.kind]} ${finding.period} absente.`
    case 'closing-differs':
      return `Clôture ${PERIODS[finding.kind]} ${finding.period} modifiée, ou privée de celle qui la précédait.`
    case 'totals-differ':
      return `Clôture ${PERIODS[finding.kind]} ${finding.period} : ses totaux ne sont pas ceux des écritures.`
    case 'recorded-head-absent':
      return `L’empreinte ${finding.head} n’est plus dans la chaîne : des écritures ont été retirées ou remplacées.`
    case 'balance-differs':
      return `Solde du compte ${finding.account} : ${formatCents(cents(finding.kept))} enregistrés, ${formatCents(cents(finding.due))} d’après les écritures.`
    case 'file-differs':
      return `Fichier ${finding.file} : il manque, ou il n’est pas celui qui a été archivé.`
    case 'rule-broken':
      return `${finding.subject} : ${RULES[finding.rule]}.`
    default:
      return finding satisfies never
  }
}

/** One verdict: what was gone through, what is wrong, and the conclusion as the last line. */
export function tellVerdict(name: string, verdict: Verdict): string {
  const { seals, head, unsealed, closings, closedThrough, findings } = verdict
  const lines = [
    `${name} : ${seals} ${plural(seals, 'écriture scellée', 'écritures scellées')}, ${closings} ${plural(closings, 'clôture', 'clôtures')}.`,
    `Tête de la chaîne : ${head.sequence} ${head.sha256}`,
  ]
  if (closedThrough !== undefined) lines.push(`Livres clos jusqu’au ${closedThrough} inclus.`)
  if (unsealed !== undefined && unsealed > 0)
    lines.push(
      `${unsealed} ${plural(unsealed, 'écriture attend son sceau', 'écritures attendent leur sceau')}.`,
    )
  for (const finding of findings.slice(0, TOLD)) lines.push(`- ${tellFinding(finding)}`)
  if (findings.length > TOLD) lines.push(`- et ${findings.length - TOLD} autres constats.`)
  lines.push(
    findings.length === 0
      ? 'VERDICT : INTACT. Rien n’a été modifié, retiré ni ajouté, et tout est juste.'
      : `VERDICT : ALTÉRÉ. ${findings.length} ${plural(findings.length, 'constat', 'constats')}.`,
  )
  return lines.join('\n')
}
