// The invoices to pay, unit by unit (ux.md 1.5).
import { formatInstantDay } from '../../kernel/french.ts'
import { ZERO } from '../../kernel/money.ts'
import type { Operation } from '../../statements/operation.ts'
import { OperationsTable } from '../../statements/operations-table.tsx'
import { Page } from '../../web/layout.tsx'
import { paths } from '../../web/paths.ts'
import type { View } from '../../web/request.ts'
import { Button, Card, Empty, ErrorSummary, FormToken, LinkButton, Money, Notice } from '../../web/ui.tsx'
import { Roof, SubmitButton } from '../../web/ui.tsx'
import type { SelectionBlock } from '../selection-view.ts'
import { texts } from '../texts.ts'
import { InvoiceTable } from './invoice-table.tsx'
import { asClause, BeforePaying, withoutDot } from './parts.tsx'

export type SelectionProps = {
  readonly view: View
  readonly blocks: readonly SelectionBlock[]
  readonly operations: readonly Operation[]
  /** Credits of units where nothing is due. */
  readonly credits: readonly string[]
  /** Units whose invoices are settled from an account, where something is due. */
  readonly onAccount: readonly string[]
  readonly formKey: string
}

export const SelectionPage = (props: SelectionProps) => {
  const { blocks, view } = props
  const problems = blocks.flatMap((block) => block.problems)
  const alone = blocks.length === 1
  return (
    <Page
      view={view}
      title={texts.invoicesTitle}
      heading={texts.invoicesHeading}
      current="invoices"
      {...(blocks.some((block) => block.isOpen) ? { step: 1 } : {})}
      problems={problems}
      hooks={{ 'data-recheck': true }}
    >
      <ErrorSummary problems={problems} />
      <div class="pile">
        {blocks.length === 0 && <NothingToPay {...props} />}
        {blocks.map((block) => (
          <Block view={view} block={block} formKey={props.formKey} alone={alone}>
            {alone && <LastOperations operations={props.operations} />}
          </Block>
        ))}
        {!alone && <LastOperations operations={props.operations} />}
      </div>
    </Page>
  )
}

const NothingToPay = ({ credits, onAccount }: SelectionProps) => (
  <Card>
    <Empty title={texts.empty.title}>
      <p>{texts.empty.reason}</p>
      {onAccount.length > 0 && <p>{texts.empty.onAccount(onAccount)}</p>}
      {credits.map((credit) => (
        <p>
          {credit} {texts.creditRule}
        </p>
      ))}
      <div class="actions">
        {onAccount.length > 0 && <LinkButton href={paths.account}>{texts.empty.account}</LinkButton>}
        <LinkButton href={paths.history} look="secondary">
          {texts.empty.history}
        </LinkButton>
      </div>
    </Empty>
  </Card>
)

type BlockProps = { view: View; block: SelectionBlock; formKey: string; alone: boolean }

const Block = (props: BlockProps & { children?: preact.ComponentChildren }) => {
  const { view, block, alone } = props
  const { code, name } = block.unit
  const body = (
    <>
      <Card id={`paiement-${code}`} title={alone ? texts.payment : texts.paymentTo(name)}>
        <div class="pile-s">
          <Intro block={block} />
          <InvoiceTable block={block} />
        </div>
      </Card>
      <div class={block.groups.length > 1 ? 'pile droite longue' : 'pile droite'}>
        {block.selectable > 0 && <Total block={block} alone={alone} />}
        <RunningNotices block={block} />
        {block.isOpen && <BeforePaying unit={block.unit} />}
      </div>
      {props.children}
      {alone && block.selectable > 0 && <StickyBar block={block} />}
    </>
  )
  return (
    <>
      {block.isOpen ? (
        <form class="deux g2" method="post" action={paths.startPayment} data-total>
          <FormToken view={view} />
          <input type="hidden" name="unite" value={code} />
          <input type="hidden" name="cle" value={props.formKey} />
          {body}
        </form>
      ) : (
        <div class="deux g2">{body}</div>
      )}
      <OtherForms view={view} block={block} />
    </>
  )
}

const Intro = ({ block }: { block: SelectionBlock }) => (
  <>
    <p>
      {texts.youHave}
      <strong>{block.rows.length}</strong>
      {texts.unsettled(block.rows.length)}
      {block.selectable > 0 && texts.tickThem}
    </p>
    {block.credit > ZERO && (
      <p>
        {texts.credit(block.credit, block.unit.name)} {texts.creditRule}
      </p>
    )}
    {!block.isOpen && <Closed block={block} />}
    {block.isOpen && block.isOneByOne && block.selectable > 1 && (
      <Notice kind="info" title={texts.oneByOne.title}>
        <span>{texts.oneByOne.why(block.unit.bankName ?? '')}</span>
      </Notice>
    )}
    {block.problems.map(({ message }) => (
      <div class="champ en-erreur">
        <p class="erreur">{message}</p>
      </div>
    ))}
  </>
)

const Closed = ({ block: { unit, isReader } }: { block: SelectionBlock }) =>
  isReader ? (
    <Notice kind="info">
      <span>{texts.reader}</span>
    </Notice>
  ) : (
    <Notice kind="info" title={texts.closed.title}>
      <span>{texts.closed.text(asClause(unit.otherMeans))}</span>
      <span>{texts.closed.contact(withoutDot(unit.contact))}</span>
    </Notice>
  )

const Total = ({ block, alone }: { block: SelectionBlock; alone: boolean }) => {
  const id = `total-${block.unit.code}`
  const desktop = alone ? 'cache-mobile' : ''
  return (
    <Roof class="o0" labelledBy={id}>
      <p class="etiq" id={id}>
        {texts.amount}
      </p>
      <output class="somme num" aria-live="polite" aria-labelledby={id} data-total-amount>
        <Money cents={block.amount} />
      </output>
      <p
        class="etiq sel"
        data-total-count
        data-count-one={texts.selectedOne(block.selectable)}
        data-count-many={texts.selected('{n}', block.selectable)}
      >
        {texts.selected(block.ticked, block.selectable)}
      </p>
      <SubmitButton icon="lock" wide class={desktop}>
        {texts.pay}
      </SubmitButton>
      <p class={`etiq espace ${desktop}`.trimEnd()}>
        {block.isOneByOne && block.selectable > 1 ? texts.oneByOne.nextStep : texts.nextStep}
      </p>
      <p class="etiq espace" data-total-update>
        <Button look="secondary" wide small name="choix" value="update">
          {texts.update}
        </Button>
      </p>
    </Roof>
  )
}

const StickyBar = ({ block }: { block: SelectionBlock }) => (
  <div class="barre">
    <div>
      <span class="etiq">{texts.amount}</span>
      <span class="somme num" data-total-amount>
        <Money cents={block.amount} />
      </span>
    </div>
    <SubmitButton>{texts.pay}</SubmitButton>
  </div>
)

const RunningNotices = ({ block }: { block: SelectionBlock }) =>
  block.running.map((attempt) => (
    <div class="o1">
      <Notice kind="pending" title={texts.running.title(formatInstantDay(attempt.sentAt))}>
        <span class="petit">{texts.running.text(attempt.numbers, attempt.amount)}</span>
        <span class="liens petit">
          <a href={paths.payment(attempt.reference)}>{texts.running.see}</a>
          {block.isOpen && !attempt.isAwaited && (
            <a href={paths.confirmPayment(attempt.reference)}>{texts.running.resume}</a>
          )}
          {block.isOpen && !attempt.isAwaited && (
            <button class="lien" type="submit" form={`abandon-${attempt.reference}`}>
              {texts.running.drop}
            </button>
          )}
        </span>
      </Notice>
    </div>
  ))

/** Forms of their own, so that Enter in a checkbox pays and does nothing else. */
const OtherForms = ({ view, block }: { view: View; block: SelectionBlock }) =>
  block.isOpen ? (
    <>
      {block.running.map(({ reference }) => (
        <form id={`abandon-${reference}`} method="post" action={paths.dropPayment(reference)}>
          <FormToken view={view} />
          <input type="hidden" name="retour" value={paths.invoices} />
        </form>
      ))}
      {block.hasTickAll && (
        <form id={`choix-${block.unit.code}`} method="get" action={paths.invoices}>
          <input type="hidden" name="unite" value={block.unit.code} />
        </form>
      )}
    </>
  ) : null

const LastOperations = ({ operations }: { operations: readonly Operation[] }) =>
  operations.length === 0 ? null : (
    <section class="carte o9" aria-labelledby="operations">
      <h2 id="operations">{texts.operations}</h2>
      <OperationsTable lines={operations.map((operation) => ({ operation }))} labelledBy="operations" />
      <p class="espace">
        <a href={paths.history}>{texts.allOperations}</a>
      </p>
    </section>
  )
