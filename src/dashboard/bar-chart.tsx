// Bars drawn on the server: labels beside them, a pattern with every colour, the table never far.
import type { Bar, Chart } from './charts.ts'
import { texts } from './texts.ts'

const WIDTH = 640
const LABEL = 190
const SAID = 120
const ROW = 34
const FULL = WIDTH - LABEL - SAID - 20

/** A colour of the theme and the pattern that tells it apart without colour. */
const LOOKS = [
  { colour: 'var(--canard)', pattern: 'M0 0' },
  { colour: 'var(--tuile)', pattern: 'M0 8L8 0' },
  { colour: 'var(--miel)', pattern: 'M0 4H8' },
  { colour: 'var(--ciel)', pattern: 'M4 0V8' },
  { colour: 'var(--prairie)', pattern: 'M0 0L8 8' },
  { colour: 'var(--encre-2)', pattern: 'M0 4H8M4 0V8' },
  { colour: 'var(--brique)', pattern: 'M0 8L8 0M0 0L8 8' },
  { colour: 'var(--canard-fort)', pattern: 'M2 4h4' },
  { colour: 'var(--trait-fort)', pattern: 'M4 2v4' },
] as const
const lookOf = (index: number) => LOOKS[index % LOOKS.length] ?? LOOKS[0]

/** One row a bar; `series` of several are laid end to end. */
export const BarChart = ({ chart }: { chart: Chart }) => {
  const { name, title, series, bars } = chart
  const most = Math.max(1, ...bars.map(lengthOf))
  const said = bars.map(({ label, said: value }) => texts.bar(label, value))
  return (
    <figure class="graphique">
      {series.length > 1 && <Legend chart={chart} />}
      <svg
        viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}
        role="img"
        aria-labelledby={`t-${name}`}
        aria-describedby={`d-${name}`}
      >
        <title id={`t-${name}`}>{title}</title>
        <desc id={`d-${name}`}>{texts.described(title, said)}</desc>
        <Patterns chart={chart} />
        {bars.map((bar, row) => (
          <Row chart={chart} bar={bar} y={row * ROW} scale={FULL / most} />
        ))}
      </svg>
    </figure>
  )
}

const lengthOf = ({ values }: Bar): number => values.reduce((all, one) => all + one, 0)
const round = (value: number): number => Math.round(value * 10) / 10

const Row = (props: { chart: Chart; bar: Bar; y: number; scale: number }) => {
  const { chart, bar, y, scale } = props
  const starts = bar.values.map((_, at) => LABEL + scale * bar.values.slice(0, at).reduce((a, b) => a + b, 0))
  return (
    <g>
      <text x={LABEL - 10} y={y + 22} text-anchor="end" font-size="15" fill="var(--encre)">
        {bar.label}
      </text>
      {bar.values.map(
        (value, at) =>
          value > 0 && (
            <rect
              x={round(starts[at] ?? LABEL)}
              y={y + 6}
              width={round(Math.max(1, value * scale))}
              height={ROW - 12}
              fill={`url(#m-${chart.name}-${at})`}
              stroke={lookOf(at).colour}
            />
          ),
      )}
      <text
        x={round(LABEL + lengthOf(bar) * scale + 8)}
        y={y + 22}
        font-size="15"
        font-weight="600"
        fill="var(--encre)"
      >
        {bar.said}
      </text>
    </g>
  )
}

const Patterns = ({ chart }: { chart: Chart }) => (
  <defs>
    {chart.series.map((_, at) => (
      <Pattern id={`m-${chart.name}-${at}`} at={at} />
    ))}
  </defs>
)

const Pattern = ({ id, at }: { id: string; at: number }) => (
  <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
    <rect width="8" height="8" fill={lookOf(at).colour} />
    <path d={lookOf(at).pattern} stroke="var(--papier)" stroke-width="1.5" />
  </pattern>
)

const Legend = ({ chart }: { chart: Chart }) => (
  <ul class="legende sans-puces">
    {chart.series.map((label, at) => (
      <li>
        <svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true" focusable="false">
          <defs>
            <Pattern id={`l-${chart.name}-${at}`} at={at} />
          </defs>
          <rect width="24" height="16" fill={`url(#l-${chart.name}-${at})`} />
        </svg>
        {label}
      </li>
    ))}
  </ul>
)
