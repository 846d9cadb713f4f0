// How a unit stands with its bank, and what is left to do before families pay.
import type { ComponentChildren } from 'preact'
import { formatInstantDay, formatTime } from '../kernel/french.ts'
import type { Instant } from '../kernel/dates.ts'
import { paths } from '../web/paths.ts'
import { Card, Details, LinkButton, Notice, StateTag } from '../web/ui.tsx'
import { bankTexts as words } from './bank-texts.ts'
import { sectionPath } from './frame.tsx'
import type { Bank, ContractState } from './read-bank.ts'
import type { Subject } from './subjects.ts'

const at = (instant: Instant | null): string =>
  instant === null ? words.never : `${formatInstantDay(instant)}, ${formatTime(instant)}`

export const BankCards = (props: {
  readonly bank: Bank
  readonly subject: Subject
  readonly isEditing: boolean
  readonly mayEdit: boolean
}) => {
  const { state, all, mayCreate } = props.bank
  return (
    <>
      {state ? (
        <ContractCard state={state} subject={props.subject} />
      ) : (
        <Notice kind="warning" title={words.none} />
      )}
      {((props.mayEdit && !props.isEditing) || mayCreate) && (
        <p class="gestes">
          {props.mayEdit && !props.isEditing && (
            <LinkButton look="secondary" href={`${sectionPath('banque', props.subject.id)}&modifier=1`}>
              {words.edit}
            </LinkButton>
          )}
          {mayCreate && (
            <LinkButton look="secondary" icon="plus" href={paths.office.newContract}>
              {words.create}
            </LinkButton>
          )}
        </p>
      )}
      {all.length > 1 && (
        <Card id="contrats" title={words.others}>
          <ul>
            {all.map((one) => (
              <li>
                <a href={paths.office.contract(one.id)}>{words.contractName(one)}</a>
                <span class="etiq"> {one.units.map(({ name }) => name).join(', ') || words.noUnit}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

const ContractCard = ({ state, subject }: { state: ContractState; subject: Subject }) => (
  <Card id="contrat" title={words.contract}>
    <ContractFacts state={state} />
    {state.contract.units.length > 1 && (
      <p class="etiq">{words.sharedRule(state.contract.units.map(({ name }) => name).join(', '))}</p>
    )}
    <Checks state={state} />
    {state.mayChange ? (
      <p class="gestes">
        <LinkButton href={paths.office.contract(state.contract.id)}>{words.open}</LinkButton>
      </p>
    ) : (
      subject.kind === 'unit' && <p class="etiq">{words.noRight}</p>
    )}
  </Card>
)

/** The band of the mode, then what is known of the contract. */
export const ContractFacts = ({ state }: { state: ContractState }) => {
  const { contract, restsUntil } = state
  const { facts } = words
  return (
    <>
      <p class={`bande-mode ${contract.mode === 'TEST' ? 'essai' : 'reel'}`}>
        <b>{words.modes[contract.mode]}</b>
        {contract.mode === 'TEST' && !state.inDemo && ` ${words.testInProduction}`}
      </p>
      <Details
        items={[
          [facts.gateway, words.gateways[contract.gateway]],
          [facts.shop, <span class="num">{contract.shopNumber}</span>],
          [facts.units, contract.units.map(({ name }) => name).join(', ') || words.noUnit],
          [facts.notification, <code class="longue">{state.notificationUrl}</code>],
          [facts.lastNotification, at(state.notifiedAt)],
          [facts.lastCapture, at(state.capturedAt)],
          [facts.underWay, String(state.underWay)],
          [facts.line, restsUntil ? words.resting(formatTime(restsUntil)) : words.answering],
        ]}
      />
    </>
  )
}

/** The go-live list: what the portal sees by itself, and the page that says the rest. */
export const Checks = ({ state }: { state: ContractState }) => {
  const { contract } = state
  const { checks } = words
  const items: readonly (readonly [string, boolean])[] = [
    ...(contract.gateway === 'systempay'
      ? ([
          [checks.signature, contract.settings['signature'] === 'HMAC-SHA-256'],
          [checks.server, typeof contract.settings['restUrl'] === 'string'],
        ] as const)
      : []),
    ...(contract.gateway === 'stripe'
      ? ([[checks.secrets, contract.secrets.includes('webhookSecret')]] as const)
      : []),
    [checks.notification, state.notifiedAt !== null],
    [checks.capture, state.capturedAt !== null],
    [checks.mode, contract.mode === 'PRODUCTION'],
  ]
  return (
    <>
      <h3 class="espace">{checks.title}</h3>
      <ul class="verifications">
        {items.map(([label, isDone]) => (
          <Check isDone={isDone}>{label}</Check>
        ))}
      </ul>
      <p>
        <a href={`${paths.office.gatewayGuide}?passerelle=${contract.gateway}`}>{checks.guide}</a>
        <span class="etiq"> {checks.guideText}</span>
      </p>
    </>
  )
}

const Check = ({ isDone, children }: { isDone: boolean; children?: ComponentChildren }) => (
  <li>
    <StateTag kind={isDone ? 'ok' : 'due'}>{isDone ? words.checks.done : words.checks.missing}</StateTag>{' '}
    <span>{children}</span>
  </li>
)
