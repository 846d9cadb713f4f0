// Every French sentence of the letters to families.

export const texts = {
  letter: {
    title: (name: string) => `Accès au portail famille – ${name}`,
    heading: 'VOTRE PORTAIL FAMILLE',
    phone: (phone: string) => `Tél. ${phone}`,
    greeting: 'Madame, Monsieur,',
    purpose: (organisation: string, portal: string) =>
      `${organisation} vous ouvre son portail famille : ${portal}. Vous y retrouvez vos factures et vos paiements, et vous pouvez y régler en ligne par carte bancaire.`,
    identifier: 'Votre identifiant',
    linkTitle: 'Choisir votre mot de passe',
    link: (url: string) =>
      `Photographiez le code ci-contre avec votre téléphone, ou tapez cette adresse : ${url}`,
    linkAlt: 'Code QR qui ouvre la page où choisir votre mot de passe',
    until: (day: string) => `Ce lien sert une seule fois, jusqu’au ${day}.`,
    question: 'La page vous demandera le nom de votre famille ou le prénom d’un de vos enfants.',
    help: (phone: string, email: string, hours: string) =>
      `Lien expiré, question, besoin d’aide ? Appelez le ${phone} (${hours}) ou écrivez à ${email} : un nouveau lien vous sera donné.`,
    secret:
      'Ne donnez ce lien à personne : il ouvre votre compte. Nous ne demandons jamais votre mot de passe, ni votre carte bancaire par téléphone ou par courriel.',
    footer: (name: string, siret: string) => `${name} · SIRET ${siret}`,
    page: (page: number, pages: number) => `page ${page} sur ${pages}`,
  },
} as const
