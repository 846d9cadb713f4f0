// Help, contact and the site map: every sentence. The legal pages are in legal-texts.ts.
import { paths } from '../web/paths.ts'

export type Question = {
  readonly question: string
  readonly answer: readonly string[]
  readonly link?: { readonly href: string; readonly text: string }
}

const questions: readonly Question[] = [
  {
    question: 'J’ai payé mais la facture reste à payer',
    answer: [
      'Tant que le portail affiche « Paiement en cours », ne payez pas une seconde fois.',
      'Si rien n’a changé le lendemain, donnez au service la référence affichée sur la page du paiement.',
    ],
    link: { href: paths.history, text: 'Voir mes paiements' },
  },
  {
    question: 'Mon paiement est refusé',
    answer: [
      'La décision vient de votre banque : aucune somme n’a été débitée et votre facture reste à payer.',
      'Vérifiez le plafond et la date de votre carte, puis réessayez, ou réglez par un autre moyen auprès du service.',
    ],
    link: { href: paths.invoices, text: 'Reprendre le paiement' },
  },
  {
    question: 'Je n’ai pas reçu le SMS',
    answer: [
      'Le code de confirmation est envoyé par votre banque, pas par le portail, au numéro que votre banque connaît.',
      'Beaucoup de banques remplacent le SMS par une validation dans leur application : ouvrez-la. Sinon, contactez votre banque.',
    ],
  },
  {
    question: 'Mon solde ne correspond pas',
    answer: [
      'Le solde est la somme de vos rechargements, avoirs et factures. Chaque mouvement est listé, avec le solde obtenu après lui.',
      'Un chèque ou des espèces remis à l’accueil apparaissent après leur enregistrement par le service.',
    ],
    link: { href: paths.account, text: 'Voir les mouvements de mon compte' },
  },
  {
    question: 'J’ai quitté la page de la banque, ou la connexion s’est coupée',
    answer: [
      'Revenez sur le portail : la page du paiement dit où il en est. Si la banque l’a accepté, il apparaîtra de lui-même.',
      'Ne payez pas une seconde fois avant d’avoir vu cette réponse.',
    ],
    link: { href: paths.history, text: 'Voir où en sont mes paiements' },
  },
  {
    question: 'Ma facture n’apparaît pas',
    answer: ['Une facture apparaît dans votre compte famille 24 heures après sa création.'],
    link: { href: paths.invoices, text: 'Voir mes factures' },
  },
  {
    question: 'Comment payer plusieurs factures à la fois ?',
    answer: [
      'Cochez les factures voulues : le montant du paiement s’affiche. Vous le vérifiez à l’étape suivante, avant la page de la banque.',
    ],
    link: { href: paths.invoices, text: 'Choisir mes factures' },
  },
  {
    question: 'Comment recharger mon compte ?',
    answer: [
      'Sur « Mon compte », choisissez « Recharger mon compte » et un montant. Le nouveau solde apparaît dès que la banque a accepté le paiement.',
    ],
    link: { href: paths.account, text: 'Ouvrir mon compte' },
  },
  {
    question: 'Comment payer autrement que par carte ?',
    answer: [
      'Les moyens acceptés à l’accueil (chèque, espèces, chèques-vacances…) sont indiqués avec les coordonnées de votre service, sur cette page.',
    ],
    link: { href: '#contact', text: 'Coordonnées du service' },
  },
  {
    question: 'Où trouver mes factures et mes reçus ?',
    answer: [
      'Chaque opération de l’historique mène à sa facture ou à son reçu, à télécharger ou à imprimer à tout moment.',
    ],
    link: { href: paths.history, text: 'Ouvrir l’historique' },
  },
  {
    question: 'J’ai oublié mon identifiant ou mon mot de passe',
    answer: [
      'Demandez un lien : il part vers l’adresse e-mail enregistrée par le service. Votre identifiant, votre adresse e-mail ou une facture papier suffit.',
    ],
    link: { href: paths.forgotten, text: 'Retrouver mon accès' },
  },
  {
    question: 'Mes données bancaires sont-elles en sécurité ?',
    answer: [
      'Le portail ne traite pas et n’enregistre pas vos données bancaires : vous les saisissez sur la page de la banque, à qui nous ne transmettons que le montant à régler.',
      'Personne du service ne vous demandera jamais votre mot de passe, votre n° de carte ou un code reçu par SMS.',
    ],
    link: { href: paths.privacy, text: 'Données personnelles' },
  },
]

export const texts = {
  help: {
    title: 'Aide et contact',
    lede: 'Les questions les plus fréquentes, et à qui parler.',
    questions: 'Questions fréquentes',
    list: questions,
  },
  contact: {
    title: 'Contacter le service',
    hours: 'Horaires',
    phone: 'Téléphone',
    email: 'E-mail',
    address: 'Adresse',
    units: (name: string) => `Pour vos factures – ${name}`,
    otherMeans: (means: string) => `Payer autrement : ${means}`,
    several:
      'Ce portail sert plusieurs organismes. Connectez-vous pour voir les coordonnées du vôtre, ou regardez en haut de votre facture.',
    stuck: 'Préparez, si vous l’avez, la référence affichée à l’écran ou le n° de facture.',
  },
  siteMap: {
    title: 'Plan du site',
    lede: 'Toutes les pages du portail.',
    family: 'Mon espace',
    access: 'Accès',
    information: 'Informations',
    pages: {
      home: 'Accueil',
      invoices: 'Factures & paiements',
      account: 'Mon compte',
      history: 'Historique',
      refunds: 'Vos remboursements',
      profile: 'Mon profil',
      signIn: 'Connexion',
      forgotten: 'Identifiant ou mot de passe oublié',
      activation: 'Première connexion : activer mon compte',
      help: 'Aide et contact',
      accessibility: 'Accessibilité',
      privacy: 'Données personnelles',
      legal: 'Mentions légales',
    },
  },
} as const
