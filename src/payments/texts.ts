// The payments slice in French.
export const cardPayment = 'Carte bancaire'
