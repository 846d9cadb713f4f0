// Every French sentence of the settings, but those of banks, contracts and models.
import { plural } from '../kernel/french.ts'

export const texts = {
  title: 'Réglages',
  lede: 'Chaque changement montre ses conséquences avant d’être enregistré, et garde son auteur.',
  nav: 'Rubriques des réglages',
  all: 'Tous les réglages',
  search: 'Chercher un réglage',
  searchHint: 'Par exemple « maximum », « TVA », « IBAN », « délai ».',
  searchButton: 'Chercher',
  found: (count: number, typed: string) =>
    count === 0
      ? `Aucun réglage ne répond à « ${typed} ».`
      : `${count} ${plural(count, 'réglage', 'réglages')} pour « ${typed} »`,
  foundNone: 'Essayez un mot plus court, ou parcourez les rubriques ci-dessous.',
  sections: {
    identite: 'Identité et mentions',
    mode: 'Mode de paiement',
    seuils: 'Seuils',
    delais: 'Délais',
    banque: 'Banque',
    modeles: 'Modèles',
    comptes: 'Comptes et rôles',
    textes: 'Textes du portail',
    numerotation: 'Numérotation',
  },
  ledes: {
    identite: 'Ce que portent les factures, les reçus et les courriels.',
    mode: 'Facture par facture, ou compte rechargeable.',
    seuils: 'Montants permis en ligne, avertissement des familles, second accord d’un remboursement.',
    delais: 'Quand une facture paraît, et les dates proposées aux nouvelles factures.',
    banque: 'Par quelle banque les familles paient, et le compte où virer.',
    modeles: 'Les courriels et les documents tels qu’ils partent.',
    comptes: 'Qui travaille ici, et avec quels droits.',
    textes: 'Les mots que lisent les familles : accueil, aide, mot du jour.',
    numerotation: 'La série des factures et le prochain numéro.',
  },
  subjects: 'Pour',
  subjectKinds: { organisation: 'Organisme', unit: 'Unité', establishment: 'Établissement' },
  nothing: 'rien',
  byDefault: 'texte du portail',
  choices: { per_invoice: 'facture par facture', prepaid: 'compte rechargeable' } as Readonly<
    Record<string, string>
  >,
  counts: (column: string, count: number) =>
    column === 'visibility_delay_hours'
      ? `${count} ${plural(count, 'heure', 'heures')}`
      : `${count} ${plural(count, 'jour', 'jours')}`,
  settings: {
    name: { label: 'Nom', hint: 'Tel qu’il figure sur les documents.' },
    siret: { label: 'SIRET', hint: '14 chiffres.' },
    address: { label: 'Adresse', hint: 'Une ligne par ligne de l’adresse.' },
    phone: { label: 'Téléphone', hint: undefined },
    email: { label: 'Adresse e-mail', hint: 'Celle que les familles lisent et à laquelle elles répondent.' },
    opening_hours: { label: 'Horaires', hint: 'Quand joindre le service.' },
    vat_mention: {
      label: 'Mention de TVA',
      hint: 'Imprimée sur chaque facture, par exemple « TVA non applicable, article 261-7-1° du CGI ».',
    },
    data_contact: {
      label: 'Contact pour les données personnelles',
      hint: 'À qui écrire pour exercer ses droits (RGPD).',
    },
    contact: { label: 'Contact', hint: 'Qui joindre à propos des factures, en une ligne.' },
    other_means: {
      label: 'Autres moyens de payer',
      hint: 'Une phrase, lue quand on ne peut pas payer en ligne et imprimée sur les factures.',
    },
    mode: { label: 'Comment cette unité est payée', hint: undefined },
    min_payment_cents: { label: 'Minimum d’un paiement en ligne', hint: 'Comme 1,00.' },
    max_payment_cents: { label: 'Maximum d’un paiement en ligne', hint: 'Comme 2 000,00.' },
    alert_threshold_cents: {
      label: 'Avertissement au-delà d’un débit de',
      hint: 'La famille est avertie dès qu’elle doit plus que ce montant.',
    },
    refund_threshold_cents: {
      label: 'Second accord au-dessus de',
      hint: 'Un remboursement plus élevé attend une seconde personne. 0 : toujours.',
    },
    visibility_delay_hours: {
      label: 'Délai avant qu’une facture paraisse, en heures',
      hint: 'Le temps de se relire : d’ici là, la facture s’annule sans que la famille la voie. De 0 à 720.',
    },
    due_days: {
      label: 'Échéance proposée, en jours après l’émission',
      hint: 'De 0 à 365. Vide : aucune.',
    },
    online_days: {
      label: 'Dernier jour en ligne, en jours après l’émission',
      hint: 'Au plus tôt l’échéance. Vide : aucun.',
    },
    desk_days: {
      label: 'Dernier jour au guichet, en jours après l’émission',
      hint: 'Au plus tôt l’échéance. Vide : aucun.',
    },
    contract_id: { label: 'Contrat de paiement en ligne', hint: undefined },
    transfer_beneficiary: { label: 'Titulaire du compte', hint: 'Vide : aucun virement n’est proposé.' },
    transfer_iban: { label: 'IBAN', hint: 'Ses chiffres de contrôle sont vérifiés.' },
    transfer_bic: { label: 'BIC', hint: '8 ou 11 signes.' },
    'text.mail_intro': {
      label: 'Introduction du courriel « nouvelle facture »',
      hint: 'Avant la liste des factures. Vide : la phrase du portail.',
    },
    'text.mail_signature': {
      label: 'Signature des courriels',
      hint: 'Vide : le nom de l’organisme.',
    },
    'text.welcome': {
      label: 'Mot d’accueil',
      hint: 'En tête de la page d’accueil des familles de cette unité. Vide : rien.',
    },
    'text.help': {
      label: 'Aide de votre service',
      hint: 'Sur la page « Aide et contact », avec vos coordonnées. Vide : rien.',
    },
    'text.notice': {
      label: 'Mot du jour',
      hint: 'Une fermeture, un retard de facturation… en évidence sur la page d’accueil.',
    },
    notice_until_on: {
      label: 'Dernier jour du mot du jour',
      hint: 'Comme 31/08/2012. Vide : jusqu’à ce qu’on l’enlève.',
    },
    series: {
      label: 'Lettres de la série',
      hint: '2 à 4 lettres majuscules ; six chiffres suivent, sans trou.',
    },
  },
  problems: {
    empty: 'ce champ ne peut pas être vide.',
    long: (most: number, length: number) => `${length} signes, c’est trop : ${most} au plus.`,
    amount: 'écrivez le montant comme 30,00.',
    positive: 'le montant doit être supérieur à zéro.',
    count: (most: number) => `écrivez un nombre entier de 0 à ${most}.`,
    siret: 'ce n’est pas un SIRET : 14 chiffres, dont le dernier vérifie les autres.',
    email: 'ce n’est pas une adresse e-mail, comme familles@exemple.fr.',
    iban: 'ce n’est pas un IBAN : ses chiffres de contrôle ne vérifient pas les autres. Recopiez-le du relevé d’identité bancaire.',
    bic: 'ce n’est pas un BIC : 8 ou 11 signes, comme AGRIFRPP.',
    series: 'écrivez 2 à 4 lettres, sans accent.',
    reserved: 'RAN est réservée aux reports de solde : choisissez d’autres lettres.',
    day: 'écrivez le jour comme 31/08/2012.',
    maximum: (minimum: string) =>
      `Le maximum d’un paiement doit être au moins égal à son minimum, ${minimum} : sinon aucune famille ne pourrait payer en ligne.`,
    deadlines: (what: string, due: number) =>
      `${what} : l’échéance tombe ${due} ${plural(due, 'jour', 'jours')} après l’émission, écrivez au moins ${due}.`,
    account: 'Titulaire, IBAN et BIC vont ensemble : remplissez les trois, ou aucun.',
    noticeMissing: 'Un dernier jour est donné, mais le mot du jour est vide.',
    contractElsewhere:
      'Ce contrat sert d’autres unités que les vôtres : demandez à une personne qui règle la banque de tout l’organisme.',
    word: (word: string) => `Tapez ${word} pour confirmer : ce changement ne se défait pas d’un clic.`,
  },
  form: {
    check: 'Voir les conséquences',
    default: 'Revenir au texte du portail',
    readOnly: 'Vous pouvez consulter ces réglages. Les modifier demande un autre droit.',
    nothingChanged: 'Rien n’a changé : les valeurs tapées sont celles en place.',
    saved: 'Le changement est enregistré.',
    change: 'Modifier',
  },
  preview: {
    title: 'Avant d’enregistrer',
    changes: 'Ce qui change',
    from: 'Aujourd’hui',
    to: 'Ensuite',
    setting: 'Réglage',
    arrow: 'devient',
    consequences: 'Ce que cela fait',
    effect: 'À partir de la confirmation.',
    word: (word: string) => `Tapez ${word} pour confirmer`,
    confirm: 'Confirmer',
    back: 'Corriger',
    drop: 'Ne rien changer',
  },
  conflict: {
    title: 'Ces réglages ont changé entre-temps',
    text: 'Rien n’a été enregistré. Voici ce qui est en place là où votre saisie en diffère ; vérifiez, puis recommencez.',
    standing: 'En place',
    typed: 'Votre saisie',
  },
  history: {
    title: 'Qui a changé quoi',
    empty: 'Aucun changement encore : ce sont les valeurs de la mise en place.',
    by: (name: string, day: string, time: string) => `${name}, le ${day} à ${time}`,
    byFile: 'par le fichier',
    more: (count: number) => `Les ${count} derniers changements. Le reste est au journal d’audit.`,
  },
  numbering: {
    next: 'Prochain numéro',
    last: 'Dernier numéro donné ici',
    none: 'aucun encore',
    afterHighest: 'celui qui suit le plus grand numéro de la série',
    source: 'Qui numérote',
    sources: {
      preau: 'Préau, sans trou',
      import: 'votre autre logiciel',
      undecided: 'pas encore décidé : la première facture décide',
    },
    takeOver: 'Numéroter la série ici',
    takeOverText: (series: string) =>
      `Votre autre logiciel numérote la série ${series}. Reprenez-la quand il ne fait plus de factures : Préau continue après le plus grand numéro, et n’importe plus de factures de cette série. C’est définitif.`,
    takenOver: 'Préau numérote désormais cette série.',
  },
  team: {
    text: 'Les comptes de l’équipe, leurs rôles et où ils s’exercent se règlent sur la page « Équipe et droits ».',
    link: 'Ouvrir « Équipe et droits »',
    noRight: 'Votre rôle n’ouvre pas cette page : adressez-vous à une personne qui gère l’équipe.',
    journal: 'Chaque acte de l’équipe est au journal d’audit.',
  },
  modeHelp: {
    per_invoice: 'La famille voit ses factures et règle celles qu’elle choisit.',
    prepaid: 'La famille recharge un compte, dont ses factures sont déduites.',
  } as Readonly<Record<string, string>>,
} as const
