import type { Config, DemoConfig } from './platform/config.ts'

/** What the start script says. */
export const startTexts = {
  demoShopName: 'ifac',
  bankSilent: 'La banque de démonstration n’a pas démarré.',
  bankEnded: 'La banque de démonstration s’est arrêtée : le portail s’arrête aussi.',
  portTaken: (port: number) =>
    `Le port ${port} est déjà pris : choisissez-en un autre avec le réglage PORT, par exemple PORT=${port + 10} npm start.`,
  portRefused: (port: number) =>
    `Le port ${port} est réservé au système : choisissez-en un au-dessus de 1023 avec le réglage PORT.`,
  ready: (config: Config) =>
    `Préau écoute sur ${config.host}:${config.port}, à l’adresse ${config.publicUrl}.`,
  demoReady: (config: Config, demo: DemoConfig) => `
  Préau – portail famille, en démonstration

  Portail   ${config.publicUrl}
  Banque    ${demo.bankUrl}${demo.bankElsewhere ? '' : '   (cartes de test, courriels, salle des machines)'}

  Gestion   ${config.publicUrl}/gestion

  Familles       test.fabien   martin.claire   diallo.awa   petit.lou   roux.nadia   leroy.sam
  Gestion        directrice.thonon   regie.thonon   compta.ifac   admin
  Mot de passe   preau-demo-2012

  Ctrl-C arrête tout.
`,
}
