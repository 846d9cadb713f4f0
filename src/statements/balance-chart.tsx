// The balance over its last movements, as a staircase: a picture beside the figures, never alone.
import { formatCents, formatDay } from '../kernel/french.ts'
import { type Cents, negate } from '../kernel/money.ts'
import type { BalanceLine } from './balance.ts'
import { texts } from './texts.ts'

const WIDTH = 320
const TOP = 22
const BOTTOM = 96
/** Movements drawn: more would be illegible at this width. */
const POINTS = 8
const { account: words } = texts

/** `lines` newest first, two at least. */
export const BalanceChart = ({ lines, threshold }: { lines: readonly BalanceLine[]; threshold: Cents }) => {
  const points = lines.slice(0, POINTS).toReversed()
  const limit = negate(threshold)
  const values = points.map((point) => Number(point.balance))
  const highest = Math.max(0, ...values)
  const lowest = Math.min(0, ...values)
  const isLimitNear = lowest < limit / 2
  const floor = isLimitNear ? Math.min(lowest, limit) : lowest
  const y = (value: number): number =>
    Math.round((TOP + ((highest - value) / Math.max(1, highest - floor)) * (BOTTOM - TOP)) * 10) / 10
  const step = (WIDTH - 20) / points.length
  const x = (index: number): number => Math.round((10 + index * step) * 10) / 10
  const last = points.at(-1)?.balance ?? 0
  const path = points
    .map(
      ({ balance }, index) =>
        `${index === 0 ? 'M' : 'V'}${index === 0 ? `10,${y(balance)}` : y(balance)} H${x(index + 1)}`,
    )
    .join(' ')
  const told = points.map(({ balance, operation }) =>
    words.chartPoint(formatCents(balance), formatDay(operation.on)),
  )
  const tint = last < 0 ? 'var(--brique)' : 'var(--canard)'
  return (
    <figure class="courbe cache-mobile">
      <svg viewBox={`0 0 ${WIDTH} 118`} role="img" aria-label={words.chart(told.join(', '))}>
        <path d={`M10 ${y(0)}H310`} stroke="var(--trait-fort)" stroke-width="1.5" stroke-dasharray="3 4" />
        <text x="318" y={y(0) - 5} text-anchor="end" font-size="11.5" fill="var(--encre-2)">
          {words.chartZero}
        </text>
        {isLimitNear && (
          <>
            <path
              d={`M10 ${y(limit)}H310`}
              stroke="var(--brique)"
              stroke-width="1.2"
              stroke-dasharray="1 4"
            />
            <text x="10" y={y(limit) - 4} font-size="11.5" fill="var(--brique)">
              {words.chartThreshold(formatCents(limit))}
            </text>
          </>
        )}
        <path d={path} fill="none" stroke="var(--canard)" stroke-width="3" stroke-linejoin="round" />
        <circle cx={x(points.length)} cy={y(last)} r="5" fill={tint} />
        <text x="10" y="116" font-size="11.5" fill="var(--encre-2)">
          {points[0] ? formatDay(points[0].operation.on) : ''}
        </text>
        <text x="318" y="116" text-anchor="end" font-size="11.5" fill="var(--encre-2)">
          {words.chartToday}
        </text>
      </svg>
    </figure>
  )
}
