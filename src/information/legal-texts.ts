// Accessibility, personal data, legal notice: every sentence.
import type { ComponentChildren } from 'preact'

/** A part of a page: a heading, then paragraphs and lists. */
export type Part = {
  readonly heading: string
  readonly paragraphs?: readonly ComponentChildren[]
  readonly list?: readonly string[]
}

export const legalTexts = {
  external: '(autre site)',
  privacy: {
    title: 'Données personnelles',
    summaryTitle: 'En cinq lignes',
    summary: [
      'Nous utilisons vos données pour facturer les activités de vos enfants et encaisser vos paiements, rien d’autre.',
      'Elles sont destinées aux services administratifs de l’organisme ; la banque ne reçoit que le montant, une référence et votre adresse e-mail pour le reçu.',
      'Vos données bancaires ne passent jamais par le portail.',
      'Les pièces comptables sont conservées dix ans, comme la loi le demande.',
      'Vous pouvez consulter vos données, les faire corriger et poser toute question au contact indiqué plus bas.',
    ],
    who: 'Qui est responsable ?',
    whoText:
      'L’organisme qui gère les activités de vos enfants décide de l’usage de vos données. Pour toute question ou pour exercer vos droits, écrivez à son contact pour les données personnelles :',
    whoSeveral:
      'L’organisme qui gère les activités de vos enfants décide de l’usage de vos données. Ses coordonnées figurent sur vos factures, et sur cette page une fois connecté.',
    parts: [
      {
        heading: 'Pourquoi, et sur quelle base ?',
        list: [
          'Établir et envoyer vos factures, tenir votre compte, encaisser vos paiements : exécution du contrat d’accueil (RGPD, article 6, 1, b).',
          'Tenir la comptabilité et conserver les pièces : obligation légale (article 6, 1, c).',
          'Protéger les accès, repérer les essais frauduleux : intérêt légitime à la sécurité du service (article 6, 1, f).',
        ],
      },
      {
        heading: 'Quelles données ?',
        list: [
          'Adultes : nom, adresse postale, adresse e-mail, téléphone, identifiant ; le mot de passe est gardé sous une forme illisible.',
          'Enfants : nom, prénom, date de naissance, activités facturées.',
          'Factures, paiements, mouvements de compte, reçus.',
          'Connexions : date, type d’appareil.',
          'Elles viennent de votre dossier d’inscription, de vos saisies et des réponses de la banque.',
        ],
      },
      {
        heading: 'Qui les voit ?',
        paragraphs: [
          'Les destinataires des données sont les services administratifs de l’organisme, dans la limite de leurs fonctions, et, s’il y a lieu, son comptable ou le comptable public.',
          'L’hébergeur du portail agit sur instruction de l’organisme. La banque reçoit le montant, une référence et, pour le reçu, votre adresse e-mail ; elle est responsable de ce que vous saisissez sur sa page.',
          'Aucune donnée n’est vendue ni transmise à des fins publicitaires. Aucune décision n’est prise de façon automatique à votre sujet.',
        ],
      },
    ] satisfies readonly Part[],
    retention: 'Combien de temps ?',
    retentionCaption: 'Durées de conservation',
    retentionColumns: ['Données', 'Durée'],
    retentionRows: [
      [
        'Factures, paiements, reçus, mouvements de compte',
        '10 ans après la fin de l’exercice (code de commerce, article L. 123-22)',
      ],
      [
        'Coordonnées, enfants, accès au portail',
        'Tant que la famille est inscrite, puis le temps des obligations comptables',
      ],
      ['Connexions et appareils', '30 jours'],
      [
        'Liens d’activation et de mot de passe',
        '30 jours après leur fin (ils ne servent plus dès leur premier usage)',
      ],
      ['Essais de mot de passe faux', '1 jour, sous une forme qui ne dit pas qui'],
    ],
    after: [
      {
        heading: 'Quels sont vos droits ?',
        paragraphs: [
          'Vous pouvez demander l’accès à vos données, leur rectification, leur effacement ou la limitation de leur usage, vous opposer à un traitement fondé sur l’intérêt légitime, et recevoir les données que vous avez fournies sous une forme réutilisable.',
          'L’effacement ne s’applique pas aux pièces que la loi oblige à conserver. La réponse vous parvient sous un mois.',
        ],
      },
      {
        heading: 'Cookies',
        paragraphs: [
          'Le portail utilise deux cookies, tous deux nécessaires : l’un garde votre session ouverte, l’autre retient l’apparence claire ou sombre. Il n’y a ni mesure d’audience ni publicité, donc pas de bandeau.',
        ],
      },
    ] satisfies readonly Part[],
    complaint: 'Réclamation',
    complaintText:
      'Si la réponse ne vous satisfait pas, vous pouvez saisir la Commission nationale de l’informatique et des libertés (CNIL), 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07 :',
    complaintLink: 'adresser une plainte à la CNIL',
  },

  accessibility: {
    title: 'Accessibilité',
    heading: 'Accessibilité : partiellement conforme',
    parts: [
      {
        heading: 'Engagement',
        paragraphs: [
          'Ce portail doit pouvoir servir à tous les parents : au clavier, avec un lecteur d’écran, un agrandissement de 400 %, un téléphone ancien, ou sans JavaScript.',
        ],
      },
      {
        heading: 'État de conformité',
        paragraphs: [
          'Le portail est partiellement conforme au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.',
          'Ce constat vient d’une auto-évaluation : contrôle automatique de chaque page selon WCAG 2.2, niveaux A et AA, parcours au clavier, affichage à 320 pixels, thèmes clair et sombre. Aucun audit indépendant n’a encore mesuré un taux de conformité, et les parcours n’ont pas été vérifiés avec tous les lecteurs d’écran.',
        ],
      },
      {
        heading: 'Contenus non accessibles',
        list: [
          'Les factures PDF reprises d’un ancien logiciel peuvent ne pas être balisées : la page de chaque facture en donne le contenu.',
          'La page de paiement de la banque n’est pas maîtrisée par le portail.',
        ],
      },
      {
        heading: 'Technologies',
        paragraphs: [
          'HTML, CSS, SVG et JavaScript. Le portail reste entièrement utilisable sans JavaScript.',
        ],
      },
    ] satisfies readonly Part[],
    feedback: 'Retour et contact',
    feedbackText:
      'Si une page vous bloque, dites-le au service : il vous donnera l’information par un autre moyen et fera corriger la page.',
    remedy: 'Voies de recours',
    remedyText:
      'Si vous n’obtenez pas de réponse satisfaisante, vous pouvez écrire au Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07 (gratuit, sans timbre), appeler le 09 69 39 00 00, ou :',
    remedyLink: 'écrire en ligne au Défenseur des droits',
  },

  legal: {
    title: 'Mentions légales',
    publisher: 'Éditeur',
    siret: (siret: string) => `SIRET ${siret.replace(/(\d{3})(\d{3})(\d{3})(\d{5})/, '$1 $2 $3 $4')}`,
    director: 'Le directeur de la publication est le représentant légal de l’organisme.',
    hosting: 'Hébergement',
    hostingText:
      'Le portail est hébergé par l’organisme ou pour son compte. Le nom et l’adresse de l’hébergeur sont donnés sur simple demande au contact ci-dessus.',
    payment: 'Paiement',
    paymentText:
      'Le paiement en ligne est assuré par la banque de l’organisme. Le portail ne traite pas et n’enregistre pas vos données bancaires.',
    credits: 'Logiciel et crédits',
    creditsText:
      'Portail Préau, logiciel libre sous licence EUPL-1.2. Caractères Figtree et Bricolage Grotesque (OFL-1.1), icônes Lucide (ISC).',
  },
} as const
