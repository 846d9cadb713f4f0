// What PayFiP shows of a payment, and prints on the ticket of the family. No accents: they are not taken.
export const payfipTexts = {
  invoice: (number: string, payee: string) => `Facture ${number} ${payee}`,
  topUp: (payee: string) => `Rechargement ${payee}`,
} as const
