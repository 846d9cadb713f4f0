// Signing in, getting access back, activating a login: every sentence.
import { plural } from '../kernel/french.ts'
import { MIN_PASSWORD, type PasswordProblem } from './password.ts'

const minutes = (count: number): string => `${count} ${plural(count, 'minute', 'minutes')}`

export const texts = {
  device: (browser: string | undefined, system: string | undefined): string =>
    [browser ?? 'Navigateur inconnu', system && `sur ${system}`].filter(Boolean).join(' '),

  signIn: {
    title: 'Connexion à votre espace',
    identifier: 'Identifiant',
    identifierHint: 'Votre identifiant ou votre adresse e-mail.',
    password: 'Mot de passe',
    submit: 'Se connecter',
    forgotten: 'Identifiant ou Mot de passe oublié ?',
    first: 'Première connexion ? Activer mon compte',
    wrong: 'L’identifiant ou le mot de passe est incorrect.',
    closed:
      'Le service a fermé cet accès. Appelez-le ou écrivez-lui : ses coordonnées sont à la page « Aide ».',
    missingIdentifier: 'Saisissez votre identifiant.',
    missingPassword: 'Saisissez votre mot de passe.',
    wait: (count: number) => `Réessayez dans ${minutes(count)} ou réinitialisez votre mot de passe.`,
    signedOut: 'Vous êtes déconnecté.',
    signedOutText: 'Sur un ordinateur partagé, fermez aussi le navigateur.',
    comeBack: 'Connectez-vous pour ouvrir cette page',
    comeBackText: 'Vous y reviendrez aussitôt après.',
  },
  home: {
    online: 'Payez en ligne les activités de vos enfants',
    introduction: [
      'Le portail famille vous permet de régler en ligne vos factures d’accueils de loisirs ou d’approvisionner votre compte.',
      'Ce service est totalement géré par notre partenaire bancaire. Le portail ne traite pas et n’enregistre pas vos données bancaires. Nous ne faisons que transmettre à la banque le montant de la somme qui doit être réglée.',
    ],
    mobile: 'La confirmation par SMS proviendra de votre banque.',
    mobileLead: 'Alors, préparez votre mobile pour vos transactions avec notre portail.',
    points: {
      invoices: 'Vos factures et vos reçus, à tout moment, à télécharger ou à imprimer.',
      safe: 'Votre carte ne passe jamais par le portail : vous payez sur la page de la banque.',
    },
  },

  recovery: {
    title: 'Identifiant ou mot de passe oublié',
    lede: 'Nous vous envoyons un lien, à l’adresse e-mail enregistrée par le service.',
    by: 'De quoi vous souvenez-vous ?',
    byIdentifier: 'Je connais mon identifiant',
    byEmail: 'Je connais mon adresse e-mail',
    byInvoice: 'J’ai seulement une facture papier',
    identifier: 'Identifiant',
    email: 'Adresse e-mail',
    invoice: 'N° de facture',
    invoiceHint: 'En haut de la facture, par exemple TH001987.',
    postalCode: 'Code postal',
    submit: 'Recevoir un lien',
    choose: 'Choisissez une des trois possibilités.',
    missing: {
      identifiant: 'Saisissez votre identifiant.',
      courriel: 'Saisissez votre adresse e-mail.',
      facture: 'Saisissez le n° de facture.',
      'code-postal': 'Saisissez le code postal de la facture, cinq chiffres.',
    },
    wait: (count: number) => `Plusieurs demandes ont déjà été faites. Réessayez dans ${minutes(count)}.`,
    sentTitle: 'Consultez votre messagerie',
    sent: 'Si un compte correspond, un message vient de partir vers l’adresse enregistrée.',
    sentNext:
      'Le lien qu’il contient est valable une heure et ne sert qu’une fois. Rien après quelques minutes ? Regardez dans les courriers indésirables, puis refaites la demande.',
    again: 'Refaire une demande',
    moved: 'Cette adresse n’est plus la vôtre ?',
    movedText:
      'Adressez-vous au service, avec une pièce d’identité : il enregistre votre nouvelle adresse et vous envoie un lien.',
  },

  password: {
    label: 'Nouveau mot de passe',
    hint: `${MIN_PASSWORD} caractères au moins. Une phrase de quatre mots est facile à retenir et difficile à deviner.`,
    save: 'Enregistrer le mot de passe',
    problems: {
      short: `Choisissez un mot de passe d’au moins ${MIN_PASSWORD} caractères.`,
      long: 'Choisissez un mot de passe de 256 caractères au plus.',
      guessable:
        'Ce mot de passe est trop facile à deviner : il contient surtout des mots courants, votre nom ou des suites. Ajoutez d’autres mots.',
    } satisfies { [Problem in PasswordProblem]: string },
    /** Read by the page's script: up to that many characters, these words. */
    strength: [
      [MIN_PASSWORD, `Trop court : ${MIN_PASSWORD} caractères au moins.`],
      [16, 'Longueur suffisante.'],
      [22, 'Solide.'],
      [999, 'Très solide.'],
    ],
  },

  reset: {
    title: 'Choisir un nouveau mot de passe',
    closedTitle: 'Ce lien n’est plus valable',
    expired: (day: string) => `Ce lien a expiré le ${day}.`,
    used: 'Ce lien a déjà servi. Votre mot de passe est enregistré.',
    unknown: 'Ce lien est incomplet, ou il a été remplacé par un plus récent.',
    again: 'Recevoir un nouveau lien',
    signIn: 'Me connecter',
  },

  activation: {
    title: 'Activer mon compte',
    steps: ['Vérifier qui je suis', 'Choisir un mot de passe', 'Mes coordonnées', 'C’est prêt'],
    stepsLabel: 'Étapes de l’activation',
    requestLede: 'Votre compte existe déjà : le service l’a créé. Nous vous envoyons un lien pour l’ouvrir.',
    who: 'Nom de la famille, ou prénom d’un enfant',
    whoHint: 'Comme sur vos factures. Cela évite qu’un message mal adressé ouvre votre compte.',
    check: 'Vérifier',
    wrong: (left: number) => `Ce nom ne correspond pas. Il reste ${left} ${plural(left, 'essai', 'essais')}.`,
    missingWho: 'Saisissez le nom de la famille, ou le prénom d’un enfant.',
    identifier: 'Votre identifiant :',
    blocked: 'Trop de réponses fausses : pour votre sécurité, ce lien est fermé.',
    renew: 'Recevoir un nouveau lien',
    renewed: 'Un nouveau lien vient de partir vers l’adresse enregistrée.',
    contactLede: 'Vérifiez comment le service peut vous joindre.',
    email: 'Adresse e-mail',
    emailHint: 'Si vous la changez, un lien de confirmation part vers la nouvelle adresse.',
    mobile: 'Téléphone mobile',
    continue: 'Continuer',
    doneTitle: 'C’est prêt',
    done: 'Votre compte est activé.',
    confirmSent: 'Pour confirmer votre nouvelle adresse, suivez le lien que nous venons d’y envoyer.',
    toInvoices: 'Voir mes factures',
  },
  contact: 'Contacter le service',
  emailProblem: 'Saisissez une adresse e-mail complète, par exemple claire.martin@exemple.fr.',
  mobileProblem: 'Saisissez un numéro de téléphone complet, par exemple 06 12 34 56 78.',
} as const
