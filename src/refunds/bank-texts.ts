// Where a refund stands with the bank, and what a person does about it: every sentence.
import type { RefusalKind } from '../payments/refunds/store.ts'

export const bankTexts = {
  title: 'Du côté de la banque',
  soon: 'La banque va être interrogée, dans la minute : elle rend cette somme comme elle a été payée, et le portail le note ici.',
  asked: (day: string, time: string) =>
    `Demandé à la banque, la dernière fois le ${day} à ${time}. Elle n’a pas encore dit si elle l’a rendu : le portail le lui redemande de lui-même, et regarde toujours avant si c’est fait. Ne faites pas de virement tant que ce n’est pas éclairci : la famille serait remboursée deux fois.`,
  ask: 'Interroger la banque maintenant',
  nothing: 'La banque n’a rien rendu',
  nothingText:
    'Regardez d’abord le paiement dans l’espace de la banque. Si aucun remboursement n’y figure, dites-le ici : la banque n’est plus interrogée, et un virement devient possible.',
  seen: 'Ce que vous avez vu',
  seenHint: 'Par exemple : aucun crédit sur ce paiement le 12 avril, vu avec le conseiller.',
  giveUp: 'Passer par un virement',
  missingReason: 'Dites ce que vous avez vu dans l’espace de la banque.',
  justAsked: 'La banque vient d’être interrogée : attendez une minute, puis regardez de nouveau.',
  refusals: {
    incapable:
      'Ce contrat ne rend pas d’argent par lui-même : faites un virement à la famille, et notez-le ici.',
    refused: 'La banque refuse de rendre cette somme : faites un virement à la famille, et notez-le ici.',
    unread:
      'La réponse de la banque n’est pas comprise : regardez dans son espace si la somme est rendue, avant tout virement.',
    failed:
      'La banque avait rendu cette somme, puis n’a pas pu la verser : elle est de nouveau due à la famille. Faites un virement, et notez-le ici.',
    transfer: 'Une personne a choisi un virement : la banque n’est pas interrogée.',
    given_up: 'La banque n’a rien rendu : faites un virement à la famille, et notez-le ici.',
  } satisfies { readonly [kind in RefusalKind]: string },
  code: (code: string) => `Motif : ${code}`,
  saved: {
    paye: 'La banque a rendu cette somme.',
    demande: 'La banque a été interrogée. Voici ce qui est su maintenant.',
    constate: 'C’est noté : un virement peut rendre cette somme.',
  },
} as const
