// What an archive says of itself.
import { formatDay } from '../kernel/french.ts'
import type { Day } from '../kernel/dates.ts'

export const archiveTexts = {
  usage: 'Usage : node verify.mjs [--head EMPREINTE]',
  noManifest: 'Le fichier manifest.json manque ou n’est pas celui d’une archive : VERDICT : ALTÉRÉ.',
  readMe: (organisation: { name: string; siret: string }, year: string, madeOn: Day, isClosed: boolean) =>
    [
      `${organisation.name} (SIRET ${organisation.siret})`,
      `Archive du registre des comptes, année ${year}, faite le ${formatDay(madeOn)}.`,
      isClosed
        ? 'L’année était close : cette archive est définitive.'
        : 'L’année n’était pas close : cette archive est provisoire.',
      '',
      'VÉRIFIER',
      'Dans ce dossier, avec Node.js 22 ou plus récent : node verify.mjs',
      'Avec une empreinte notée auparavant (de la chaîne ou d’une clôture) : node verify.mjs --head EMPREINTE',
      'Ni base de données, ni réseau, ni portail ne sont nécessaires. Fin : 0 si tout est intact, 1 sinon.',
      '',
      'FICHIERS',
      'Chaque table existe deux fois, avec le même contenu, en UTF-8 : jsonl (un objet JSON par ligne) et csv (points-virgules). Les montants sont en centimes d’euro ; un débit est positif, un crédit négatif. Les jours sont des jours de Paris, les instants sont en temps universel.',
      'entries : les écritures (nature, clé du fait, jour comptable, jour de valeur, auteur, écriture annulée).',
      'postings : les lignes des écritures, avec la nature du compte, la famille et la facture.',
      'accounts : les comptes, avec leur solde avant et après les écritures de cette archive, et le solde enregistré.',
      'seals : les sceaux, un par écriture, numérotés sans trou.',
      'closings : les clôtures des jours, des mois et de l’année, avec les totaux de la période et les totaux perpétuels.',
      'invoices : les factures, avec leur contenu figé à l’émission ; receipts : les reçus, de même.',
      'manifest.json : l’empreinte SHA-256 de chaque fichier, le premier sceau et le dernier.',
      '',
      'Quelques écritures du jour qui précède ou qui suit l’année peuvent s’y trouver : la chaîne est continue.',
      '',
      'EMPREINTES',
      'Sceau : SHA-256, en hexadécimal, du sceau précédent, d’un saut de ligne (LF) et du texte de l’écriture. Le premier sceau suit 64 zéros.',
      'Texte de l’écriture : un tableau JSON sans espace : "preau-entry-1", organisation, numéro du sceau, entryId, unitId, kind, sourceKey, factSha256, accountingOn, valueOn, bookedAt, actor, reverses, reason, SHA-256 du contenu de la facture émise ou null, puis les lignes, chacune [line, kind, familyId, invoiceId, cents].',
      'Clôture : SHA-256 de la clôture précédente, d’un saut de ligne et du tableau JSON : "preau-closing-1", organisation, number, kind, period, fromOn, toOn, totals, perpetual, headSequence, headSha256, closedAt.',
      '',
      'Cette archive contient des noms : gardez-la comme vos livres, dix ans.',
      '',
    ].join('\r\n'),
} as const
