// What a family reads of its files and invitations: every sentence.
import { plural } from '../kernel/french.ts'

export const portalTexts = {
  dossier: {
    title: 'Choisir un dossier',
    lede: 'Vous ouvrez plusieurs dossiers. Chacun a ses propres factures, paiements et crédits.',
    current: 'Affiché maintenant',
    open: 'Ouvrir',
    openWhat: (family: string) => ` le dossier de la famille ${family}`,
    one: 'Vous n’ouvrez qu’un seul dossier.',
    backHome: 'Revenir à l’accueil',
  },
  people: {
    title: 'Accès au dossier',
    ask: (names: string) => `Pour payer, demandez à ${names}.`,
    askService: 'Pour payer, demandez au service de vous en donner le droit.',
    invite: 'Inviter une personne',
    pending: 'Invitations en attente',
    withdraw: 'Retirer',
    withdrawWho: (name: string) => ` l’invitation de ${name}`,
    until: (day: string) => `jusqu’au ${day}`,
    expired: 'expirée',
    saved: {
      invitation: 'L’invitation est partie par e-mail.',
      'invitation-retiree': 'L’invitation est retirée.',
    },
  },
  invite: {
    title: 'Inviter une personne',
    lede: 'Second parent, grand-parent… Cette personne verra toutes les factures et tous les paiements de ce dossier.',
    separated:
      'Parents séparés : chacun peut avoir son propre dossier et ne voir que ses propres factures. Demandez-le au service plutôt que d’inviter ici.',
    submit: 'Envoyer l’invitation',
    note: 'Elle recevra un lien valable 7 jours et choisira son propre mot de passe. Vous serez prévenu(e) par e-mail quand elle l’aura fait.',
    cancel: 'Annuler',
  },
  join: {
    title: 'Rejoindre un dossier famille',
    lede: (by: string) => `${by} vous invite à ouvrir un dossier sur le portail famille.`,
    who: 'Quel est le prénom d’un des enfants du dossier ?',
    whoHint:
      'Pour vérifier que ce lien est bien pour vous. S’il n’y a pas d’enfant, écrivez le code postal du dossier.',
    whoMissing: 'Écrivez le prénom d’un enfant du dossier.',
    wrong: (left: number) =>
      `Ce n’est pas ce prénom. Il vous reste ${left} ${plural(left, 'essai', 'essais')}.`,
    next: 'Continuer',
    family: (name: string) => `Famille ${name}`,
    asRole: { payer: 'Vous pourrez consulter et payer.', reader: 'Vous pourrez consulter, sans payer.' },
    withLogin: (name: string) => `Vous êtes connecté(e) : ${name}.`,
    join: 'Ouvrir ce dossier avec mon compte',
    notMe: 'Ce n’est pas vous ? Déconnectez-vous, puis rouvrez le lien.',
    choose: 'Choisissez votre mot de passe',
    create: 'Créer mon accès',
    haveOne: 'J’ai déjà un compte : me connecter',
    closed: {
      unknown: 'Ce lien d’invitation n’est pas valable, ou un lien plus récent l’a remplacé.',
      accepted: 'Cette invitation a déjà servi. Connectez-vous pour ouvrir le dossier.',
      withdrawn: 'Cette invitation a été retirée par la personne qui vous invitait.',
      blocked: 'Trop de réponses fausses : ce lien est bloqué. Demandez une nouvelle invitation.',
      expired: (day: string) => `Cette invitation a expiré le ${day}. Demandez-en une nouvelle.`,
    },
    failures: {
      'already-there': 'Vous ouvrez déjà ce dossier avec ce compte.',
      'other-organisation':
        'Votre compte est celui d’un autre organisme. Déconnectez-vous, puis rouvrez le lien pour créer un accès ici.',
    },
  },
} as const
