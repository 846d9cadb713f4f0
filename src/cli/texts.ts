// Every French sentence of the command line.
import type { Change } from '../organisations/known-organisation.ts'
import type { Instant } from '../kernel/dates.ts'
import { formatCents, formatInstantDay, formatSize, formatTime, plural } from '../kernel/french.ts'
import type { Cents } from '../kernel/money.ts'
import { transferTexts } from './transfer-texts.ts'

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
  tasks: {
    summary: 'Liste ce qui attend quelqu’un : argent mis de côté, messages de la banque, courriels en échec.',
    nothing: 'Rien n’attend.',
    done: 'C’est noté : cette tâche est faite.',
    unknown: (id: string) => `Aucune tâche ouverte ne porte le numéro ${id}.`,
    finish: (id: string) => `Une fois réglé : npm run preau -- tasks --done ${id}`,
    age: (days: number) => (days < 1 ? 'aujourd’hui' : `depuis ${days} ${plural(days, 'jour', 'jours')}`),
    fact: (name: string, value: string) => `${name} : ${value}`,
    kinds: {
      ...transferTexts.taskKinds,
      'unknown-order': 'Argent mis de côté : la banque annonce un paiement que le portail n’a pas demandé.',
      'amount-mismatch': 'Le montant annoncé par la banque n’est pas celui qui était attendu.',
      'second-capture': 'Second paiement pour une même demande : la famille a sans doute payé deux fois.',
      surplus: 'Paiement supérieur à ce qui restait dû : le surplus est en faveur de la famille.',
      'foreign-currency': 'La banque annonce un paiement qui n’est pas en euros : il n’est pas compté.',
      'unread-operation':
        'La banque annonce une opération que le portail ne traite pas (remboursement, annulation…) : à vérifier dans son espace.',
      'enquiry-refused':
        'La banque refuse de répondre aux questions du portail : vérifiez l’adresse et le mot de passe REST dans le fichier de l’organisation.',
      'no-enquiry':
        'Le portail ne peut pas interroger la banque de cette boutique : importez chaque jour son journal des transactions (npm run preau -- journal), ou donnez l’accès REST.',
      'journal-refused':
        'Un journal de la banque déposé dans le dossier ne peut pas être lu : rien n’en a été retenu. npm run preau -- journal FICHIER.csv dit pourquoi.',
      'taken-back':
        'La banque a repris un paiement en ligne déjà compté : ce qu’il réglait est de nouveau dû, la famille est à prévenir.',
      'dispute-opened': 'Un payeur conteste un paiement en ligne : la banque retient la somme.',
      'dispute-lost': 'Contestation perdue : ce que le paiement réglait est de nouveau dû.',
      'cheque-bounced': 'Chèque rejeté par la banque : ce qu’il réglait est de nouveau dû.',
      'address-change':
        'Une famille demande le changement de son adresse postale : à faire dans votre logiciel.',
    } as Readonly<Record<string, string>>,
    details: {
      ...transferTexts.taskDetails,
      amountCents: 'Montant',
      expectedCents: 'Montant attendu',
      uncoveredCents: 'Dont déjà remboursé, à régler avec la famille',
      dispute: 'Contestation',
      payerName: 'Payeur',
      reason: 'Motif',
      reference: 'Référence',
      bankTransaction: 'Transaction de la banque',
      shopNumber: 'Boutique',
      file: 'Fichier',
      line: 'Première ligne à revoir',
      familyName: 'Famille',
      address: 'Adresse',
      postalCode: 'Code postal',
      city: 'Ville',
    } as Readonly<Record<string, string>>,
    message: (
      outcome: 'refused_test' | 'waiting' | 'failed',
      shop: string,
      amount: Cents | undefined,
      note: string | null,
    ) =>
      [
        {
          refused_test: 'Message de la banque refusé : il n’est pas du mode du contrat (TEST ou PRODUCTION).',
          waiting: 'Message de la banque authentique, pas encore appliqué : le portail réessaie.',
          failed:
            'Message de la banque authentique, que le portail n’a pas su lire : à vérifier dans son espace.',
        }[outcome],
        `Boutique : ${shop}`,
        ...(amount === undefined ? [] : [`Montant : ${formatCents(amount)}`]),
        ...(note === null || note === '' ? [] : [`Raison : ${note}`]),
      ].join('\n  '),
    mailKinds: {
      activation: 'lien d’activation',
      reset: 'nouveau mot de passe',
      'sign-in-failures': 'échecs de connexion',
      'password-changed': 'mot de passe changé',
      'email-confirmation': 'confirmation d’adresse',
      'email-changed': 'adresse changée',
      'new-invoices': 'nouvelles factures',
      receipt: 'reçu',
    } as Readonly<Record<string, string>>,
    mail: (kind: string, recipient: string, attempts: number, error: string) =>
      `Courriel « ${kind} » à ${recipient} pas parti après ${attempts} ${plural(attempts, 'essai', 'essais')}.\n  Raison : ${error}`,
  },
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
      'Exporte les paiements en ligne d’une période en CSV, ventilés par facture ; --all ajoute ceux reçus ailleurs.',
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
    ],
    accounts: { credit: 'crédit', suspense: 'en attente' } as Readonly<Record<string, string>>,
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
