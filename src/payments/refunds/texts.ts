// What the ledger keeps of refunds, in French.
export const refundTexts = {
  failed: 'Remboursement que la banque n’a pas pu verser',
} as const
