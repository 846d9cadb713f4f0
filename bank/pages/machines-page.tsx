import type { Exchange } from '../exchanges.ts'
import { formatSecond } from '../format.ts'
import { faultNames, type FaultName, type MachineGateway } from '../machine-faults.ts'
import {
  doneTexts,
  faultTexts,
  gatewayNames,
  kindNames,
  machineTexts,
  outageNames,
  sayMachines,
  steps,
  type Done,
} from '../machines-texts.ts'
import { Layout } from './layout.tsx'

const HOME = '/salle-des-machines'

type OutageName = keyof typeof outageNames

export type MachinesView = {
  readonly now: number
  readonly armed: readonly { readonly gateway: MachineGateway; readonly fault: FaultName | undefined }[]
  readonly outages: readonly {
    readonly gateway: MachineGateway
    readonly state: OutageName
    readonly states: readonly OutageName[]
  }[]
  readonly exchanges: readonly Exchange[]
  /** The text that the exchanges shown bear; empty for all. */
  readonly filter: string
  readonly done: Done | undefined
  readonly isEncrypted: boolean
}

/** The operator's page: the clock, the faults, and what went over the wire. */
export function MachinesPage({ now, armed, outages, exchanges, filter, done, isEncrypted }: MachinesView) {
  return (
    <Layout title={machineTexts.title} isEncrypted={isEncrypted}>
      <div class="carton machines">
        <h1>{machineTexts.title}</h1>
        <p>{machineTexts.intro}</p>
        {done && (
          <p class="fait-ici" role="status">
            {doneTexts[done]}
          </p>
        )}
        <h2>{machineTexts.clock}</h2>
        <p class="num heure">{formatSecond(now)}</p>
        <form class="boutons" method="post" action={`${HOME}/horloge`}>
          {steps.map(([seconds, label]) => (
            <button class="b b-2" key={seconds} name="avance" value={seconds}>
              {label}
            </button>
          ))}
          <button class="b b-2" name="avance" value="retour">
            {machineTexts.backToNow}
          </button>
        </form>
        <p class="minu apres">{machineTexts.clockNote}</p>

        <h2>{machineTexts.next}</h2>
        <p class="minu">{machineTexts.nextNote}</p>
        {armed.map(({ gateway, fault }) => (
          <Choice
            key={gateway}
            action="panne"
            gateway={gateway}
            chosen={fault}
            options={faultNames(gateway).map((name) => [name, faultTexts[name]])}
            button={machineTexts.arm}
          />
        ))}

        <h2>{machineTexts.outages}</h2>
        <p class="minu">{machineTexts.outagesNote}</p>
        {outages.map(({ gateway, state, states }) => (
          <Choice
            key={gateway}
            action="coupure"
            gateway={gateway}
            chosen={state}
            options={states.map((name) => [name, outageNames[name]])}
            button={machineTexts.set}
          />
        ))}

        <h2 id="echanges">{machineTexts.exchanges}</h2>
        <form class="reglage" method="get" action={`${HOME}#echanges`}>
          <label for="paiement">{machineTexts.filter}</label>
          <input
            class="saisie"
            id="paiement"
            name="paiement"
            value={filter}
            aria-describedby="paiement-aide"
          />
          <button class="b b-2">{machineTexts.submitFilter}</button>
          <span class="minu" id="paiement-aide">
            {machineTexts.filterHelp}
          </span>
        </form>
        {filter !== '' && (
          <p class="apres">
            <a href={HOME}>{machineTexts.all}</a>
          </p>
        )}
        <p class="apres">
          {exchanges.length > 0 && sayMachines.count(exchanges.length)}
          {exchanges.length === 0 && (filter === '' ? machineTexts.none : machineTexts.noneFound)}
        </p>
        {exchanges.map((exchange) => (
          <ExchangeDetails key={exchange.number} exchange={exchange} />
        ))}
      </div>
    </Layout>
  )
}

type ChoiceProps = {
  readonly action: 'panne' | 'coupure'
  readonly gateway: MachineGateway
  readonly chosen: string | undefined
  readonly options: readonly (readonly [string, string])[]
  readonly button: string
}

/** One list and its button, for one gateway. */
function Choice({ action, gateway, chosen, options, button }: ChoiceProps) {
  const id = `${action}-${gateway}`
  return (
    <form class="reglage" method="post" action={`${HOME}/${action}`}>
      <label for={id}>{gatewayNames[gateway]}</label>
      <select class="saisie" id={id} name="etat">
        {options.map(([value, label]) => (
          <option key={value} value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
      <button class="b b-2" name="passerelle" value={gateway}>
        {button} <span class="vh">{gatewayNames[gateway]}</span>
      </button>
    </form>
  )
}

function ExchangeDetails({ exchange }: { readonly exchange: Exchange }) {
  const { kind, at, address, request, signed, status, answer, durationMs, payment } = exchange
  return (
    <details class="echange">
      <summary>
        {kindNames[kind]} – {sayMachines.status(status)}{' '}
        <span class="minu">
          <span class="num">{formatSecond(at)}</span> ·{' '}
          <span class="num">{sayMachines.duration(durationMs)}</span>
        </span>
      </summary>
      <dl class="fiche">
        <dt>{machineTexts.address}</dt>
        <dd class="code">{address}</dd>
        <dt>{machineTexts.status}</dt>
        <dd>{sayMachines.status(status)}</dd>
        {payment !== '' && (
          <>
            <dt>{machineTexts.payment}</dt>
            <dd class="code">
              <a href={`${HOME}?paiement=${encodeURIComponent(payment)}#echanges`}>{payment}</a>
            </dd>
          </>
        )}
      </dl>
      <h3>{machineTexts.request}</h3>
      <pre>{request || machineTexts.noAnswer}</pre>
      <h3>{machineTexts.signed}</h3>
      {signed === undefined ? <p>{machineTexts.unsigned}</p> : <pre>{signed}</pre>}
      <h3>{machineTexts.answer}</h3>
      <pre>{answer || machineTexts.noAnswer}</pre>
    </details>
  )
}
