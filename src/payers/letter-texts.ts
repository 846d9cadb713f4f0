// Letters and mails about who opens a file: every sentence.

export const letterTexts = {
  letter: {
    title: (name: string) => `Invitation au portail famille – ${name}`,
    heading: 'INVITATION AU PORTAIL FAMILLE',
    phone: (phone: string) => `Tél. ${phone}`,
    greeting: 'Madame, Monsieur,',
    purpose: (by: string, organisation: string) =>
      `${by} vous invite à ouvrir un dossier famille sur le portail de ${organisation}.`,
    role: {
      payer: 'Vous pourrez y consulter les factures et les paiements, et payer en ligne par carte bancaire.',
      reader: 'Vous pourrez y consulter les factures et les paiements, sans payer.',
    },
    linkTitle: 'Accepter l’invitation',
    link: (url: string) =>
      `Photographiez le code ci-contre avec votre téléphone, ou tapez cette adresse : ${url}`,
    linkAlt: 'Code QR qui ouvre la page de l’invitation',
    until: (day: string) => `Ce lien sert une seule fois, jusqu’au ${day}.`,
    question: 'La page vous demandera le prénom d’un enfant du dossier.',
    help: (phone: string, email: string, hours: string) =>
      `Lien expiré, question, besoin d’aide ? Appelez le ${phone} (${hours}) ou écrivez à ${email}.`,
    secret:
      'Ne donnez ce lien à personne : il ouvre un dossier. Nous ne demandons jamais votre mot de passe.',
    footer: (name: string, siret: string) => `${name} · SIRET ${siret}`,
    page: (page: number, pages: number) => `page ${page} sur ${pages}`,
  },
  mail: {
    invitation: (by: string, organisation: string, role: 'payer' | 'reader', until: string) => ({
      subject: 'Vous êtes invité(e) à ouvrir un dossier sur le portail famille',
      lines: [
        `${by} vous invite à ouvrir un dossier famille sur le portail de ${organisation}.`,
        role === 'payer'
          ? 'Vous pourrez y consulter les factures et les paiements, et payer en ligne.'
          : 'Vous pourrez y consulter les factures et les paiements, sans payer.',
      ],
      action: 'Accepter l’invitation',
      note: `Le lien sert une seule fois, jusqu’au ${until}. Si vous avez déjà un compte, vous garderez votre mot de passe.`,
      notYou: 'Vous n’attendiez pas cette invitation ? Ignorez ce message : sans ce lien, rien ne s’ouvre.',
    }),
    news: {
      joined: (who: string, family: string) => ({
        subject: 'Une personne de plus ouvre votre dossier',
        lines: [
          `${who} ouvre désormais le dossier de la famille ${family}, sur invitation. Cette personne y voit vos factures et vos paiements.`,
        ],
        action: 'Voir qui ouvre mon dossier',
        note: '',
        notYou:
          'Vous ne vous y attendiez pas ? Prévenez tout de suite le service : il peut retirer cet accès.',
      }),
      merged: (closed: string, family: string) => ({
        subject: 'Vos deux dossiers n’en font plus qu’un',
        lines: [
          `Le service a réuni le dossier de la famille ${closed} et celui de la famille ${family}. Toutes vos factures, vos paiements et votre crédit sont au même endroit ; rien n’est perdu et rien n’est à refaire.`,
        ],
        action: 'Ouvrir mon dossier',
        note: '',
        notYou: 'Ces deux dossiers n’étaient pas les vôtres ? Prévenez tout de suite le service.',
      }),
      separated: (who: string, family: string) => ({
        subject: 'Chaque payeur a désormais son dossier',
        lines: [
          `Un second dossier est ouvert pour ${who}, qui partage les enfants. Ce message concerne le dossier de la famille ${family} : chacun ne voit que les factures, les paiements et le crédit de son propre dossier.`,
        ],
        action: 'Ouvrir mon dossier',
        note: '',
        notYou: 'Une question, ou une erreur ? Le service peut la corriger.',
      }),
    },
  },
} as const
