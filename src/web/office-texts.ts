// Every French sentence of the staff's shell.
export const officeTexts = {
  tagline: (place: string) => (place === '' ? 'Gestion' : `Gestion · ${place}`),
  pageTitle: (title: string) => `${title} – Préau gestion`,
  navigation: 'Navigation principale',
  side: 'Menu de gestion',
  menuButton: 'Menu',
  menu: {
    worklist: 'À traiter',
    search: 'Familles',
    invoices: 'Factures',
    batches: 'Émission en lot',
    catalogue: 'Catalogue',
    journal: 'Journal d’audit',
    team: 'Équipe et droits',
  },
  groups: { invoicing: 'Facturation', steering: 'Pilotage' },
  account: 'Mon accès',
  signOut: 'Se déconnecter',
  search: 'Rechercher une famille, une facture, un paiement',
  searchHint: 'Famille, facture, montant, référence…',
  shortcut: 'Ctrl K',
  searching: 'Recherche…',
  suggestions: 'Suggestions',
  noRole: 'Aucun rôle',
  nothing: '–',
  forbidden: {
    title: 'Vous n’avez pas ce droit',
    text: (right: string) =>
      `Cette page demande le droit « ${right} ». Aucun de vos rôles ne le donne ici. Rien n’a été enregistré, hormis votre demande au journal.`,
    next: 'Si vous en avez besoin, adressez-vous à une personne qui gère l’équipe.',
  },
  errors: {
    notFound: 'Cette page n’existe pas, ou ne concerne pas votre organisme.',
    home: 'Retour à la page « À traiter »',
  },
} as const
