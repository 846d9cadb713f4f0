// Models of mails and documents: their names, and the invented people they are about.
import type { SampleMail } from './samples.ts'

export const modelTexts = {
  title: 'Ce qui part aujourd’hui',
  text: 'Avec des noms inventés, et vos mentions, vos mots et vos délais tels qu’ils sont enregistrés.',
  mails: 'Courriels',
  pdf: 'La facture, en PDF',
  pdfText: 'Le document même que portera la prochaine facture, marqué SPÉCIMEN.',
  mailNames: {
    'new-invoices': 'Nouvelle facture',
    receipt: 'Reçu de paiement',
    'taken-back': 'Paiement annulé par la banque',
    activation: 'Activation du compte',
    reset: 'Nouveau mot de passe',
    failures: 'Essais de connexion',
    passwordChanged: 'Mot de passe changé',
    emailConfirmation: 'Confirmation de l’adresse',
    emailChanged: 'Adresse changée',
  } satisfies { readonly [kind in SampleMail]: string },
  withWords: 'avec votre signature',
  specimen: 'SPECIMEN',
  sample: {
    payer: { firstName: 'Camille', lastName: 'EXEMPLE' },
    address: { address: '1 rue de l’Exemple', postalCode: '00000', city: 'Exempleville' },
    invoice: {
      identifier: 'camille.exemple',
      mode: 'Carte bancaire',
      child: 'Lou EXEMPLE',
      activity: 'Accueil de loisirs',
      lines: [
        ['Mercredi, journée avec repas', 4, 1_450],
        ['Accueil du matin', 3, 550],
      ] as readonly (readonly [string, number, number])[],
    },
  },
} as const
