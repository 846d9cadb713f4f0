// What the command line says of a contract, once it is kept.
export const addressTexts = {
  notification: (shop: string, url: string) =>
    `Contrat ${shop}\u00A0: adresse de notification à donner à la banque\u00A0: ${url}`,
}
