// Every French sentence about banks and their contracts.
import { plural } from '../kernel/french.ts'
import type { GatewayName } from '../organisations/contract.ts'
import type { TriedContract } from '../payments/try-contract.ts'

const GATEWAYS = {
  systempay: 'Systempay et ses marques',
  payfip: 'PayFiP',
  stripe: 'Stripe',
} as const satisfies { readonly [name in GatewayName]: string }

export const bankTexts = {
  gateways: GATEWAYS,
  gatewayHints: {
    systempay: 'Caisse d’Épargne, Banque Populaire, PayZen, Sogecommerce, Scellius, Clic&Pay…',
    payfip: 'Pour un organisme public : le service de paiement de la DGFiP.',
    stripe: 'Pour un club ou une petite association, sans banque partenaire.',
  } satisfies { readonly [name in GatewayName]: string },
  contractName: (one: { readonly bankName: string; readonly shopNumber: string; readonly mode: string }) =>
    `${one.bankName}, n° ${one.shopNumber} (${one.mode})`,
  contract: 'Le contrat de cette unité',
  none: 'Cette unité n’a pas de contrat : les familles ne peuvent pas payer en ligne.',
  modes: {
    TEST: 'Mode TEST : aucun argent ne bouge.',
    PRODUCTION: 'Mode PRODUCTION : argent réel.',
  },
  testInProduction:
    'Sur ce portail de production, un contrat en TEST ne prend aucun paiement : les familles lisent comment payer autrement.',
  facts: {
    gateway: 'Passerelle',
    shop: 'Numéro chez la banque',
    units: 'Unités servies',
    notification: 'Adresse de notification, à donner à la banque',
    lastNotification: 'Dernière notification reçue',
    lastCapture: 'Dernier paiement encaissé',
    underWay: 'Paiements en route',
    line: 'Liaison avec la banque',
  },
  never: 'jamais',
  noUnit: 'aucune',
  answering: 'rien à signaler',
  resting: (time: string) =>
    `trois échecs de suite : la banque est laissée en repos jusqu’à ${time}, pour ne faire attendre personne. Les autres banques ne s’en ressentent pas.`,
  sharedRule: (units: string) =>
    `Ce contrat appartient à toutes les unités qu’il sert (${units}) : le droit sur l’une suffit pour le consulter, il faut le droit sur toutes, ou sur l’organisme, pour le changer ou clôturer ses journées de rapprochement.`,
  open: 'Ouvrir le contrat',
  noRight: 'Changer un contrat demande le droit de régler la banque sur toutes les unités qu’il sert.',
  edit: 'Changer de contrat ou de compte',
  create: 'Nouveau contrat',
  others: 'Les contrats de l’organisme',
  checks: {
    title: 'Avant d’ouvrir aux familles',
    signature: 'Signature HMAC-SHA-256',
    server: 'Accès de serveur à serveur : le portail interroge la banque quand elle se tait',
    secrets: 'Secret des notifications enregistré',
    notification: 'Une notification de la banque est arrivée',
    capture: 'Un paiement d’essai est encaissé',
    mode: 'Contrat en PRODUCTION',
    done: 'fait',
    missing: 'à faire',
    guide: 'La marche à suivre, pas à pas',
    guideText: 'Réglages du back-office de la banque, cartes d’essai, premier paiement de 1 €.',
  },
  page: {
    facts: 'Le contrat',
    title: (name: string) => `Contrat ${name}`,
    settings: 'Réglages du contrat',
    secrets: 'Mode et secrets',
    secretsText:
      'Les clés et mots de passe sont scellés dès leur saisie. Personne ne peut les relire ici, pas même vous.',
    kept: 'enregistré',
    replaced: 'remplacé',
    missing: 'aucun',
    toProduction: 'Passer en PRODUCTION',
    toTest: 'Revenir en TEST',
    change: 'Changer des secrets',
    test: 'Tester la connexion',
    testText: 'Pose à la banque une question sans effet, et montre les deux côtés de l’échange.',
    created: 'Le contrat est créé, en TEST. Testez la connexion, puis choisissez-le pour une unité.',
    saved: 'Le contrat est enregistré.',
    back: 'Retour au contrat',
  },
  newPage: {
    title: 'Nouveau contrat',
    choose: 'Quelle passerelle ?',
    create: 'Créer le contrat, en TEST',
    effect: 'Un contrat ne sert à personne tant qu’une unité ne l’a pas choisi.',
  },
  fields: {
    banque: { label: 'Nom de la banque', hint: 'Tel que les familles le lisent.' },
    plateforme: {
      label: 'Adresse du formulaire',
      hint: 'Par exemple https://paiement.systempay.fr/vads-payment/',
    },
    boutique: { label: 'Numéro de boutique', hint: '8 chiffres. Il ne change plus.' },
    'rest.adresse': {
      label: 'Adresse du service REST',
      hint: 'Par exemple https://api.systempay.fr. Vide : la banque ne peut être interrogée.',
    },
    signature: { label: 'Algorithme de signature', hint: 'Le même que dans le back-office de la banque.' },
    cartes: { label: 'Cartes proposées', hint: 'Leurs codes, séparés par des virgules. Vide : toutes.' },
    authentification: { label: 'Authentification souhaitée', hint: undefined },
    numcli: { label: 'Numéro de client PayFiP', hint: '6 chiffres. Il ne change plus.' },
    adresse: { label: 'Adresse de PayFiP', hint: 'Vide : https://www.payfip.gouv.fr' },
    saisie: { label: 'Saisie', hint: 'T en essai ; W en service ; X pendant l’activation.' },
    compte: { label: 'Compte Stripe', hint: 'acct_… Il ne change plus.' },
    moyens: { label: 'Moyens de payer', hint: 'carte, prélèvement ; séparés par des virgules.' },
    api: { label: 'Adresse de l’API', hint: 'Vide : celle de Stripe.' },
    page: { label: 'Adresse de la page de paiement', hint: 'Vide : celle de Stripe.' },
  } as Readonly<Record<string, { readonly label: string; readonly hint: string | undefined }>>,
  secrets: {
    systempay: {
      key: 'Clé de signature',
      previousKey: 'Clé précédente',
      restPassword: 'Mot de passe REST',
      restHmacKey: 'Clé HMAC-SHA-256 du service REST',
    },
    payfip: {},
    stripe: {
      key: 'Clé secrète',
      webhookSecret: 'Secret des notifications (whsec_…)',
      previousWebhookSecret: 'Secret précédent des notifications',
    },
  } as { readonly [name in GatewayName]: Readonly<Record<string, string>> },
  labels: {
    bank_name: 'Nom de la banque',
    mode: 'Mode',
    formUrl: 'Adresse du formulaire',
    restUrl: 'Adresse du service REST',
    signature: 'Algorithme de signature',
    cards: 'Cartes proposées',
    threeDs: 'Authentification souhaitée',
    address: 'Adresse de PayFiP',
    saisie: 'Saisie',
    methods: 'Moyens de payer',
    apiUrl: 'Adresse de l’API',
    pageUrl: 'Adresse de la page de paiement',
  } as Readonly<Record<string, string>>,
  problem: (label: string, message: string) => `${label} : ${message}${message.endsWith('.') ? '' : '.'}`,
  fieldChoices: {
    signature: [
      ['HMAC-SHA-256', 'HMAC-SHA-256'],
      ['SHA-1', 'SHA-1 (en essai seulement)'],
    ],
    authentification: [
      ['', 'la banque décide'],
      ['allégée', 'allégée : demander une exemption'],
      ['renforcée', 'renforcée : souhaiter un code'],
      ['exigée', 'exigée'],
    ],
    saisie: [
      ['', 'selon le mode'],
      ['T', 'T : essai'],
      ['X', 'X : activation, vraies cartes'],
      ['W', 'W : en service'],
    ],
  } as Readonly<Record<string, readonly (readonly [string, string])[]>>,
  secretChange: {
    title: (mode: string) => (mode === '' ? 'Changer des secrets' : `Passer le contrat en ${mode}`),
    leave: 'Vide : inchangé.',
    required: 'À donner : chaque mode a le sien.',
    none: 'Vide : aucun dans ce mode.',
    keep: 'Garder l’ancien comme précédent, le temps du changement à la banque',
    keepHint: 'Les messages signés de l’un ou de l’autre sont alors crus.',
    forget: 'Oublier le secret précédent',
    forgetHint: 'Quand la banque ne signe plus qu’avec le nouveau.',
    word: (word: string) => `Tapez ${word} pour confirmer`,
    confirm: 'Enregistrer',
  },
  consequences: {
    toProduction:
      'Les familles des unités servies paieront de l’argent réel dès la confirmation. Les messages de TEST de la banque ne seront plus crus.',
    toTest:
      'Plus aucun argent réel n’entrera par ce contrat, et les messages de PRODUCTION ne seront plus crus. Sur un portail de production, les familles ne pourront plus payer en ligne.',
    underWay: (count: number) =>
      `${count} ${plural(count, 'paiement est en route', 'paiements sont en route')} : ce que la banque en dira dans l’ancien mode ou avec un secret oublié irait à « À traiter ». Mieux vaut attendre une demi-heure sans paiement.`,
    secrets:
      'Les prochains formulaires seront signés avec les nouveaux secrets. Changez-les à la banque au même moment.',
    settings:
      'Les prochains paiements partiront avec ces réglages. Ceux qui sont en route gardent le contrat avec lequel ils sont partis.',
    noServer:
      'Sans service REST, le portail ne peut plus interroger la banque : importez chaque jour son journal.',
    platform: 'Vérifiez l’adresse caractère par caractère : les familles y saisiront leur carte.',
  },
  problems: {
    taken: 'Ce numéro a déjà son contrat sur ce portail : ouvrez-le plutôt que d’en créer un second.',
    otherHost:
      'Une autre plateforme est un autre contrat : créez-le, puis choisissez-le pour l’unité. Celui-ci reste écouté.',
    secret: 'de 8 à 128 signes, sans espace.',
    needsKey: 'donnez le secret du nouveau mode : ceux de TEST et de PRODUCTION sont différents.',
    wrongMode: (mode: string) => `ce secret n’est pas celui du mode ${mode}.`,
    restPassword: 'le service REST demande son mot de passe.',
    weak: 'la signature SHA-1 n’est pas admise en production : choisissez HMAC-SHA-256 ici et à la banque.',
    nothing: 'Rien n’est à changer : donnez au moins un secret.',
    noPrevious: 'il n’y a pas de secret précédent.',
    changed: 'Ce contrat a changé entre-temps. Rien n’a été enregistré : relisez-le, puis recommencez.',
    word: (word: string) => `Tapez ${word} pour confirmer.`,
  },
  tried: {
    title: 'Essai de connexion',
    outcomes: {
      answered: 'La banque répond et reconnaît le contrat.',
      silent: 'Rien à demander : ce contrat n’a pas d’accès de serveur à serveur.',
      sealed: 'Les secrets ne s’ouvrent pas : SECRET_KEY n’est pas celui qui les a scellés.',
      refused: 'La banque refuse le numéro ou le mot de passe. Vérifiez-les, et le mode.',
      unreadable: 'L’adresse répond, mais pas comme la banque. Vérifiez l’adresse du service.',
      unreachable: 'L’adresse ne répond pas. Vérifiez-la, puis le pare-feu.',
      'timed-out': 'La banque n’a pas répondu en dix secondes. Recommencez dans un moment.',
      'cut-short': 'La réponse de la banque a été coupée. Recommencez.',
      'too-large': 'L’adresse répond, mais pas comme la banque. Vérifiez l’adresse du service.',
      resting: 'La banque n’a pas été interrogée.',
    } satisfies { readonly [outcome in TriedContract['outcome']]: string },
    asked: 'Ce qui a été demandé',
    answered: 'Ce que la banque a répondu',
    none: 'pas de réponse',
    signed: 'Le formulaire signé d’un paiement de 1 €, qui n’a pas été envoyé',
    masked: 'Les secrets sont masqués.',
  },
} as const
