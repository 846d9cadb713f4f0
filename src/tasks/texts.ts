// What awaits a person, in words: the same at the terminal and on the staff's screen.

export const texts = {
  fact: (name: string, value: string) => `${name} : ${value}`,
  kinds: {
    'unknown-order': 'Argent mis de côté : la banque annonce un paiement que le portail n’a pas demandé.',
    'amount-mismatch': 'Le montant annoncé par la banque n’est pas celui qui était attendu.',
    'second-capture': 'Second paiement pour une même demande : la famille a sans doute payé deux fois.',
    surplus: 'Paiement supérieur à ce qui restait dû : le surplus est en faveur de la famille.',
    'foreign-currency': 'La banque annonce un paiement qui n’est pas en euros : il n’est pas compté.',
    'unread-operation':
      'La banque annonce une opération que le portail ne traite pas (remboursement, annulation…) : à vérifier dans son espace.',
    'enquiry-refused':
      'La banque refuse de répondre aux questions du portail : vérifiez l’adresse et le mot de passe REST dans le fichier de l’organisation.',
    'bad-signatures':
      'Notifications mal signées : vérifiez la clé de la boutique dans le fichier de l’organisation et dans l’espace de la banque. Si la clé est bonne, quelqu’un les imite : rien n’en a été compté.',
    'no-enquiry':
      'Le portail ne peut pas interroger la banque de cette boutique : importez chaque jour son journal des transactions (npm run preau -- journal), ou donnez l’accès REST.',
    'journal-refused':
      'Un journal de la banque déposé dans le dossier ne peut pas être lu : rien n’en a été retenu. npm run preau -- journal FICHIER.csv dit pourquoi.',
    'taken-back':
      'La banque a repris un paiement en ligne déjà compté : ce qu’il réglait est de nouveau dû, la famille en est prévenue par courriel.',
    'refund-found':
      'Un remboursement fait dans l’espace de la banque, sans le portail : il est compté. Ce que le paiement réglait peut être de nouveau dû : faites un avoir si la facture est à corriger.',
    'refund-refused':
      'La banque n’a pas pu rembourser : la somme reste due à la famille, à rendre par virement.',
    'bank-difference':
      'Un écart du rapprochement attend la banque : signalez-le-lui, puis regardez de nouveau la journée.',
    'refund-by-transfer':
      'Ce contrat ne rembourse pas à la demande du portail : la somme est due à la famille, à rendre par virement.',
    'dispute-opened': 'Un payeur conteste un paiement en ligne : la banque retient la somme.',
    'dispute-lost': 'Contestation perdue : ce que le paiement réglait est de nouveau dû.',
    'cheque-bounced': 'Chèque rejeté par la banque : ce qu’il réglait est de nouveau dû.',
    'transfer-waiting':
      'Virement reçu sans référence de facture : npm run preau -- transfers --assign NUMÉRO l’attribue, --dismiss NUMÉRO le retire.',
    'statement-refused':
      'Un relevé de compte déposé dans le dossier ne peut pas être lu : rien n’en a été retenu. npm run preau -- transfers FICHIER.xml dit pourquoi.',
  } as Readonly<Record<string, string>>,
  details: {
    amountCents: 'Montant',
    expectedCents: 'Montant attendu',
    uncoveredCents: 'Dont mis en attente, à régler avec la famille',
    dispute: 'Contestation',
    payerName: 'Payeur',
    reason: 'Motif',
    reference: 'Référence',
    bankTransaction: 'Transaction de la banque',
    shopNumber: 'Boutique',
    count: 'Nombre',
    file: 'Fichier',
    line: 'Première ligne à revoir',
    words: 'Motif du virement',
    transfer: 'Numéro du virement',
    familyName: 'Famille',
    address: 'Adresse',
    postalCode: 'Code postal',
    city: 'Ville',
  } as Readonly<Record<string, string>>,
  mailKinds: {
    activation: 'lien d’activation',
    reset: 'nouveau mot de passe',
    'sign-in-failures': 'échecs de connexion',
    'password-changed': 'mot de passe changé',
    'email-confirmation': 'confirmation d’adresse',
    'email-changed': 'adresse changée',
    'email-change-asked': 'adresse en cours de changement',
    'request-decided': 'réponse à une demande',
    'new-invoices': 'nouvelles factures',
    receipt: 'reçu',
    reminder: 'relance',
    'staff-invitation': 'accès à la gestion',
    'adult-invitation': 'invitation dans un dossier',
    'dossier-news': 'changement des accès au dossier',
    'taken-back': 'paiement annulé par la banque',
  } as Readonly<Record<string, string>>,
} as const
