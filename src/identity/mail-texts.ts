// The mails about access. No amounts; the link, and what to do when it was not you.
export const mailTexts = {
  greeting: (firstName: string, lastName: string) => `Bonjour ${`${firstName} ${lastName}`.trim()},`,
  signature: (organisation: string) => `${organisation}, portail famille`,
  contact: (phone: string, email: string) => `Une question ? ${phone} ou ${email}.`,
  identifier: (identifier: string) => `Votre identifiant : ${identifier}`,
  linkBelow: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  activation: {
    subject: 'Activez votre compte du portail famille',
    lines: [
      'Votre compte famille est prêt. Pour consulter et régler vos factures en ligne, choisissez votre mot de passe en suivant ce lien.',
    ],
    action: 'Activer mon compte',
    note: 'Le lien sert une seule fois, pendant 7 jours. Passé ce délai, il vous proposera d’en recevoir un autre.',
    notYou:
      'Vous n’attendiez pas ce message ? Ignorez-le, ou prévenez le service : sans ce lien, personne ne peut activer le compte.',
  },
  reset: {
    subject: 'Choisissez un nouveau mot de passe',
    lines: [
      'Quelqu’un, sans doute vous, a demandé à retrouver l’accès à votre compte du portail famille. Ce lien permet de choisir un nouveau mot de passe.',
    ],
    action: 'Choisir un nouveau mot de passe',
    note: 'Le lien sert une seule fois, pendant une heure.',
    notYou:
      'Vous n’avez rien demandé ? Ignorez ce message : votre mot de passe actuel reste valable et personne n’est entré dans votre compte.',
  },
  failures: {
    subject: 'Essais de connexion à votre compte',
    lines: [
      'Plusieurs mots de passe faux ont été essayés avec votre identifiant. Personne n’est entré dans votre compte, et les essais suivants sont ralentis.',
      'Si c’était vous, vous pouvez choisir un nouveau mot de passe.',
    ],
    action: 'Choisir un nouveau mot de passe',
    note: '',
    notYou:
      'Ce n’était pas vous ? Votre mot de passe a tenu. S’il sert aussi ailleurs, changez-le, et ne communiquez jamais votre mot de passe à personne.',
  },
  passwordChanged: {
    subject: 'Votre mot de passe a changé',
    lines: [
      'Le mot de passe de votre compte du portail famille vient d’être changé. Vos autres appareils ont été déconnectés.',
    ],
    action: 'Ouvrir le portail',
    note: '',
    notYou:
      'Ce n’était pas vous ? Demandez tout de suite un nouveau lien depuis « Identifiant ou Mot de passe oublié ? » et prévenez le service.',
  },
  emailConfirmation: {
    subject: 'Confirmez votre adresse e-mail',
    lines: ['Pour que le portail famille vous écrive désormais à cette adresse, confirmez-la.'],
    action: 'Confirmer cette adresse',
    note: 'Le lien sert une seule fois, pendant une heure.',
    notYou: 'Vous n’avez rien demandé ? Ignorez ce message : rien ne changera.',
  },
  emailChangeAsked: {
    subject: 'Votre adresse e-mail va être remplacée',
    lines: [
      'Le service a vérifié l’identité d’une personne qui a demandé de remplacer l’adresse e-mail de votre compte du portail famille. Vos appareils ont été déconnectés ; la nouvelle adresse ne comptera qu’une fois confirmée.',
    ],
    action: 'Joindre le service',
    note: '',
    notYou: 'Vous n’avez rien demandé ? Prévenez tout de suite le service : il arrêtera ce changement.',
  },
  requestDecided: {
    subject: 'Le service a répondu à votre demande',
    lines: [
      'Vous aviez demandé une modification de vos données. La réponse du service est dans votre profil.',
    ],
    action: 'Voir la réponse',
    note: '',
    notYou: '',
  },
  emailChanged: {
    subject: 'Votre adresse e-mail a changé',
    lines: ['L’adresse e-mail de votre compte du portail famille vient d’être remplacée par une autre.'],
    action: 'Ouvrir le portail',
    note: '',
    notYou:
      'Ce n’était pas vous ? Prévenez tout de suite le service : il peut rétablir votre adresse après vérification de votre identité.',
  },
} as const
