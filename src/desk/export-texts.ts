// Files of the desk for the accounts: every word.

export const exportTexts = {
  format:
    'Point-virgule, virgule décimale, UTF-8, jours en jj/mm/aaaa ; les 50 000 dernières lignes au plus.',
  bounced: 'rejeté ou annulé depuis',
  slips: {
    link: 'Exporter les remises (CSV)',
    file: 'remises',
    columns: [
      'Bordereau',
      'Unité',
      'Nature',
      'Remis le',
      'Famille',
      'Payeur',
      'Banque',
      'Numéro',
      'Reçu le',
      'Montant',
      'Depuis',
      'Clos par',
    ],
  },
  tills: {
    link: 'Exporter les arrêtés de caisse (CSV)',
    file: 'caisse',
    columns: [
      'Jour',
      'Unité',
      'Reçu',
      'Repris',
      'Remis à la banque',
      'Fonds de monnaie',
      'Compté',
      'Différence',
      'Motif',
      'Clos par',
    ],
  },
} as const
