export const texts = {
  demoBank: 'Banque de démonstration',
  testPlatform: 'plateforme de test de la banque',
}
