// Every French sentence of the command line.
import type { Change } from '../organisations/known-organisation.ts'
import type { Instant } from '../kernel/dates.ts'
import { formatInstantDay, formatSize, formatTime, plural } from '../kernel/french.ts'
import { taskTexts } from './task-texts.ts'

type Described = { readonly name: string; readonly usage: string; readonly summary: string }

const commandLine = (command: Described): string => `npm run preau -- ${command.name} ${command.usage}`

export const texts = {
  help: (commands: readonly Described[]) =>
    [
      'Préau, portail famille. Commandes :',
      ...commands.map((command) => `  ${commandLine(command)}\n      ${command.summary}`),
      'Les réglages viennent de l’environnement, comme pour le portail. Fin : 0 si c’est fait, 1 s’il y a un problème, 2 si la commande est mal écrite.',
    ].join('\n\n'),
  unexpected: (message: string) => `La commande s’est arrêtée, sans rien écrire de plus : ${message}`,
  unreadable: (file: string, code: string) =>
    code === 'ENOENT'
      ? `Le fichier ${file} n’existe pas.`
      : `Le fichier ${file} ne peut pas être lu (${code}).`,
  unwritable: (file: string) => `Le fichier ${file} ne peut pas être écrit.`,
  usage: {
    unknownCommand: (name: string) => `Commande inconnue : « ${name} ».`,
    unknown: (option: string) => `Option inconnue : ${option}.`,
    value: (option: string) =>
      `L’option ${option} est mal écrite : il lui manque une valeur, ou elle n’en prend pas.`,
    missing: (what: string) => `Il manque ${what}.`,
    tooMany: (word: string) => `« ${word} » est de trop.`,
    of: (command: Described) => `Usage : ${commandLine(command)}`,
  },
  organisation: {
    /** Who wins where a setting was changed on screen since; without a word, nobody: the file is refused. */
    onScreen: { '': 'refuse', garder: 'keep', remplacer: 'replace' } as {
      readonly [word: string]: 'refuse' | 'keep' | 'replace' | undefined
    },
    badOnScreen: '--ecran vaut « garder » (l’écran l’emporte) ou « remplacer » (le fichier l’emporte).',
    summary:
      'Met en place une organisation, ses unités, ses établissements et ses contrats bancaires, ou les met à jour.',
    none: 'Aucune organisation : commencez par npm run preau -- organisation FICHIER.json.',
    several: (names: string) => `Plusieurs organisations (${names}) : précisez --organisation NOM.`,
    unknown: (name: string, names: string) => `Aucune organisation « ${name} ». Il y a : ${names}.`,
    notJson: (file: string, why: string) => `Le fichier ${file} n’est pas du JSON : ${why}`,
    noKey: (contract: string, file: string) =>
      `contrats : le secret du contrat « ${contract} » devrait être dans le fichier ${file}, qui ne peut pas être lu.`,
    badKey: (contract: string, file: string) =>
      `contrats : le fichier ${file} du contrat « ${contract} » doit contenir la clé ou le mot de passe seul, 8 à 128 signes sans espace.`,
    refused: 'Rien n’a été écrit.',
    change: ({ subject, field, from, to }: Change) =>
      field === undefined
        ? `Créé : ${subject}`
        : `Changé : ${subject}, ${field} : « ${from ?? ''} » devient « ${to ?? ''} »`,
    done: (slug: string, count: number) =>
      count === 0
        ? `Organisation ${slug} : rien à changer.`
        : `Organisation ${slug} : ${count} ${plural(count, 'changement', 'changements')}.`,
    testContract: (shop: string) =>
      `Attention : le contrat ${shop} est en mode TEST ; ses unités ne prennent aucun paiement en ligne sur ce portail de production.`,
  },
  import: {
    summary:
      'Vérifie un fichier d’import et dit ce qu’il changerait ; avec --apply, le reprend en entier ou pas du tout.',
    noFolder: (folder: string) => `Le dossier ${folder} n’existe pas.`,
    lettersLost: (folder: string) =>
      `L’import est fait, mais les lettres n’ont pas pu être écrites dans ${folder} : npm run preau -- access FAMILLE donne un nouveau lien à chacun.`,
  },
  admin: {
    summary:
      'Ouvre la gestion à une personne qui pourra inviter les autres, ou lui donne un nouveau lien. Le lien est affiché une fois ; --mail l’envoie.',
    terminal: 'Terminal',
    badEmail: (typed: string) => `« ${typed} » n’est pas une adresse e-mail complète.`,
    elsewhere: (email: string) =>
      `${email} sert déjà d’identifiant dans un autre organisme de cette installation : prenez une autre adresse.`,
    suspended: (email: string) => `L’accès de ${email} est suspendu : rétablissez-le depuis la gestion.`,
    link: (url: string) =>
      `Pour choisir le mot de passe, une seule fois, pendant trois jours :\n  ${url}\nNe donnez ce lien qu’à cette personne.`,
    mailed: (email: string) => `Le lien part par courriel à ${email}.`,
  },
  access: {
    summary: 'Donne un nouveau lien à chaque adulte d’une famille, désignée par sa clé ou son nom.',
    unknown: (wanted: string) => `Aucune famille n’a « ${wanted} » pour clé ni pour nom.`,
    several: (wanted: string, families: string) =>
      `Plusieurs familles répondent à « ${wanted} » : donnez la clé de l’une d’elles.\n${families}`,
    oneFamily: (family: { key: string | null; name: string; city: string }) =>
      `  ${family.key ?? '(sans clé)'} · ${family.name}, ${family.city}`,
    nobody: (name: string) => `La famille ${name} n’a aucun adulte qui puisse se connecter.`,
    holder: (name: string, identifier: string, email: string | null) =>
      `${name}, identifiant ${identifier}${email === null ? ', sans courriel' : `, ${email}`}`,
    activation: (url: string) => `  Premier mot de passe, lien à usage unique valable 7 jours : ${url}`,
    reset: (url: string) => `  Nouveau mot de passe, lien à usage unique valable 1 heure : ${url}`,
    mailed: (email: string) => `  Le lien part à ${email} dès que le portail tourne.`,
    noEmail: '  Sans adresse électronique : relancez sans --mail pour obtenir le lien ici.',
  },
  tasks: taskTexts,
  journal: {
    summary:
      'Importe le journal des transactions de la banque : ce que le portail n’avait pas appris est enregistré, le reste est rapproché.',
    done: (counts: {
      readonly booked: number
      readonly matched: number
      readonly set_aside: number
      readonly refused_test: number
      readonly no_money: number
      readonly known: number
    }) =>
      [
        `Enregistrés : ${counts.booked}`,
        `Rapprochés : ${counts.matched}`,
        `Mis de côté, à voir avec npm run preau -- tasks : ${counts.set_aside}`,
        `D’un autre mode que le contrat, non enregistrés : ${counts.refused_test}`,
        `Sans argent (refusés, en attente) : ${counts.no_money}`,
        `Déjà lus : ${counts.known}`,
      ].join('\n'),
    unknownShop: (shop: string) =>
      `Aucun contrat de ce portail, ou plus d’un, n’a la boutique ${shop} dans ce mode. Rien n’a été écrit.`,
    problem: (line: number, kind: 'encoding' | 'title' | 'header' | 'tag' | 'value', column: string) => {
      const why = {
        encoding: 'le fichier n’est pas en UTF-8.',
        title: 'la ligne TITRE manque, ou n’indique pas la boutique et le mode.',
        header: `la ligne ENTETE manque, ou il lui manque une colonne : ${column}.`,
        tag: 'elle ne commence pas par DETAILS.',
        value: `la colonne ${column} ne peut pas être lue.`,
      }
      return `Ligne ${line} : ${why[kind]}`
    },
    nothing: 'Rien n’a été écrit.',
  },
  payments: {
    summary:
      'Exporte en CSV tout l’argent d’une période, ventilé par facture : paiements en ligne et au service, et, en négatif, ce qui a été annulé, repris par la banque, rejeté, contesté ou remboursé ; --all ajoute ceux reçus ailleurs.',
    missing: (option: string) => `Il manque ${option} JJ/MM/AAAA.`,
    notADay: (option: string, text: string) =>
      `${option} : « ${text} » n’est pas une date, par exemple 01/04/2012.`,
    order: 'La date --from doit précéder la date --to.',
    columns: [
      'Date',
      'Reçu',
      'Référence',
      'Transaction banque',
      'Clé famille',
      'Famille',
      'Unité',
      'Facture',
      'Montant',
      'Moyen',
      'Opération',
    ],
    accounts: {
      credit: 'crédit',
      suspense: 'en attente',
      refund_payable: 'remboursement',
      write_off: 'perte',
    } as Readonly<Record<string, string>>,
    means: {
      cheque: 'Chèque',
      cash: 'Espèces',
      transfer: 'Virement',
      voucher: 'Chèques-vacances ou CESU',
    } as Readonly<Record<string, string>>,
    operations: {
      capture: 'Paiement en ligne',
      desk: 'Paiement au service',
      elsewhere: 'Paiement reçu ailleurs',
      cancellation: 'Repris par la banque',
      chargeback_lost: 'Contestation perdue',
      refund_paid: 'Remboursement',
      bank_refund: 'Remboursement fait à la banque',
      bounced: 'Chèque rejeté',
      reversal: 'Paiement annulé',
      suspense_resolved: 'Attente résolue',
    } as Readonly<Record<string, string>>,
  },
  verify: {
    summary:
      'Recalcule chaque solde, chaque sceau et chaque clôture, et rend un verdict ; --head vérifie aussi qu’une empreinte notée plus tôt est toujours dans la chaîne.',
    notAHead: (text: string) => `« ${text} » n’est pas une empreinte : 64 chiffres et lettres de a à f.`,
    altered: (count: number) =>
      `${count} ${plural(count, 'organisation a un registre altéré', 'organisations ont un registre altéré')}.`,
  },
  archive: {
    summary:
      'Écrit l’archive d’une année dans un zip daté, qui s’explique et se vérifie sans le portail ni la base.',
    missingYear: 'Il manque --year AAAA.',
    notAYear: (text: string) => `--year : « ${text} » n’est pas une année, par exemple 2026.`,
    done: (file: string, entries: number, sha256: string) =>
      `${file} : ${entries} ${plural(entries, 'écriture', 'écritures')}.\nSHA-256 : ${sha256}`,
    open: 'Attention : l’année n’est pas close ; cette archive est provisoire.',
  },
  backup: {
    summary:
      'Sauvegarde toute la base dans un dossier daté, même pendant que le portail tourne ; sans DOSSIER, dans DATA_DIR/sauvegardes.',
    done: (folder: string, bytes: number, ms: number) =>
      `Sauvegarde faite : ${folder}, ${formatSize(bytes)} en ${seconds(ms)}. Gardez-en une copie sur une autre machine.`,
    withoutSecrets:
      'La clé secrète n’y est pas : gardez SECRET_KEY ailleurs. Sans elle, les clés bancaires de la base sont à saisir de nouveau. En démonstration, --avec-secrets joint celles de DATA_DIR.',
    withSecrets: (names: readonly string[]) =>
      `Les secrets y sont (${names.join(', ')}) : qui lit ce dossier lit les clés bancaires.`,
    noSecrets: 'DATA_DIR ne garde aucun secret : SECRET_KEY est dans vos réglages, gardez-la ailleurs.',
  },
  restore: {
    summary:
      'Remet en place une sauvegarde, le portail étant arrêté ; avec --remplacer, la base présente est mise de côté.',
    done: (takenAt: Instant) => `La base est revenue à ce qu’elle était ${at(takenAt)}.`,
    aside: (place: string) => `Ce qui était là est mis de côté, à effacer quand tout ira bien : ${place}`,
    secrets: (names: readonly string[]) => `Secrets remis en place : ${names.join(', ')}.`,
    next: 'Démarrez le portail avec le même SECRET_KEY : les paiements arrivés depuis reviennent d’eux-mêmes à mesure que la banque les redit. Ce qui a été saisi depuis est à saisir de nouveau. Puis regardez npm run preau -- tasks.',
  },
} as const

const seconds = (ms: number): string => `${String(Math.round(ms / 100) / 10).replace('.', ',')} s`
const at = (instant: Instant): string => `le ${formatInstantDay(instant)} à ${formatTime(instant)}`
