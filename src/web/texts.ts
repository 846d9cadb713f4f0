// Every French sentence of the shell: header, footer, forms and error pages.

export const texts = {
  site: 'Préau',
  tagline: 'Portail famille',
  skip: 'Aller au contenu',
  navigation: 'Navigation principale',
  menu: 'Menu',
  nav: {
    home: 'Accueil',
    invoices: 'Factures & paiements',
    account: 'Mon compte',
    history: 'Historique',
    profile: 'Mon profil',
    help: 'Aide',
  },
  family: (name: string) => `Famille ${name}`,
  signIn: 'Se connecter',
  signOut: 'Se déconnecter',
  footer: 'Informations',
  help: 'Aide et contact',
  accessibility: 'Accessibilité : partiellement conforme',
  privacy: 'Données personnelles',
  legal: 'Mentions légales',
  siteMap: 'Plan du site',
  theme: 'Apparence',
  themes: { auto: 'Automatique', clair: 'Clair', sombre: 'Sombre' },
  band: 'Mode d’essai',
  visitorTestBand: 'Essai : une banque de ce portail est en mode de test, elle ne débite aucune carte.',
  testBand: 'Essai : la banque est en mode de test, aucune carte n’est débitée.',
  demoBand: 'Démonstration : familles et paiements fictifs, aucune carte n’est débitée.',
  viewing: (who: string, family: string) =>
    `Vous voyez le portail comme ${who}, famille ${family}. Rien ne peut être fait en son nom, et cette consultation est au journal.`,
  viewingLabel: 'Voir comme la famille',
  stopViewing: 'Revenir à la gestion',
  bankReminder: (bank: string) =>
    `Rappel : Notre système vous renvoie vers une page sécurisée du système de paiement en ligne de notre partenaire bancaire, ${bank}.`,
  errorTitle: (title: string) => `Erreur : ${title}`,
  pageTitle: (title: string) => `${title} – Préau`,
  problem: 'Il y a un problème',
  steps: ['Choisir', 'Confirmer', 'Payer à la banque', 'Reçu'],
  stepsLabel: 'Étapes du paiement',
  stepDone: '(étape faite)',
  optional: '(facultatif)',
  page: (page: number, pages: number) => `Page ${page} sur ${pages}`,
  pages: 'Pages',
  previousPage: 'Page précédente',
  nextPage: 'Page suivante',
  showPassword: 'Afficher',
  showPasswordName: 'Afficher le mot de passe',
  wait: 'Un instant…',
  waitLonger: 'Un instant, c’est plus long que d’habitude…',
  expiry: {
    title: 'Votre session va se terminer',
    text: 'Sans action de votre part, vous serez déconnecté dans deux minutes, pour protéger vos données.',
    stay: 'Rester connecté',
    leave: 'Se déconnecter',
  },
  otherFile: 'Changer de dossier',
  readOnly: 'Consultation, sans payer',
  askPayers: (names: string) =>
    names === ''
      ? 'Pour payer, demandez au service de vous en donner le droit.'
      : `Pour payer, demandez à ${names}.`,
  errors: {
    notFound: {
      title: 'Page introuvable',
      text: 'Cette page n’existe pas, ou ne fait pas partie de votre espace.',
    },
    reader: {
      title: 'Action réservée au payeur',
      text: 'Votre accès permet de consulter les factures et les paiements de la famille, sans payer.',
    },
    viewing: {
      title: 'Lecture seule',
      text: 'Vous regardez le portail comme une famille : rien ne peut y être fait en son nom. Rien n’a été enregistré.',
    },
    forbidden: {
      title: 'Demande refusée',
      text: 'Ce formulaire ne vient pas de votre session : la page était sans doute ouverte depuis longtemps. Rien n’a été enregistré. Rouvrez la page, puis recommencez.',
    },
    conflict: {
      title: 'La situation a changé',
      text: 'Cette page n’est plus à jour. Rien n’a été enregistré. Rouvrez-la, puis recommencez.',
    },
    badRequest: {
      title: 'Demande illisible',
      text: 'Le portail n’a pas compris cette demande. Rien n’a été enregistré.',
    },
    method: {
      title: 'Demande impossible',
      text: 'Cette adresse n’accepte pas ce type de demande. Rien n’a été enregistré.',
    },
    tooLarge: {
      title: 'Envoi trop volumineux',
      text: 'Ce formulaire contient trop de texte. Rien n’a été enregistré.',
    },
    defect: {
      title: 'Le portail a rencontré un problème',
      text: 'Cette page n’a pas pu être préparée.',
    },
    unavailable: {
      title: 'Le portail est momentanément indisponible',
      text: 'Nous ne pouvons pas lire vos factures pour l’instant. Réessayez dans quelques minutes.',
    },
    money:
      'Cette page ne débite jamais d’argent. Si vous veniez de payer, votre paiement est enregistré par la banque et apparaîtra dans votre espace : ne payez pas une seconde fois.',
    reference: (reference: string) => `Référence à donner au service : ${reference}`,
    retry: 'Réessayer',
    home: 'Retour à l’accueil',
  },
} as const
