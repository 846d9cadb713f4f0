// Passkeys of staff: every sentence. Spaces before : ; ! ? are no-break.
export const passkeyTexts = {
  title: 'Clés d’accès',
  what: 'Une clé d’accès remplace le mot de passe et le code : le téléphone ou l’ordinateur vérifie que c’est vous.',
  none: 'Une clé d’accès remplace le mot de passe et le code : le téléphone ou l’ordinateur vérifie que c’est vous (empreinte, visage, code de l’appareil). Vous n’en avez pas encore.',
  since: (day: string) => `Enregistrée le ${day}`,
  used: (day: string) => `utilisée le ${day}`,
  add: 'Ajouter une clé d’accès',
  remove: 'Retirer',
  removeWhat: (name: string) => `la clé « ${name} »`,
  addTitle: 'Ajouter une clé d’accès',
  addLede: 'Sur l’appareil dont vous vous servez ; votre mot de passe reste valable.',
  name: 'Nom de cette clé',
  nameHint: 'Par exemple « Ordinateur du bureau ».',
  defaultName: (device: string) => `Clé de ${device}`,
  submit: 'Enregistrer la clé',
  absent:
    'Ce navigateur ne propose pas de clé d’accès à cette adresse, ou JavaScript y est coupé. Continuez avec votre mot de passe et le code de votre application.',
  back: 'Revenir à « Mon accès »',
  use: 'Utiliser une clé d’accès',
  waiting: 'Répondez à la demande de votre appareil…',
  failed: 'Rien n’a été fait : la demande a été annulée ou a expiré. Vous pouvez recommencer.',
  known: 'Cet appareil a déjà une clé d’accès pour vous.',
  wrong:
    'Cette clé d’accès n’ouvre rien ici, ou la page était trop ancienne. Recommencez, ou tapez votre mot de passe.',
  wrongNew:
    'La clé n’a pas été enregistrée : la page était trop ancienne, ou la réponse ne correspond pas. Recommencez.',
  missingName: 'Donnez un nom à cette clé, pour la reconnaître dans la liste.',
} as const
