export const texts = {
  author: 'Démonstration',
  demoBank: 'Banque de démonstration',
  demoInProduction:
    'Cette base contient la démonstration, dont tout le monde connaît le mot de passe : indiquez une autre base (DATABASE_URL) ou un autre dossier (DATA_DIR).',
  testPlatform: 'plateforme de test de la banque',
}
