// What the command line says of transfers.
import { formatCents, formatDay, plural } from '../kernel/french.ts'
import type { WaitingTransfer } from '../transfers/store.ts'
import type { StatementProblem } from '../transfers/transfer.ts'

export const transferTexts = {
  usage:
    '[FICHIER.xml] [--assign NUMÉRO --invoice FACTURE | --assign NUMÉRO --family FAMILLE --unit UNITÉ] [--dismiss NUMÉRO --reason POURQUOI] [--organisation NOM]',
  summary:
    'Importe un relevé de compte camt.053 ; sans fichier, liste les virements qui attendent. --assign donne un virement à une facture ou à une famille, --dismiss retire ce qui ne vient pas d’une famille.',
  counts: (counts: { readonly [Name in 'recorded' | 'waiting' | 'known' | 'pending']: number }) =>
    [
      ...(counts.known > 0 && counts.recorded + counts.waiting === 0
        ? ['Ce relevé a déjà été lu : rien de nouveau.']
        : []),
      `Enregistrés sur leur facture : ${counts.recorded}`,
      `En attente, à voir avec npm run preau -- transfers : ${counts.waiting}`,
      `Déjà lus : ${counts.known}`,
      `Annoncés par la banque, pas encore passés : ${counts.pending}`,
    ].join('\n'),
  problem: ({ kind, entry }: StatementProblem): string =>
    ({
      encoding: 'Le fichier n’est pas dans l’encodage qu’il annonce.',
      xml: 'Le fichier n’est pas du XML bien formé.',
      doctype: 'Le fichier contient une DTD ou des entités : un relevé n’en a pas, il est refusé.',
      'not-camt': 'Le fichier n’est pas un relevé camt.053.',
      account: 'Le relevé n’indique pas d’IBAN.',
      entry: `L’écriture n° ${entry} du relevé ne peut pas être lue : sens, date, ou montant en euros.`,
    })[kind],
  unknownAccount: (iban: string) =>
    `Aucune unité de ce portail, ou celles de plus d’une organisation, n’a le compte ${iban} : voyez virement dans le fichier de l’organisation.`,
  nothing: 'Rien n’a été écrit.',
  none: 'Aucun virement n’attend.',
  one: ({ id, bookedOn, amount, payerName, words }: WaitingTransfer) =>
    [
      `${formatDay(bookedOn)} · ${formatCents(amount)} · ${payerName === '' ? '(payeur non indiqué)' : payerName}`,
      ...(words === '' ? [] : [`Motif : ${words}`]),
      `Numéro : ${id}`,
    ].join('\n  '),
  howTo: (count: number) =>
    `${count} ${plural(count, 'virement attend', 'virements attendent')}. Attribuez chacun :\n  npm run preau -- transfers --assign NUMÉRO --invoice TH002048\n  npm run preau -- transfers --assign NUMÉRO --family CLÉ --unit CODE\n  npm run preau -- transfers --dismiss NUMÉRO --reason "subvention"`,
  chooseOne: 'Donnez --invoice NUMÉRO, ou --family CLÉ et --unit CODE.',
  giveReason: 'Il manque --reason "pourquoi".',
  notBoth: 'Un seul à la fois : FICHIER.xml, --assign ou --dismiss.',
  failures: {
    'unknown-transfer': 'Aucun virement en attente ne porte ce numéro.',
    'unknown-invoice': 'Aucune facture ne porte ce numéro.',
    'unknown-unit': 'Cette famille n’a rien à payer dans cette unité.',
  },
  assigned: (family: string) => `C’est noté : le virement est à la famille ${family}, reçu compris.`,
  dismissed: 'C’est noté : ce virement ne vient pas d’une famille.',
} as const
