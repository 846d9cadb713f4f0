import { cards, type Card } from '../cards.ts'
import { groupDigits } from '../format.ts'
import { brandNames, describeCard, texts } from '../texts.ts'
import { Layout } from './layout.tsx'

/** What this site is. */
export function HomePage({ shopUrl, isEncrypted }: { shopUrl: string; isEncrypted: boolean }) {
  return (
    <Layout title={texts.bank} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1>{texts.homeTitle}</h1>
        <p>{texts.homeIntro}</p>
        <ul class="liens">
          <li>
            <a href="/cartes-de-test">{texts.testCards}</a>
            <p class="minu">{texts.homeCards}</p>
          </li>
          <li>
            <a href="/courriels">{texts.mailbox}</a>
            <p class="minu">{texts.homeMails}</p>
          </li>
          <li>
            <a href="/journal">{texts.journal}</a>
            <p class="minu">{texts.homeJournal}</p>
          </li>
          <li>
            <a href="/salle-des-machines">{texts.machines}</a>
            <p class="minu">{texts.homeMachines}</p>
          </li>
          <li>
            <a href={shopUrl}>{texts.homePortal}</a>
          </li>
        </ul>
      </div>
    </Layout>
  )
}

const lists: readonly (readonly [Card['list'], string])[] = [
  ['published', texts.publishedList],
  ['older', texts.olderList],
  ['own', texts.ownList],
]

/** Every card the bank knows, one row each. */
export function TestCardsPage({ isEncrypted }: { isEncrypted: boolean }) {
  return (
    <Layout title={texts.testCards} isEncrypted={isEncrypted}>
      <div class="carton">
        <h1>{texts.testCards}</h1>
        <p>{texts.cardsIntro}</p>
        {lists.map(([list, caption]) => (
          <table class="tab empile" key={list}>
            <caption>{caption}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.cardNumber}</th>
                <th scope="col">{texts.cardBrand}</th>
                <th scope="col">{texts.cardOutcome}</th>
              </tr>
            </thead>
            <tbody>
              {cards
                .filter((card) => card.list === list)
                .map((card) => (
                  <tr key={card.number}>
                    <th scope="row" class="num">
                      {groupDigits(card.number)}
                    </th>
                    <td>{brandNames[card.brand]}</td>
                    <td>{describeCard(card)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        ))}
      </div>
    </Layout>
  )
}
